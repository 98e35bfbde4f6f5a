import type { Command } from 'commander'
import { examples, runs } from '../invocation.js'
import { type AddFlags, addPolicy } from '../policy-edit/add-command.js'
import { type ListFlags, listPolicy } from '../policy-edit/list-command.js'
import { removePolicy } from '../policy-edit/remove-command.js'
import type { FolderFlag } from '../policy-edit/policy-folder.js'

const DIR = ['--dir <dir>', 'the policy folder (default: ~/.agsec/policies)'] as const
const LAYER = ['--layer <layer>', 'the folder of that layer: managed, user, agent:NAME, or project, of the folder here'] as const

export function define(command: Command): void {
  examples(command, [
    'agsec policy list',
    "agsec policy add --sid NoDeploys --effect deny --actions bash.execute --condition 'params.command:regex:^make deploy' --reason 'People deploy'",
    'agsec policy remove NoDeploys',
  ])
  command.helpCommand(false)
  defineList(command.command('list').description('every statement with its effect, actions and place'))
  defineAdd(command.command('add').description('add a statement; nothing is written unless the whole folder compiles with it'))
  defineRemove(command.command('remove').description('remove a statement; the rest of its file stays as it is, byte for byte'))
}

function defineList(command: Command): void {
  examples(command, ['agsec policy list', 'agsec policy list --json'])
  command
    .option(...LAYER)
    .option(...DIR)
    .option('--json', 'the statements as JSON')
  runs<ListFlags>(command, listPolicy)
}

function defineAdd(command: Command): void {
  examples(command, [
    "agsec policy add --sid NoDeploys --effect deny --actions bash.execute --condition 'params.command:regex:^make deploy'",
    "agsec policy add --sid BigPayments --effect review --actions 'payments.*' --condition 'params.amount:>:1000' 'context.agent:==:billing'",
  ])
  command
    .requiredOption('--sid <name>', 'the name of the statement, unique in the folder')
    .requiredOption('--effect <effect>', 'allow, deny or review')
    .requiredOption('--actions <glob...>', 'what it is about: bash.execute, file.*, mcp.slack.*')
    .option('--condition <KEY:OP:VALUE...>', 'a condition, for example `params.command:regex:^git push`')
    .option('--match <how>', 'all or any of the conditions (default: all)')
    .option('--reason <text>', 'why, for the people and agents it stops')
    .option('--file <name>', 'the file of the folder to add it to', '99_custom.yaml')
    .option(...LAYER)
    .option(...DIR)
  runs<AddFlags>(command, addPolicy)
}

function defineRemove(command: Command): void {
  examples(command, ['agsec policy remove NoDeploys'])
  command
    .argument('<sid>', 'the name of the statement')
    .option(...LAYER)
    .option(...DIR)
  runs<FolderFlag>(command, removePolicy)
}
