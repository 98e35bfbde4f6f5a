/** Assignments in front of a command, or alone (manual 3.4, 6.7). */
import type { Text } from '../analysis.js'
import type { Assignment } from '../syntax/ast.js'
import { ANY, join } from '../text.js'
import { evaluateArithmetic, evaluateNumber } from './arithmetic.js'
import { lastIndex } from './parameters.js'
import type { Result } from './result.js'
import type { Shell } from './shell.js'
import { type ArrayValue, type Value, type Words, isArray, bounded } from './state.js'
import { expandText, expandOne } from './texts.js'
import { expandWords } from './words.js'

export function assignAll(shell: Shell, assignments: readonly Assignment[]): Result {
  for (const assignment of assignments) assign(shell, assignment)
  return { output: '', status: assignments.some(runsCommand) ? undefined : true }
}

/** Then the assignment has the status of that command. */
function runsCommand({ value }: Assignment): boolean {
  const words = value.kind === 'array' ? value.elements.map(element => element.value) : [value]
  return words.some(({ parts }) => parts.some(({ kind }) => kind === 'command'))
}

/** @returns the text for people that stands after the name */
export function assign(shell: Shell, { name, subscript, append, value }: Assignment): Text {
  const { flags } = shell.state.get(name)
  if (value.kind === 'array') {
    const array = arrayOf(shell, value.elements, flags.includes('A'), append ? shell.variable(name) : [])
    shell.assign(name, [array])
    return ANY
  }
  const texts = expandText(shell, value)
  const number = flags.includes('i') && shell.state.has(name)
  const values = number && !append ? texts.map(text => evaluateNumber(shell, text).text) : texts
  if (subscript !== undefined) assignElement(shell, name, keysOf(shell, name, subscript), values, append)
  else if (append) shell.assign(name, appendTo(shell.variable(name), values))
  else if (shell.variable(name).some(isArray) && shell.state.has(name)) assignElement(shell, name, ['0'], values, false)
  else shell.assign(name, values)
  return bounded(values, 1)[0] ?? ''
}

function appendTo(before: readonly Value[], texts: readonly Text[]): readonly Value[] {
  return before.flatMap(value =>
    texts.map(
      (text): Value =>
        isArray(value)
          ? { ...value, items: new Map(value.items).set('0', join(value.items.get('0') ?? '', text)) }
          : join(value ?? '', text),
    ),
  )
}

function keysOf(shell: Shell, name: string, subscript: Parameters<typeof expandText>[1]): readonly Text[] {
  const associative =
    name === 'BASH_CMDS' || name === 'BASH_ALIASES' || shell.variable(name).some(value => isArray(value) && value.associative)
  return associative ? expandText(shell, subscript) : [evaluateArithmetic(shell, subscript).text]
}

export function assignElement(shell: Shell, name: string, keys: readonly Text[], texts: readonly Text[], append: boolean): void {
  const [key] = keys
  const [text] = texts
  if (name === 'BASH_CMDS' && typeof key === 'string' && text !== undefined) shell.state.hashed = new Map(shell.state.hashed).set(key, text)
  if (name === 'BASH_ALIASES' && typeof key === 'string' && text !== undefined)
    shell.state.aliases = new Map(shell.state.aliases).set(key, [text])
  const before = shell.state.has(name) ? shell.variable(name) : [undefined]
  const after = before.flatMap(value => keys.flatMap(key => texts.map(text => withElement(value, key, text, append))))
  shell.assign(name, after)
}

function withElement(value: Value, key: Text, text: Text, append: boolean): ArrayValue {
  const array: ArrayValue = isArray(value)
    ? value
    : { items: new Map(value === undefined ? [] : [['0', value]]), open: false, associative: false }
  if (typeof key !== 'string') return { ...array, items: new Map(), open: true }
  const old = append ? (array.items.get(key) ?? (array.open ? ANY : '')) : ''
  const items = new Map(array.items).set(key, append ? join(old, text) : text)
  const last = [...array.items.keys()].pop()
  return {
    ...array,
    items:
      array.associative || last === undefined || Number(last) <= Number(key)
        ? items
        : new Map([...items].sort(([a], [b]) => Number(a) - Number(b))),
  }
}

/** The last, as in `expandWords`, but for a pattern that finds nothing and so stands for itself. */
function likeliest(alternatives: readonly Words[]): readonly Words[] {
  const found = alternatives.filter(({ texts: [text] }) => typeof text !== 'string' || !/[*?[]/.test(text))
  return (found.length === 0 ? alternatives : found).slice(-1)
}

function arrayOf(
  shell: Shell,
  elements: readonly { readonly subscript?: Assignment['subscript']; readonly value: Parameters<typeof expandText>[1] }[],
  associative: boolean,
  before: readonly Value[],
): ArrayValue {
  const [old] = before
  const known = before.length === 1 && isArray(old) ? old : undefined
  const items = new Map<string, Text>(known?.items ?? (old === undefined || isArray(old) || before.length !== 1 ? [] : [['0', old]]))
  let open = known?.open ?? before.length > 1
  let next = lastIndex(items) + 1
  for (const { subscript, value } of elements) {
    if (subscript !== undefined) {
      const key = associative ? expandOne(shell, subscript) : evaluateArithmetic(shell, subscript).text
      if (typeof key !== 'string') open = true
      else {
        items.set(key, expandOne(shell, value))
        next = Number(key) + 1
      }
      continue
    }
    const alternatives = expandWords(shell, [value])
    if (alternatives.length > 1 || alternatives[0]?.open === true) open = true
    const isOne = alternatives.every(({ texts, open: more }) => texts.length === 1 && !more)
    const likely = isOne ? likeliest(alternatives) : [...alternatives].reverse()
    for (const { texts } of likely) for (const text of texts) items.set(String(next++), text)
  }
  return { items, open, associative: associative || (known?.associative ?? false) }
}
