/**
 * The items of a response that ask for something to be run by the application, and how a refusal answers each.
 * Source: the types of the API, https://platform.openai.com/docs/api-reference/responses/object.
 */
import type { Fields } from './guarded-body.js'
import { type AskedCall, customUse, fieldsAt, functionUse, textAt, type Use } from './openai-calls.js'

/** Run by the provider before the answer arrives: nothing is left to enforce. `mcp_call` ran as well, if it was allowed to without being asked. */
const HOSTED: ReadonlySet<string> = new Set([
  'web_search_call',
  'file_search_call',
  'code_interpreter_call',
  'image_generation_call',
  'mcp_call',
  'tool_search_call',
])

export function isHosted(type: string): boolean {
  return HOSTED.has(type)
}

/** What the item asks the guard; undefined where nothing is run here. */
export function askedOf(item: Fields): AskedCall | undefined {
  const type = textAt(item, 'type') ?? ''
  const asks = Object.hasOwn(ITEMS, type) ? ITEMS[type]?.uses : undefined
  const id = textAt(item, 'call_id') ?? textAt(item, 'id')
  if (asks !== undefined) return runsElsewhere(item) ? undefined : { uses: asks(item), id }
  // A kind of call that is newer than this code is a tool of its own.
  return type.endsWith('_call') && !isHosted(type)
    ? { uses: [{ name: type.slice(0, -'_call'.length), input: withoutIds(item) }], id }
    : undefined
}

/** The input item that tells the model of a refusal as the result of its call; undefined where the protocol has none. */
export function resultOf(item: Fields, text: string): Fields | undefined {
  const type = textAt(item, 'type') ?? ''
  return Object.hasOwn(ITEMS, type) ? ITEMS[type]?.result?.(item, text) : undefined
}

interface ItemKind {
  readonly uses: (item: Fields) => readonly Use[]
  readonly result?: (item: Fields, text: string) => Fields
}

const ITEMS: Readonly<Record<string, ItemKind>> = {
  function_call: {
    uses: item => [functionUse(item)],
    result: ({ call_id }, output) => ({ type: 'function_call_output', call_id, output }),
  },
  custom_tool_call: {
    uses: item => [customUse(item, item['status'] !== 'incomplete')],
    result: ({ call_id }, output) => ({ type: 'custom_tool_call_output', call_id, output }),
  },
  local_shell_call: {
    uses: item => [{ name: 'local_shell', input: localShellInput(fieldsAt(item, 'action')) }],
    result: ({ call_id }, output) => ({ type: 'local_shell_call_output', id: call_id, output }),
  },
  shell_call: {
    uses: item => commandsOf(fieldsAt(item, 'action')).map(command => ({ name: 'shell', input: { command } })),
    result: (item, stderr) => ({
      type: 'shell_call_output',
      call_id: item['call_id'],
      max_output_length: fieldsAt(item, 'action')?.['max_output_length'] ?? null,
      output: [{ stdout: '', stderr, outcome: { type: 'exit', exit_code: 126 } }],
    }),
  },
  apply_patch_call: {
    uses: item => [patchUse(fieldsAt(item, 'operation'))],
    result: ({ call_id }, output) => ({ type: 'apply_patch_call_output', call_id, status: 'failed', output }),
  },
  // Its result is a picture of the screen, which nobody here can take.
  computer_call: { uses: item => [{ name: 'computer', input: { ...fieldsAt(item, 'action'), ...actionsOf(item) } }] },
  mcp_approval_request: {
    uses: item => [{ ...functionUse(item), name: `mcp__${textAt(item, 'server_label') ?? ''}__${textAt(item, 'name') ?? ''}` }],
    result: ({ id }, reason) => ({ type: 'mcp_approval_response', approval_request_id: id, approve: false, reason }),
  },
}

/** A shell in a container of the provider. */
function runsElsewhere(item: Fields): boolean {
  return item['type'] === 'shell_call' && fieldsAt(item, 'environment')?.['type'] === 'container_reference'
}

function actionsOf(item: Fields): Fields {
  return Array.isArray(item['actions']) ? { actions: item['actions'] } : {}
}

function withoutIds(item: Fields): Fields {
  const { id: _, call_id: __, status: ___, type: ____, ...input } = item
  return input
}

/** None but texts: a command that is none makes the call one that cannot be decided. */
function commandsOf(action: Fields | undefined): readonly unknown[] {
  const commands = action?.['commands']
  return Array.isArray(commands) ? commands : []
}

function localShellInput(action: Fields | undefined): unknown {
  const [words, folder, env] = [action?.['command'], action?.['working_directory'], action && fieldsAt(action, 'env')]
  if (!Array.isArray(words) || !words.every(word => typeof word === 'string')) return undefined
  const settings = Object.entries(env ?? {}).map(([name, value]) => `${name}=${quoted(String(value))}`)
  const command = [...settings, ...words.map(quoted)].join(' ')
  return typeof folder === 'string' ? { command, cwd: folder } : { command }
}

/** A word as a shell reads it back. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}

/** `create_file`, `update_file` and `delete_file` are the names of tools that do the same. */
function patchUse(operation: Fields | undefined): Use {
  const { path, diff } = operation ?? {}
  const type = (operation && textAt(operation, 'type')) ?? ''
  if (type === 'create_file') return { name: type, input: { path, content: marked(diff, '+') } }
  if (type === 'update_file') return { name: type, input: { path, old_string: marked(diff, '-'), new_string: marked(diff, '+') } }
  return { name: type === '' ? 'apply_patch' : type, input: { path } }
}

/** The lines that a diff marks so. */
function marked(diff: unknown, mark: string): string {
  const lines = typeof diff === 'string' ? diff.split('\n') : []
  const own = lines.filter(line => line.startsWith(mark))
  return own.map(line => `${line.slice(1)}\n`).join('')
}
