/**
 * A policy as code asks it that has it in its own process: from what a tool is called with, over the decision, to the words for the model
 * and the line of the log. It looks at no machine by itself; what there is to know of one it is told.
 */
import { callOf } from '../agents/call-of.js'
import { type Draft, mainNames, MOST } from '../agents/canonical.js'
import { contextOf } from '../agents/context.js'
import type { HostFacts } from '../agents/contract.js'
import { escaped, mcpDrafts } from '../agents/mcp.js'
import { messageOf } from '../agents/message.js'
import { draftsOf } from '../agents/shapes.js'
import type { DecideOptions, Decider, PolicyInfo } from '../decide/decider.js'
import type { Call, Value, ValueMap } from '../decide/request.js'
import type { Result } from '../decide/result.js'
import { own } from '../decide/value.js'
import { type RecordInput, recordLine } from '../record/record.js'

/** A tool that is called. */
export interface EmbeddedUse {
  readonly tool: string
  /** What it does, as `draftsOf` reads it; none where that is not known. */
  readonly word?: string
  /** The word is a guess by the tool's name: arguments that do not bear it out make it a tool of its own. */
  readonly guessed: boolean
  /** The argument that says in which folder a command runs. */
  readonly cwd?: string
  readonly input: ValueMap
}

export interface EmbeddedPolicy {
  readonly info: PolicyInfo
  /** Who calls and where, from what is known of it and of the machine: made once, used for many calls. */
  contextOf(agent: string, known: ValueMap, facts: HostFacts): ValueMap
  /** A tool's call, expanded. Throws where the arguments are not those of the action that the tool is known for. */
  callOfTool(use: EmbeddedUse, context: ValueMap, facts: HostFacts): Call
  /** The call of an action, expanded. */
  callOfAction(action: string, params: ValueMap, context: ValueMap, facts: HostFacts): Call
  decide(call: Call, options?: DecideOptions): Result
  /** What the model is told. */
  messageOf(result: Result): string
  recordLine(input: RecordInput): string
}

export function embedded(decider: Decider): EmbeddedPolicy {
  return {
    info: decider.info,
    contextOf,
    callOfTool,
    callOfAction: (action, params, context, facts) => callOf(action, [{ action, params }], [], context, facts),
    decide: (call, options) => decider.decide(call, options),
    messageOf,
    recordLine,
  }
}

function callOfTool(use: EmbeddedUse, context: ValueMap, facts: HostFacts): Call {
  const { tool, word, input } = use
  if (word === undefined) return callOfUnknown(tool, input, context, facts)
  const drafts = draftsOf(word, tool, input)
  if (drafts !== undefined && drafts.length <= MOST) {
    const moved = drafts.map(draft => inFolder(draft, use))
    return callOf(tool, moved, [], isMoved(use, drafts) ? without(context, 'cwd') : context, facts)
  }
  if (use.guessed && !mayBe(word, input)) return callOfUnknown(tool, input, context, facts)
  throw new Error(
    `the arguments are not those of ${word.replace('*', '')}, which \`${tool}\` was taken for; its mapping can say what it is`,
  )
}

/** A tool of a server by its name, or one of the application's own. */
function callOfUnknown(tool: string, input: ValueMap, context: ValueMap, facts: HostFacts): Call {
  const found = mcpDrafts(['mcp__', '__'], tool, input, () => [])
  const draft = found?.draft ?? { action: `tool.${tool.split('.').map(escaped).join('.')}`, params: input }
  return callOf(tool, [draft], found?.otherwise ?? [], context, facts)
}

/**
 * Whether the tool is the one that its name says: where the arguments hold the main one of the action, whatever it is; and a shell wherever
 * they hold any text, since that may be the command.
 */
function mayBe(word: string, input: ValueMap): boolean {
  if (word.startsWith('@') || mainNames(word.replace('*', '')).some(name => own(input, name) !== undefined)) return true
  return word.includes('.execute') && Object.values(input).some(holdsText)
}

function holdsText(value: Value): boolean {
  return typeof value === 'string' || (typeof value === 'object' && value !== null)
}

/** Arguments that tools take for the folder of a command. */
const FOLDERS = ['cwd', 'workdir', 'working_dir', 'working_directory', 'workingDirectory', 'workDir', 'dir', 'directory', 'folder']

/** The argument that is known to name the folder does; one that only looks so may be nothing to the tool, so that the folder is not known. */
function inFolder(draft: Draft, { cwd, input }: EmbeddedUse): Draft {
  if (!draft.action.endsWith('.execute')) return draft
  const { cwd: _, ...params } = draft.params
  const folder: Value | undefined = cwd === undefined ? undefined : own(input, cwd)
  return { ...draft, params: folder === undefined || folder === '' ? params : { ...params, cwd: folder } }
}

function isMoved({ cwd, input }: EmbeddedUse, drafts: readonly Draft[]): boolean {
  const isShell = drafts.some(({ action }) => action.endsWith('.execute'))
  return isShell && FOLDERS.some(name => name !== cwd && own(input, name) !== undefined)
}

function without(context: ValueMap, name: string): ValueMap {
  const { [name]: _, ...rest } = context
  return rest
}
