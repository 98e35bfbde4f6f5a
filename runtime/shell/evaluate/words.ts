/** Word expansion (manual 3.5): from a word of the tree to the fields that a command gets. */
import type { Word, WordPart } from '../syntax/ast.js'
import type { Text } from '../analysis.js'
import { expandBraces, mayHaveBraces } from '../syntax/braces.js'
import { withoutMore } from '../noted-holes.js'
import { ANY } from '../text.js'
import { AbstractString } from '../../decide/abstract-string.js'
import { evaluateArithmetic } from './arithmetic.js'
import { expandParameter } from './parameters.js'
import { type Piece, type Pieces, piecesOf, fieldsOf, extend } from './pieces.js'
import type { Shell } from './shell.js'
import { type Words, LIMIT, bounded, scalarOf } from './state.js'
import { FIRST_HOLE, fieldRules, plainText } from './texts.js'

/** The fields of some words, in their alternatives. */
export function expandWords(shell: Shell, words: readonly Word[]): readonly Words[] {
  let alternatives: Fields[] = [{ texts: [], open: false }]
  const expanded: (readonly Words[] | string)[] = []
  let widened = false
  for (const word of words) {
    const simple = plainText(word, mayHaveBraces(word))
    if (simple !== undefined) {
      for (const { texts } of alternatives) texts.push(simple)
      expanded.push(simple)
      continue
    }
    const more = expandWord(shell, word)
    expanded.push(more)
    widened ||= alternatives.length * more.length > LIMIT
    alternatives = append(alternatives, more)
  }
  return widened ? [...alternatives, lastOfEach(expanded)] : alternatives
}

/** What is most likely where each of many words may be another: the defaults of variables that nobody has set. */
function lastOfEach(expanded: readonly (readonly Words[] | string)[]): Words {
  const chosen = expanded.map(each =>
    typeof each === 'string' ? { texts: [each], open: false } : (each[each.length - 1] ?? { texts: [], open: false }),
  )
  return { texts: chosen.flatMap(({ texts }) => texts), open: chosen.some(({ open }) => open) }
}

interface Fields {
  readonly texts: Text[]
  open: boolean
}

function append(before: Fields[], more: readonly Words[]): Fields[] {
  const few = before.length * more.length > LIMIT ? [widenWords(more)] : more
  const [only] = few
  if (few.length !== 1 || only === undefined)
    return before.flatMap(a => few.map(b => ({ texts: [...a.texts, ...b.texts], open: a.open || b.open })))
  for (const fields of before) {
    for (const text of only.texts) fields.texts.push(text)
    fields.open ||= only.open
  }
  return before
}

function widenWords(alternatives: readonly Words[]): Words {
  if (alternatives.some(({ texts, open }) => open || texts.length !== 1)) return { texts: [ANY], open: true }
  return {
    texts: bounded(
      alternatives.map(({ texts }) => texts[0] ?? ''),
      1,
    ),
    open: false,
  }
}

function expandWord(shell: Shell, word: Word): readonly Words[] {
  const rules = fieldRules(shell)
  let all: Fields[] = [{ texts: [], open: false }]
  const words = expandBraces(word)
  if (words === undefined) expandParts(shell, word, false)
  if (words === undefined) return [{ texts: [ANY], open: true }]
  for (const one of words) {
    const fields = expandParts(shell, one, false).flatMap(pieces => fieldsOf(pieces, rules))
    all = append(all, fields.length > LIMIT ? [widenWords(fields)] : fields)
  }
  return all
}

/** @param quoted the word stands within double quotes */
export function expandParts(shell: Shell, word: Word, quoted: boolean): readonly Pieces[] {
  let alternatives: Piece[][] = [[]]
  const unset = unsetWithin(shell, word.parts)
  word.parts.forEach((part, at) => {
    const expanded =
      part.kind === 'extglob'
        ? expandExtglob(shell, part.operator, part.alternatives, startsName(word.parts[at - 1]))
        : expandPart(shell, part, quoted, at === 0, at === word.parts.length - 1)
    alternatives = extend(alternatives, part === unset ? [...expanded, []] : expanded)
  })
  return alternatives
}

/** A name of more characters than this is not put together from pieces. */
const MAX_NAME = 64

/** The one variable within a name that nobody has set: in small letters it is none of the environment's, and so most likely empty. */
function unsetWithin(shell: Shell, parts: readonly WordPart[]): WordPart | undefined {
  const others = parts.filter(part => part.kind !== 'text')
  const [variable] = others
  if (parts.length < 2 || parts.length > 3 || others.length !== 1 || variable?.kind !== 'parameter') return undefined
  const { name, operator, indirect, length, subscript } = variable
  if (operator !== undefined || indirect || length || subscript !== undefined || !/^[a-z_][a-z_0-9]*$/.test(name) || shell.state.has(name))
    return undefined
  const at = parts.indexOf(variable)
  const text = (part: WordPart | undefined) => (part?.kind === 'text' ? part.text : '')
  const [before, after] = [text(parts[at - 1]), text(parts[at + 1])]
  const isWithin = /[^/=]$/.test(before) || /^[^=]/.test(after)
  return isWithin && before.length + after.length <= MAX_NAME && !/\s/.test(before + after) ? variable : undefined
}

/** Whether a name begins behind the part. */
function startsName(before: WordPart | undefined): boolean {
  return before === undefined || (before.kind === 'text' && before.text.endsWith('/'))
}

type OtherPart = Exclude<WordPart, { readonly kind: 'extglob' }>

function expandPart(shell: Shell, part: OtherPart, quoted: boolean, first: boolean, last: boolean): readonly Pieces[] {
  if (part.kind !== 'text' && !shell.findings.spend(1)) return [piecesOf(ANY, quoted)]
  switch (part.kind) {
    case 'text': {
      const isQuoted = quoted || part.quoted
      if (shell.holes.length > 0 && hasHole(part.text)) return [withHoles(shell, part.text, isQuoted)]
      if (isQuoted) return [[{ how: 'quoted', part: part.text }]]
      return first && part.text.startsWith('~') ? expandTilde(shell, part.text, last) : [[{ how: 'plain', part: part.text }]]
    }
    case 'parameter':
      return expandParameter(shell, part, quoted || part.quoted)
    case 'command': {
      const output = shell.substitute(part.script) ?? ANY
      const listed = withoutMore(output)
      // What a folder holds now is one of the texts that it may be by then.
      return (listed === undefined ? [output] : [ANY, listed]).map(text => piecesOf(withoutLastLines(text), quoted || part.quoted))
    }
    case 'process':
      return [piecesOf(shell.processSubstitution(part.script, part.direction), true)]
    case 'arithmetic':
      return [piecesOf(evaluateArithmetic(shell, part.expression).text, true)]
  }
}

function hasHole(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) >= FIRST_HOLE && text.charCodeAt(at) < 0xf900) return true
  return false
}

/** Code that is known only in part has a character for each of its holes. */
function withHoles(shell: Shell, text: string, quoted: boolean): Pieces {
  const pieces: Piece[] = []
  let start = 0
  for (let at = 0; at <= text.length; at++) {
    const hole = at === text.length ? undefined : shell.holes[text.charCodeAt(at) - FIRST_HOLE]
    if (hole === undefined && at < text.length) continue
    if (at > start || (quoted && text === '')) pieces.push({ how: quoted ? 'quoted' : 'plain', part: text.slice(start, at) })
    if (hole !== undefined) pieces.push({ how: quoted ? 'quoted' : 'split', part: hole })
    start = at + 1
  }
  return pieces
}

/** A command substitution loses the line ends at its end. */
function withoutLastLines(output: Text): Text {
  if (typeof output === 'string') {
    let end = output.length
    while (end > 0 && output.charCodeAt(end - 1) === 10) end--
    return output.slice(0, end)
  }
  const last = output.parts[output.parts.length - 1]
  return typeof last === 'string' ? AbstractString.of([...output.parts.slice(0, -1), withoutLastLines(last) as string]) : output // a string gives a string
}

function expandTilde(shell: Shell, text: string, last: boolean): readonly Pieces[] {
  const slash = text.indexOf('/')
  const name = slash === -1 ? text : text.slice(0, slash)
  if (slash === -1 && !last) return [[{ how: 'plain', part: text }]]
  const rest: Pieces = slash === -1 ? [] : [{ how: 'plain', part: text.slice(slash) }]
  return tildeFolders(shell, name).map(folder => [...piecesOf(folder, true), ...rest])
}

const TILDE_VARIABLES: Readonly<Record<string, string>> = { '~': 'HOME', '~+': 'PWD', '~-': 'OLDPWD' }

function tildeFolders(shell: Shell, name: string): readonly Text[] {
  const variable = TILDE_VARIABLES[name]
  if (variable !== undefined) return bounded(shell.variable(variable).map(value => scalarOf(value) ?? ANY))
  if (name === '~root') return ['/root']
  const at = Number(/^~\+?(\d+)$/.exec(name)?.[1] ?? Number.NaN)
  if (at >= 0) return at === 0 ? shell.state.cwd : [shell.state.stack[at - 1] ?? ANY]
  return name.slice(1) === shell.input.user && shell.input.home !== undefined ? [shell.input.home] : [ANY]
}

const EXTGLOB_HOLE: Pieces = [{ how: 'split', part: { hole: 'segment' } }]

/** What it may match, and the pattern itself, which stays where nothing does. */
function expandExtglob(shell: Shell, operator: string, alternatives: readonly Word[], first: boolean): readonly Pieces[] {
  const inner = alternatives.map(word => expandParts(shell, word, false))
  const written: Pieces = [
    { how: 'quoted', part: `${operator}(` },
    ...inner.flatMap((pieces, at) => [...(at > 0 ? [BAR] : []), ...(pieces[0] ?? [])]),
    { how: 'quoted', part: ')' },
  ]
  // At the start, `!(x)` finds no name that begins with a dot.
  if (operator === '!' && first && !shell.state.options.has('dotglob')) return [[{ how: 'split', part: { hole: 'visible' } }], [], written]
  if (operator !== '@' && operator !== '?') return [EXTGLOB_HOLE, written]
  return [...inner.flat(), ...(operator === '?' ? [[]] : []), written]
}

const BAR = { how: 'quoted', part: '|' } as const
