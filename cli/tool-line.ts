/** A tool that an application's model wants to call, as a line of a stream: mapped and decided as the SDK does it. */
import type { HostFacts } from '../runtime/agents/contract.js'
import type { Call, Value, ValueMap } from '../runtime/decide/request.js'
import { embedded } from '../runtime/host/embedded.js'
import { type MappedTool, mappedTool } from '../sdk/mapping.js'
import { isMap, RequestError } from './asked.js'

export interface ToolLine {
  readonly tool: string
  /** What the application knows the tool to do; absent where its name and arguments have to tell. */
  readonly action?: string
  readonly framework: string
  readonly input: ValueMap
  readonly context: ValueMap
}

type Json = { readonly [key: string]: unknown }

export function isToolLine(json: unknown): json is Json {
  return isMap(json) && Object.hasOwn(json, 'tool') && !Object.hasOwn(json, 'platform')
}

/** @throws RequestError where it says no call */
export function toolLineOf(json: Json): ToolLine {
  const action = textAt(json, 'action')
  return {
    tool: nameOf(json['tool']),
    ...(action === undefined ? {} : { action: nameOf(action) }),
    framework: textAt(json, 'framework') ?? '',
    input: inputOf(json),
    context: json['context'] === undefined ? {} : mapOf(json['context'], 'context'),
  }
}

/** Longer names are no model's to say. */
const LONGEST_NAME = 512

function nameOf(value: unknown): string {
  if (typeof value === 'string' && value !== '' && value.length <= LONGEST_NAME) return value
  throw new RequestError(`expected \`tool\` to be a name of 1 to ${LONGEST_NAME} characters`)
}

function textAt(json: Json, key: string): string | undefined {
  const value = Object.hasOwn(json, key) ? json[key] : undefined
  if (value === undefined || typeof value === 'string') return value
  throw new RequestError(`expected \`${key}\` to be text`)
}

/** The arguments, or the text of them that the model wrote. */
function inputOf(json: Json): ValueMap {
  const input = Object.hasOwn(json, 'input') ? json['input'] : undefined
  if (typeof input !== 'string') return mapOf(input, 'input')
  try {
    return mapOf(JSON.parse(input), 'input')
  } catch {
    throw new RequestError('the arguments of the tool are no JSON map')
  }
}

function mapOf(value: unknown, key: string): ValueMap {
  if (!isMap(value)) throw new RequestError(`expected \`${key}\` to be a map`)
  // What JSON.parse returns holds nothing but JSON values.
  return value as { readonly [key: string]: Value }
}

/**
 * The call as policies see it, the tool call itself first.
 * @param context who and where, as far as the line does not say otherwise
 */
export function callOfTool(line: ToolLine, context: ValueMap, facts: HostFacts): Call {
  const told: ValueMap = { ...context, ...line.context }
  const { cwd, agent } = told
  const around = CALLS.contextOf(typeof agent === 'string' ? agent : 'sdk', typeof cwd === 'string' ? { cwd } : {}, facts)
  const framework = line.framework === '' ? {} : { framework: line.framework }
  return CALLS.callOfTool({ ...mappedLine(line), tool: line.tool }, { ...around, ...framework, tool: line.tool, ...told }, facts)
}

function mappedLine({ tool, action, framework, input }: ToolLine): MappedTool {
  return mappedTool(framework, tool, input, action === undefined ? {} : { [tool]: action })
}

/** What makes calls asks no policy. */
const CALLS = embedded({
  info: { kernelVersion: '', sourceDigest: '', statementCount: 0 },
  decide: () => {
    throw new Error('nothing is decided here')
  },
  explain: () => [],
})
