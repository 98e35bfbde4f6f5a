/** Loops: a known and small number of turns one by one, any other until the state no longer changes. */
import type { Output } from '../programs/model.js'
import type { Compound, List, Word } from '../syntax/ast.js'
import type { Text } from '../analysis.js'
import { withoutMore } from '../noted-holes.js'
import { ANY } from '../text.js'
import { evaluateArithmetic } from './arithmetic.js'
import { concatenate, DONE, type Result } from './result.js'
import type { Shell } from './shell.js'
import { bounded, LIMIT, type State, type Words } from './state.js'
import { plainText } from './texts.js'
import { expandWords } from './words.js'

/** Where `break` and `continue` leave the state with which it goes on. */
export interface Jumps {
  readonly breaks: State[]
  readonly continues: State[]
}

/** More turns than this, loops in each other taken together, are not taken one by one. */
const MAX_REPEATED = 128
const MAX_PASSES = 4
/** The lines of a longer text are not read one by one. */
const LONGEST_READ = 65_536
/** The most names that a pattern finds for a loop. */
const MOST_NAMED_TURNS = 16

/** Runs the body once within a loop. @returns the states that left the loop */
function inLoop(shell: Shell, breaks: State[], body: () => Result): Result {
  const jumps: Jumps = { breaks, continues: [] }
  shell.loops.push(jumps)
  const result = body()
  shell.loops.pop()
  for (const state of jumps.continues) shell.state.join(state)
  return jumps.continues.length === 0 ? result : { output: unlessSilent(result.output), status: undefined }
}

/** A body that runs any number of times, until its state is the same as before. */
export function repeat(shell: Shell, once: (left: State[]) => Result, mayBeSkipped = false): Result {
  const left: State[] = mayBeSkipped ? [shell.state.copy()] : []
  const entry = shell.state.copy()
  let silent = true
  for (let pass = 0; ; pass++) {
    shell.state = entry.copy()
    const { output } = inLoop(shell, left, () => onceMore(shell, () => once(left)))
    silent &&= output === ''
    if (entry.covers(shell.state)) break
    if (pass >= MAX_PASSES) {
      shell.findings.unknown('any', 'too complex', shell.span({ start: 0, end: shell.frame.source.length }))
      break
    }
    if (pass >= 1) entry.widenAgainst(shell.state)
    entry.join(shell.state)
  }
  shell.listing?.again()
  shell.state = entry
  shell.state.dead = left.length === 0
  for (const state of left) shell.state.join(state)
  return { output: silent ? '' : undefined, status: undefined }
}

function onceMore(shell: Shell, body: () => Result): Result {
  return shell.within({ repeated: MAX_REPEATED }, body)
}

/** `while read line`: a turn for each line of a known text, or of a listing, and then all that may follow. */
export function whileReads(shell: Shell, condition: List, body: List): Result | undefined {
  const { stdin, repeated } = shell.frame
  const text = stdin === undefined || typeof stdin === 'string' ? stdin : withoutMore(stdin)
  if (typeof text !== 'string' || text === '' || text.length > LONGEST_READ || !isRead(condition)) return undefined
  const lines = (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n')
  if (lines.length <= LIMIT || lines.length * repeated > MAX_REPEATED) return undefined
  const made = unroll(
    shell,
    lines.length,
    at => shell.within({ stdin: `${lines[at]}\n` }, () => shell.list(condition)),
    () => shell.list(body),
  )
  return text === stdin ? made : undefined
}

/** It is `read`, of whole lines and from standard input. */
function isRead({ items }: List): boolean {
  const command = items[0]?.command
  const words = command?.kind === 'simple' && command.redirections.length === 0 ? command.words.map(word => plainText(word)) : []
  return (
    items.length === 1 &&
    words[0] === 'read' &&
    words.slice(1).every(word => word === '-r' || (word !== undefined && /^[A-Za-z_]\w*$/.test(word)))
  )
}

export function whileOnce(shell: Shell, condition: List, wanted: boolean, body: List): Result {
  const tested = shell.list(condition)
  if (shell.state.dead) return tested
  const left = shell.loops[shell.loops.length - 1]?.breaks
  if (tested.status !== wanted) {
    const leaving = shell.state.copy()
    leaving.settle(!wanted)
    left?.push(leaving)
  }
  if (tested.status === !wanted) {
    shell.state.dead = true
    return tested
  }
  shell.state.settle(wanted)
  const { output } = shell.list(body)
  return { output: concatenate([tested.output, output]), status: undefined }
}

export function forEach(shell: Shell, command: Compound & { readonly kind: 'for' | 'select' }): Result {
  const alternatives = command.words === undefined ? shell.state.parameters : turnsOf(shell, command.words)
  const [words] = alternatives
  const [known] = alternatives.slice(-1)
  const isFew = (turns: Words) =>
    turns.texts.every(text => typeof text === 'string') && turns.texts.length * shell.frame.repeated <= MAX_REPEATED
  const turns = (texts: readonly Text[]) =>
    unroll(
      shell,
      texts.length,
      at => shell.assign(command.name, [texts[at] ?? '']),
      () => shell.list(command.body),
    )
  if (alternatives.length === 1 && words !== undefined && !words.open && command.kind === 'for' && isFew(words)) return turns(words.texts)
  // The names that are there now, one by one, before any others.
  const named: Words = { texts: known?.texts.filter(text => typeof text === 'string') ?? [], open: false }
  if (words?.open === true && named.texts.length >= LIMIT && isFew(named)) turns(named.texts)
  const values = alternatives.flatMap(({ texts, open }) => (open ? [...texts, ANY] : texts))
  if (command.kind === 'select') shell.assign('REPLY', [ANY])
  if (values.length === 0) return DONE
  return repeat(
    shell,
    left => {
      shell.assign(command.name, bounded(values))
      const result = shell.list(command.body)
      left.push(shell.state.copy())
      return result
    },
    alternatives.some(({ texts }) => texts.length === 0),
  )
}

/** A pattern that finds many names is one name that is not known: the body is not run for each. */
function turnsOf(shell: Shell, words: readonly Word[]): readonly Words[] {
  return shell.within({ mostNames: Math.floor(MOST_NAMED_TURNS / shell.frame.repeated) }, () => expandWords(shell, words))
}

/** A body that runs a known number of times. */
function unroll(shell: Shell, times: number, before: (at: number) => void, body: () => Result): Result {
  const breaks: State[] = []
  const outputs: Output[] = []
  let status: boolean | undefined = true
  for (let at = 0; at < times && !shell.state.dead; at++) {
    before(at)
    const result = inLoop(shell, breaks, () => shell.within({ repeated: shell.frame.repeated * times }, body))
    shell.state.settle(undefined)
    outputs.push(result.output)
    status = result.status
  }
  const output = concatenate(outputs)
  const certain = breaks.length === 0 || (breaks.length === 1 && shell.state.dead)
  for (const state of breaks) shell.state.join(state)
  return { output: certain ? output : unlessSilent(output), status }
}

export function forArithmetic(shell: Shell, [first, condition, step]: readonly Word[], body: List): Result {
  if (first !== undefined) evaluateArithmetic(shell, first)
  const outputs: Output[] = []
  const endless = condition === undefined || plainText(condition)?.trim() === ''
  const test = () => (endless ? undefined : evaluateArithmetic(shell, condition).value)
  const breaks: State[] = []
  for (let times = 0; times * shell.frame.repeated < MAX_REPEATED; times++) {
    const value = test()
    if (value === 0 || shell.state.dead) {
      for (const state of breaks) shell.state.join(state)
      return { output: breaks.length === 0 ? concatenate(outputs) : undefined, status: undefined }
    }
    if (value === undefined) break
    outputs.push(inLoop(shell, breaks, () => shell.within({ repeated: MAX_REPEATED }, () => shell.list(body))).output)
    if (step !== undefined) evaluateArithmetic(shell, step)
  }
  const result = repeat(shell, left => {
    test()
    left.push(shell.state.copy())
    const once = shell.list(body)
    if (step !== undefined) evaluateArithmetic(shell, step)
    return once
  })
  for (const state of breaks) shell.state.join(state)
  return { output: unlessSilent(concatenate([...outputs, result.output])), status: undefined }
}

function unlessSilent(output: Output): Output {
  return output === '' ? '' : undefined
}
