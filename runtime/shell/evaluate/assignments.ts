/** Assignments in front of a command, or alone (manual 3.4, 6.7). */
import type { Text } from '../analysis.js'
import type { Assignment } from '../syntax/ast.js'
import { ANY, join } from '../text.js'
import { evaluateArithmetic, evaluateNumber } from './arithmetic.js'
import { lastIndex } from './parameters.js'
import type { Result } from './result.js'
import type { Shell } from './shell.js'
import { type ArrayValue, type Value, type Words, isArray, bounded, scalarOf } from './state.js'
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
    shell.assign(name, arraysOf(shell, value.elements, flags.includes('A'), append ? shell.variable(name) : []))
    return ANY
  }
  const texts = expandText(shell, value)
  const number = flags.includes('i') && shell.state.has(name)
  const values = number && !append ? texts.map(text => evaluateNumber(shell, text).text) : texts
  if (subscript !== undefined) assignElement(shell, name, keysOf(shell, name, subscript), values, append)
  else if (append) shell.assign(name, appendTo(shell.variable(name), values))
  else if (shell.variable(name).some(isArray) && shell.state.has(name)) assignElement(shell, name, ['0'], values, false)
  else shell.assign(name, values)
  return bounded(append ? shell.variable(name).map(each => scalarOf(each) ?? ANY) : values, 1)[0] ?? ''
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
    items: array.associative || last === undefined || Number(last) <= Number(key) ? items : inOrder(items),
  }
}

type Elements = readonly { readonly subscript?: Assignment['subscript']; readonly value: Parameters<typeof expandText>[1] }[]

/** The list in its alternatives, behind each of those that it is added to: its words are expanded as those of a command are. */
function arraysOf(shell: Shell, elements: Elements, isMap: boolean, before: readonly Value[]): readonly ArrayValue[] {
  const starts = before.length === 0 ? [startOf(undefined, isMap)] : before.map(value => startOf(value, isMap))
  if (elements.some(({ subscript }) => subscript !== undefined)) return starts.map(start => keyed(shell, elements, start))
  const alternatives = expandWords(
    shell,
    elements.map(({ value }) => value),
  )
  return starts.flatMap(start => alternatives.map(words => lengthened(start, words)))
}

function startOf(old: Value, isMap: boolean): ArrayValue {
  if (isArray(old)) return { ...old, associative: isMap || old.associative }
  return { items: new Map(old === undefined ? [] : [['0', old]]), open: false, associative: isMap }
}

/** What follows elements of which nobody knows how many there are stands nobody knows where. */
function lengthened(start: ArrayValue, { texts, open }: Words): ArrayValue {
  if (start.open) return start
  const items = new Map(start.items)
  const next = lastIndex(items) + 1
  const certain = open ? texts.findIndex(text => typeof text !== 'string') : -1
  const placed = certain === -1 ? texts : texts.slice(0, certain)
  placed.forEach((text, i) => items.set(String(next + i), text))
  return { ...start, items, open }
}

/** A list some of whose elements say where they stand. One of them that may stand anywhere may be in the place of any other. */
function keyed(shell: Shell, elements: Elements, start: ArrayValue): ArrayValue {
  const items = new Map(start.items)
  let { open } = start
  let next = lastIndex(items) + 1
  for (const { subscript, value } of elements) {
    if (subscript === undefined) {
      const [only, ...more] = expandWords(shell, [value])
      if (only === undefined || only.open || more.length > 0) open = true
      if (!open) for (const text of only?.texts ?? []) items.set(String(next++), text)
      continue
    }
    const key = start.associative ? expandOne(shell, subscript) : evaluateArithmetic(shell, subscript).text
    const text = expandOne(shell, value)
    if (typeof key === 'string') {
      items.set(key, text)
      next = Number(key) + 1
    } else {
      items.clear()
      open = true
    }
  }
  return { ...start, items: start.associative ? items : inOrder(items), open }
}

function inOrder(items: ReadonlyMap<string, Text>): ReadonlyMap<string, Text> {
  return new Map([...items].sort(([a], [b]) => Number(a) - Number(b)))
}
