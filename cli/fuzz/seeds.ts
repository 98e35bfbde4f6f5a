/** What a fuzzer begins with: commands that the policy objects to, by its own tests. */
import type { Deed, Form } from '../../compiler/analysis/bypass/form.js'
import type { Place } from '../../compiler/analysis/bypass/rewrite.js'
import { seedForm } from '../../compiler/analysis/bypass/seed.js'
import { quoted } from '../../compiler/analysis/bypass/form.js'
import type { Call, Request, ValueMap } from '../../runtime/decide/request.js'
import type { Decision, Result } from '../../runtime/decide/result.js'
import type { Files } from '../../runtime/shell/analysis.js'
import { RequestError } from '../asked.js'
import { callOf } from '../calls.js'
import { filesOf } from './seed-files.js'
import { type PolicyTest, TEST_CWD, TEST_FACTS } from '../policy-tests/policy-test.js'

export interface Seed {
  readonly command: string
  readonly form: Form
  readonly place: Place
  readonly decision: Exclude<Decision, 'allow'>
  /** Who decided it; null for the default. */
  readonly sid: string | null
  /** Around the command. */
  readonly context: ValueMap
  /** The file system around it. */
  readonly files: Files
}

/** The request that the command would be. */
export function requestOf(command: string, context: ValueMap): Request {
  return { action: 'bash.execute', params: { command }, context }
}

/** One seed for each statement and each kind of thing that it objects to. */
export function seedsOf(tests: readonly PolicyTest[], decide: (call: Call) => Result): readonly Seed[] {
  const seeds = new Map<string, Seed>()
  for (const test of tests) {
    const seed = test.expect === 'allow' ? undefined : seedOf(test, decide)
    if (seed === undefined) continue
    const key = `${seed.sid} ${kindOf(seed.form)}`
    const known = seeds.get(key)
    // A simple command can be rewritten in more ways than a script, and a short one is easier to read.
    if (known === undefined || seed.command.length < known.command.length) seeds.set(key, seed)
  }
  return [...seeds.values()]
}

function kindOf(form: Form): string {
  return form.kind === 'command' ? (form.deed ?? form.words[0]?.value ?? '') : 'script'
}

function seedOf(test: PolicyTest, decide: (call: Call) => Result): Seed | undefined {
  const request = wholeOf(test)
  const command = request && commandOf(request)
  if (request === undefined || command === undefined) return undefined
  const { context } = request
  const ask = (text: string) => decide(callOf({ kind: 'request', request: requestOf(text, context) }, TEST_FACTS))
  const { decision, sid } = ask(command)
  if (decision === 'allow' || isPrompt(command, ask)) return undefined
  const form = asStopped(seedForm(command), text => ask(text).decision !== 'allow')
  const place = placeOf(request)
  return { command, form, place, decision, sid, context, files: filesOf({ form, place }) }
}

/** A policy may mind the program and not what it does: then other programs that do the same are no way around it. */
function asStopped(form: Form, stops: (command: string) => boolean): Form {
  if (form.kind !== 'command' || form.deed === undefined) return form
  const object = form.words.find(({ role }) => role !== undefined)
  if (object === undefined || PLAINEST[form.deed].every(program => stops(`${program} ${quoted(object.value)}`))) return form
  const { deed: _minded, ...rest } = form
  return rest
}

/** Two ordinary programs for each deed. */
const PLAINEST: Readonly<Record<Deed, readonly string[]>> = {
  delete: ['rm', 'unlink'],
  read: ['cat', 'head'],
  write: ['tee', 'cp README.md'],
  fetch: ['curl', 'wget'],
}

/** A shell for whoever sits at the terminal: with another input it is another command. */
function isPrompt(command: string, ask: (text: string) => Result): boolean {
  return ask(`{ ${command}\n} </dev/null`).decision === 'allow'
}

function wholeOf({ asked }: PolicyTest): Request | undefined {
  try {
    return callOf(asked, TEST_FACTS)[0]?.request
  } catch (error) {
    if (error instanceof RequestError) return undefined
    throw error
  }
}

function placeOf({ context }: Request): Place {
  return { cwd: textOr(context['cwd'], TEST_CWD), home: textOr(context['home'], TEST_FACTS.home) }
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise
}

/** What a shell would be asked to do the same; undefined where none can. */
function commandOf({ action, params }: Request): string | undefined {
  const own = action === 'bash.execute' ? params['command'] : undefined
  if (typeof own === 'string') return own
  const made = COMMANDS[action]
  const argument = params[action === 'web.fetch' ? 'url' : 'file_path']
  if (made === undefined || typeof argument !== 'string' || !/^[^-\\\n]+$/.test(argument)) return undefined
  return made(quoted(argument.replace(/^~(?=\/)/, TEST_FACTS.home)))
}

const COMMANDS: Readonly<Record<string, (argument: string) => string>> = {
  'file.read': path => `cat ${path}`,
  'file.delete': path => `rm ${path}`,
  'file.write': path => `tee ${path}`,
  'file.edit': path => `tee ${path}`,
  'web.fetch': url => `curl ${url}`,
}

/** What the seed is there for, where other programs could do it. */
export function deedOf({ form }: Seed): Deed | undefined {
  return form.kind === 'command' ? form.deed : undefined
}
