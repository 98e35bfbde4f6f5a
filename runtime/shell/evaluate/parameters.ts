/** Parameter expansion (manual 3.5.3): exact on text that is known, a hole where it is not. */
import type { ParameterExpansion, Word } from '../syntax/ast.js'
import type { Text } from '../analysis.js'
import { AbstractString } from '../../decide/abstract-string.js'
import { ANY, join, lengthOf, partsOf, prefixOf } from '../text.js'
import { evaluateArithmetic, evaluateNumber } from './arithmetic.js'
import { decodeEscapes } from './escapes.js'
import { compilePattern, matchEnd, matches, type Pattern } from './pattern.js'
import { NUMBER, toolOf, toolText } from '../noted-holes.js'
import { BREAK, MAX_LENGTH, OPEN, type Pieces, piecesOf, textOf } from './pieces.js'
import type { Shell } from './shell.js'
import { type ArrayValue, type Value, type Words, LIMIT, isArray, bounded, keyOf, scalarOf } from './state.js'
import { plainText, fieldRules, expandText } from './texts.js'

/** What stands for a parameter: one text, a list of them (`$@`), or nothing where it is not set. */
type Found = { readonly text: Text | undefined } | { readonly list: Words; readonly joined: boolean }

export function expandParameter(shell: Shell, expansion: ParameterExpansion, quoted: boolean): readonly Pieces[] {
  const { operator = '' } = expansion
  if (expansion.indirect && (operator === '*' || operator === '@')) return namesOf(shell, expansion.name, quoted)
  const found = expansion.indirect ? findIndirect(shell, expansion) : find(shell, expansion.name, expansion.subscript)
  if (expansion.length) return bounded(found.map(countOf)).map(text => piecesOf(text, quoted))
  const apply = operation(shell, expansion, quoted)
  // What comes from the environment may be anything, unset too.
  const isAny = found.some(
    each => 'text' in each && typeof each.text === 'object' && each.text.isUnrestricted && toolOf(each.text) === undefined,
  )
  const pieces = distinct((isAny && operator === '' ? found.filter(each => !('text' in each) || each.text) : found).flatMap(apply))
  return pieces.length <= LIMIT ? pieces : [[...piecesOf(bounded(pieces.map(textOf), 1)[0] ?? ANY, quoted), ...(quoted ? [] : [OPEN])]]
}

/** `${!prefix@}`: the names of variables, to which the environment may add. */
function namesOf({ state }: Shell, prefix: string, quoted: boolean): readonly Pieces[] {
  const unknown = [...piecesOf(ANY, quoted), OPEN]
  const names = state.names().filter(name => name.startsWith(prefix))
  if (names.length === 0 || names.length > LIMIT) return [unknown]
  return [unknown, names.flatMap((name, at) => [...(at > 0 ? [BREAK] : []), ...piecesOf(name, quoted)])]
}

/** Without the alternatives that come again. */
function distinct(alternatives: readonly Pieces[]): readonly Pieces[] {
  if (alternatives.length < 3) return alternatives
  const byKey = new Map(
    alternatives.map(pieces => [pieces.map(({ how, part }) => how + keyOf(AbstractString.of([part]))).join('\0'), pieces]),
  )
  return [...byKey.values()]
}

function countOf(found: Found): Text {
  if ('list' in found) return found.list.open ? NUMBER : String(found.list.texts.length)
  if (found.text === undefined) return '0'
  return typeof found.text === 'string' ? String(Array.from(found.text).length) : NUMBER
}

/** The values of a parameter by its name and subscript. */
function find(shell: Shell, name: string, subscript: Word | undefined): readonly Found[] {
  if (subscript === undefined) {
    if (name === '@' || name === '*') return shell.state.parameters.map(list => ({ list, joined: name === '*' }))
    return shell.variable(name).map(value => ({ text: scalarOf(value) }))
  }
  const sign = signOf(subscript)
  if (sign !== undefined) return shell.variable(name).map(value => ({ list: elementsOf(value), joined: sign === '*' }))
  return findElement(shell, name, subscript)
}

/** The sign for all elements, which is no pattern there. */
function signOf(subscript: Word): '@' | '*' | undefined {
  const [part, ...more] = subscript.parts
  if (part?.kind !== 'text' || more.length > 0) return undefined
  return part.text === '@' || part.text === '*' ? part.text : undefined
}

function elementsOf(value: Value): Words {
  if (value === undefined) return { texts: [], open: false }
  if (!isArray(value)) return { texts: [value], open: false }
  return value.open
    ? { texts: [...beginningOf(value), ANY], open: true }
    : { texts: inOrder(value, [...value.items.values()]), open: false }
}

/** The elements before which no other can stand: where more than those that are known may be set, the first ones without a gap. */
function beginningOf({ items, associative }: ArrayValue): readonly Text[] {
  const texts: Text[] = []
  if (associative) return texts
  for (let text = items.get('0'); text !== undefined; text = items.get(String(texts.length))) texts.push(text)
  return texts
}

/** The order of an associative array is not known. */
function inOrder({ associative }: ArrayValue, texts: readonly Text[]): readonly Text[] {
  const [any = ''] = bounded(texts, 1)
  return associative ? texts.map(() => any) : texts
}

function findElement(shell: Shell, name: string, subscript: Word): readonly Found[] {
  const values = shell.variable(name)
  const associative = values.some(value => isArray(value) && value.associative)
  const keys = associative ? expandText(shell, subscript) : [evaluateArithmetic(shell, subscript).text]
  return values.flatMap(value => keys.map(key => ({ text: elementOf(value, key) })))
}

function elementOf(value: Value, key: Text): Text | undefined {
  if (typeof key !== 'string') return isArray(value) && !value.open ? bounded([...value.items.values()], 1)[0] : ANY
  if (!isArray(value)) return key === '0' || key === '-1' ? value : undefined
  if (value.open) return value.items.get(key) ?? ANY
  const fromEnd = key.startsWith('-') && !value.associative
  return value.items.get(fromEnd ? String(lastIndex(value.items) + 1 + Number(key)) : key)
}

export function lastIndex(items: ReadonlyMap<string, Text>): number {
  let last = -1
  for (const key of items.keys()) last = Math.max(last, Number(key))
  return last
}

const NAME_REFERENCE = /^([A-Za-z_]\w*|\d+|[@*#?$!-])(?:\[([^\]]*)\])?$/

/** `${!x}`: the parameter that the value names; `${!a[@]}`: the keys of an array. */
function findIndirect(shell: Shell, expansion: ParameterExpansion): readonly Found[] {
  const sign = expansion.subscript === undefined ? undefined : signOf(expansion.subscript)
  if (sign !== undefined) return shell.variable(expansion.name).map(value => ({ list: keysOf(value), joined: sign === '*' }))
  return find(shell, expansion.name, expansion.subscript).flatMap((found): readonly Found[] => {
    const name = 'list' in found ? (found.list.open ? ANY : (found.list.texts[found.list.texts.length - 1] ?? undefined)) : found.text
    if (name === undefined || name === '') return [{ text: undefined }]
    return typeof name === 'string' ? findNamed(shell, name) : [{ text: ANY }]
  })
}

function keysOf(value: Value): Words {
  if (!isArray(value)) return { texts: value === undefined ? [] : ['0'], open: false }
  return { texts: inOrder(value, [...value.items.keys()]), open: value.open }
}

function findNamed(shell: Shell, reference: string): readonly Found[] {
  const [, name, subscript] = NAME_REFERENCE.exec(reference) ?? []
  if (name === undefined) {
    shell.expandSource(reference)
    return [{ text: ANY }]
  }
  if (subscript === undefined) return find(shell, name, undefined)
  if (subscript === '@' || subscript === '*')
    return shell.variable(name).map(value => ({ list: elementsOf(value), joined: subscript === '*' }))
  const key = evaluateNumber(shell, subscript).text
  return shell.variable(name).map(value => ({ text: elementOf(value, isArray(value) && value.associative ? subscript : key) }))
}

type Operation = (found: Found) => readonly Pieces[]
/** What an operator makes of each text. */
type Change = (text: Text) => readonly Text[]

function operation(shell: Shell, expansion: ParameterExpansion, quoted: boolean): Operation {
  const { operator = '' } = expansion
  const plain: Operation = found => [present(shell, found, quoted)]
  if (operator === '') return plain
  if ('-=?+'.includes(operator.charAt(operator.length - 1)) && operator.length <= 2) return conditional(shell, expansion, quoted, plain)
  if (operator === ':') return slice(shell, expansion, quoted, plain)
  if (operator === '@a' || operator === '@A' || operator === '@K' || operator === '@k')
    return found => [isMissing(found, false) === true ? [] : [...piecesOf(ANY, quoted), ...(quoted ? [] : [OPEN])]]
  const change = changeOf(shell, expansion)
  return found => changed(found, change).map(each => present(shell, each, quoted))
}

function changed(found: Found, change: Change): readonly Found[] {
  if ('list' in found) {
    const texts = found.list.texts.map(text => bounded(change(text), 1)[0] ?? '')
    return [{ list: { texts, open: found.list.open }, joined: found.joined }]
  }
  // An operator on what is not set gives the empty text.
  return bounded(change(found.text ?? '')).map(text => ({ text }))
}

/** The pieces of what was found. */
function present(shell: Shell, found: Found, quoted: boolean): Pieces {
  if ('text' in found) return piecesOf(found.text ?? '', quoted)
  const { texts, open } = found.list
  if (quoted && found.joined) return piecesOf(joinList(shell, found.list), true)
  const border = found.joined ? { ...BREAK, part: partsOf(separatorOf(shell))[0] ?? '' } : BREAK
  const pieces = texts.flatMap((text, at) => [...(at > 0 ? [border] : []), ...piecesOf(text, quoted)])
  return open ? [...pieces, OPEN] : pieces
}

function joinList(shell: Shell, { texts, open }: Words): Text {
  if (open) return ANY
  const separator = separatorOf(shell)
  return join(...texts.flatMap((text, at) => (at > 0 ? [separator, text] : [text])))
}

/** What stands between the elements of `"$*"`. */
function separatorOf(shell: Shell): Text {
  const { separators } = fieldRules(shell)
  return separators === undefined ? ANY : separators.slice(0, 1)
}

/** Whether it is not set, or empty where the operator has a colon; undefined where that is not known. */
function isMissing(found: Found, colon: boolean): boolean | undefined {
  if ('list' in found) {
    const { texts, open } = found.list
    if (texts.length === 0) return open ? undefined : true
    return colon && texts.length === 1 && texts[0] === '' ? true : texts.some(text => typeof text !== 'string') && colon ? undefined : false
  }
  if (found.text === undefined) return true
  if (!colon) return typeof found.text !== 'string' && found.text.isUnrestricted ? undefined : false
  if (typeof found.text === 'string') return found.text === ''
  return found.text.parts.some(part => typeof part === 'string') ? false : undefined
}

/** `-`, `=`, `?` and `+`, with a colon or without. */
function conditional(shell: Shell, expansion: ParameterExpansion, quoted: boolean, plain: Operation): Operation {
  const { operator = '', operand } = expansion
  const sign = operator.charAt(operator.length - 1)
  let expanded: readonly Pieces[] | undefined
  const other = () => {
    expanded ??= operand === undefined ? [[]] : unquotedAsSplit(shell.expand(operand, quoted), quoted)
    if (sign === '=') shell.assign(expansion.name, bounded(expanded.map(textOf)))
    return expanded
  }
  return found => {
    const missing = isMissing(found, operator.length === 2)
    if (sign === '+') return missing === true ? [piecesOf('', quoted)] : missing === false ? other() : [piecesOf('', quoted), ...other()]
    if (missing === false) return plain(found)
    // That it may not be set is another of its values.
    return missing === true ? other() : (asDefault(shell, expansion, found, other, quoted) ?? [...plain(found), ...other()])
  }
}

/** What comes from the environment where `${PYTHON:-python3}` stands is there to be such a program. */
function asDefault(
  shell: Shell,
  { name, operator = '', operand }: ParameterExpansion,
  found: Found,
  other: () => readonly Pieces[],
  quoted: boolean,
): readonly Pieces[] | undefined {
  const isGiven = shell.state.has(name) || !('text' in found) || typeof found.text !== 'object' || !found.text.isUnrestricted
  if (isGiven || operand === undefined || !operator.endsWith('-')) return undefined
  const program = plainText(operand) ?? toolIn(other())
  return program === undefined || program === '' ? undefined : [piecesOf(toolText(program), quoted)]
}

/** A default of a default: `${PYTHON:-${PY:-python3}}`. */
function toolIn(alternatives: readonly Pieces[]): string | undefined {
  const texts = alternatives.map(textOf)
  const tool = texts.map(toolOf).find(found => found !== undefined)
  return texts.every(text => text === tool || toolOf(text) === tool) ? tool : undefined
}

/** The word of `${x:-a b}` is split as the result of an expansion is. */
function unquotedAsSplit(alternatives: readonly Pieces[], quoted: boolean): readonly Pieces[] {
  if (quoted) return alternatives.map(pieces => (pieces.length === 0 ? piecesOf('', true) : pieces))
  return alternatives.map(pieces => pieces.map(piece => (piece.how === 'plain' ? { how: 'split' as const, part: piece.part } : piece)))
}

function slice(shell: Shell, { operand, second }: ParameterExpansion, quoted: boolean, plain: Operation): Operation {
  const offset = operand === undefined ? 0 : evaluateArithmetic(shell, operand).value
  const length = second === undefined ? Number.POSITIVE_INFINITY : evaluateArithmetic(shell, second).value
  const unknown: Operation = found => [[...piecesOf(ANY, quoted), ...('list' in found ? [OPEN] : [])]]
  if (offset === undefined || length === undefined) return unknown
  return found => {
    if ('text' in found) return plain({ text: found.text === undefined ? undefined : sliceText(found.text, offset, length) })
    const list = sliceList(shell, found.list, offset, length)
    return list === undefined ? unknown(found) : plain({ list, joined: found.joined })
  }
}

/** Of `$@` the offset 0 is `$0`. */
function sliceList(shell: Shell, { texts, open }: Words, offset: number, length: number): Words | undefined {
  if (open || length < 0) return undefined
  const all = shell.state.parameters.some(words => words.texts === texts) ? [shell.frame.name, ...texts] : texts
  const start = offset < 0 ? all.length + offset : offset
  return { texts: start < 0 ? [] : all.slice(start, start + length), open: false }
}

function sliceText(text: Text, offset: number, length: number): Text {
  if (typeof text !== 'string') {
    const known = prefixOf(text)
    return offset >= 0 && length >= 0 && offset + length <= known.length ? known.slice(offset, offset + length) : ANY
  }
  const characters = Array.from(text)
  const start = offset < 0 ? characters.length + offset : offset
  const end = length < 0 ? characters.length + length : start + length
  return start < 0 || start > characters.length ? '' : characters.slice(start, end).join('')
}

function changeOf(shell: Shell, { operator = '', operand, second }: ParameterExpansion): Change {
  if (operator.startsWith('@')) return text => [transform(shell, operator.charAt(1), text)]
  const sign = operator.charAt(0)
  const patterns = operand === undefined ? [undefined] : patternsOf(shell, operand)
  if (sign === '/') {
    const replacements = second === undefined ? [[]] : shell.expand(second, false)
    return text => patterns.flatMap(pattern => replacements.map(replacement => replace(text, pattern, replacement, operator)))
  }
  if (sign === '#' || sign === '%') return text => patterns.map(pattern => remove(text, pattern, operator))
  const isDefault = operand === undefined || plainText(operand) === ''
  return text => patterns.map(pattern => changeCase(text, isDefault ? undefined : pattern, operator, isDefault))
}

/** A word as a pattern, in its alternatives; undefined where it is not wholly known. */
export function patternsOf(shell: Shell, word: Word): readonly (Pattern | undefined)[] {
  const alternatives = shell.expand(word, false)
  return word.parts.some(part => part.kind === 'extglob') ? [undefined] : alternatives.map(compilePattern)
}

const MAX_CHARACTERS = 2000

/** `#` and `##` at the start, `%` and `%%` at the end. */
function remove(text: Text, pattern: Pattern | undefined, operator: string): Text {
  if (pattern === undefined) return ANY
  const atStart = operator.charAt(0) === '#'
  if (typeof text !== 'string') return removeAtEdge(text, pattern, operator)
  const characters = Array.from(text)
  if (characters.length > MAX_CHARACTERS) return ANY
  if (atStart) {
    const end = matchEnd(pattern, characters, 0, operator.length === 2)
    return end === -1 ? text : characters.slice(end).join('')
  }
  const start = suffixStart(pattern, characters, operator.length === 2)
  return start === undefined ? text : characters.slice(0, start).join('')
}

function suffixStart(pattern: Pattern, characters: readonly string[], longest: boolean): number | undefined {
  for (let i = 0; i <= characters.length; i++) {
    const start = longest ? i : characters.length - i
    if (matchEnd(pattern, characters, start, true) === characters.length) return start
  }
  return undefined
}

/** Of a text with holes: what the shortest match within its known edge takes away, and what holes without `/` cannot hide. */
function removeAtEdge(text: AbstractString, pattern: Pattern, operator: string): Text {
  const { parts } = text
  const atStart = operator.charAt(0) === '#'
  const slashOnly =
    pattern.length === 2 &&
    pattern.includes('/') &&
    pattern.includes('star') &&
    parts.every(part => typeof part === 'string' || (part.hole !== 'any' && part.hole !== 'below'))
  if (slashOnly && pattern[atStart ? 1 : 0] === '/') return removeFolder(parts, atStart, operator.length === 2)
  const edge = atStart ? parts[0] : parts[parts.length - 1]
  if (operator.length === 2 && pattern.includes('star')) return ANY
  if (typeof edge !== 'string') return ANY
  const rest = remove(edge, pattern, operator)
  if (rest === edge) return pattern.includes('star') || pattern.length > edge.length ? ANY : text
  return AbstractString.of(atStart ? [rest as string, ...parts.slice(1)] : [...parts.slice(0, -1), rest as string]) // a string gives a string
}

/** `##*` + `/` and its kind, where no hole holds a slash. */
function removeFolder(parts: readonly AbstractString['parts'][number][], atStart: boolean, longest: boolean): Text {
  const last = atStart === longest
  const at = parts.map(part => typeof part === 'string' && part.includes('/'))
  const index = last ? at.lastIndexOf(true) : at.indexOf(true)
  const part = parts[index]
  if (typeof part !== 'string') return AbstractString.of(parts)
  const slash = last ? part.lastIndexOf('/') : part.indexOf('/')
  return AbstractString.of(atStart ? [part.slice(slash + 1), ...parts.slice(index + 1)] : [...parts.slice(0, index), part.slice(0, slash)])
}

function replace(text: Text, pattern: Pattern | undefined, replacement: Pieces, operator: string): Text {
  if (text === '' && pattern !== undefined && pattern.some(token => token !== 'star')) return ''
  if (pattern === undefined || typeof text !== 'string') return ANY
  const characters = Array.from(text)
  if (characters.length * characters.length * pattern.length > 4_000_000) return ANY
  const by = (match: string) =>
    AbstractString.of(
      replacement.flatMap(({ how, part }) => (typeof part === 'string' && how !== 'quoted' ? part.split('&').join(match) : part)),
    )
  if (pattern.length === 0) return operator === '/#' ? join(by(''), text) : operator === '/%' ? join(text, by('')) : text
  if (operator === '/%') {
    const start = suffixStart(pattern, characters, true)
    return start === undefined ? text : join(characters.slice(0, start).join(''), by(characters.slice(start).join('')))
  }
  return replaceFrom(characters, pattern, by, operator)
}

function replaceFrom(characters: readonly string[], pattern: Pattern, by: (match: string) => Text, operator: string): Text {
  const result: Text[] = []
  let length = 0
  let at = 0
  while (at < characters.length) {
    const end = matchEnd(pattern, characters, at, true)
    if (end > at) {
      const replaced = by(characters.slice(at, end).join(''))
      length += lengthOf(replaced)
      if (length > MAX_LENGTH) return ANY
      result.push(replaced)
      at = end
    } else result.push(characters[at++] ?? '')
    if (operator === '/#' || (operator === '/' && end > -1 && end === at)) break
  }
  return join(...result, characters.slice(at).join(''))
}

const CASES: Readonly<Record<string, (character: string) => string>> = {
  '^': character => character.toUpperCase(),
  ',': character => character.toLowerCase(),
  '~': character => (character === character.toUpperCase() ? character.toLowerCase() : character.toUpperCase()),
}

function changeCase(text: Text, pattern: Pattern | undefined, operator: string, all: boolean): Text {
  const change = CASES[operator.charAt(0)]
  if (change === undefined || (pattern === undefined && !all)) return ANY
  const one = (character: string) => (all || matches(pattern, character) === true ? change(character) : character)
  if (operator.length === 2)
    return AbstractString.of(partsOf(text).map(part => (typeof part === 'string' ? Array.from(part, one).join('') : part)))
  const [first, ...rest] = partsOf(text)
  if (first === undefined) return ''
  if (typeof first !== 'string') return ANY
  const [initial = '', ...others] = Array.from(first)
  return AbstractString.of([one(initial) + others.join(''), ...rest])
}

/** `@Q` and its kind. */
function transform(shell: Shell, letter: string, text: Text): Text {
  switch (letter) {
    case 'U':
      return changeCase(text, undefined, '^^', true)
    case 'L':
      return changeCase(text, undefined, ',,', true)
    case 'u':
      return changeCase(text, undefined, '^', true)
    case 'Q':
      return typeof text === 'string' ? quoteText(text) : ANY
    case 'E':
      return typeof text === 'string' ? decodeEscapes(text) : ANY
    case 'P':
      return withoutPrompt(shell.expandSource(text))
    default:
      return ANY
  }
}

/** What the escapes of a prompt stand for is not known. */
function withoutPrompt(text: Text): Text {
  if (typeof text !== 'string') return ANY
  const known = text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)))
  return known.includes('\\') ? ANY : known
}

function quoteText(text: string): string {
  return `'${text.split("'").join("'\\''")}'`
}
