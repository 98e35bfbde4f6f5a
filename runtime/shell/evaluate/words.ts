/** Word expansion (manual 3.5): from a word of the tree to the fields that a command gets. */
import type { ParameterExpansion, Word, WordPart } from '../syntax/ast.js'
import type { Text } from '../analysis.js'
import { ANY } from '../text.js'
import { AbstractString } from '../../decide/abstract-string.js'
import { evaluateArithmetic } from './arithmetic.js'
import { expandParameter } from './parameters.js'
import { type FieldRules, fieldsOf, type Pieces, piecesOf, product, textOf } from './pieces.js'
import type { Shell } from './shell.js'
import { bounded, LIMIT, type Words, scalarOf } from './state.js'

/** The fields of some words, in their alternatives. */
export function expandWords(shell: Shell, words: readonly Word[]): readonly Words[] {
  let alternatives: readonly Words[] = [{ texts: [], open: false }]
  for (const word of words) alternatives = append(alternatives, expandWord(shell, word))
  return alternatives
}

function append(before: readonly Words[], more: readonly Words[]): readonly Words[] {
  const few = before.length * more.length > LIMIT ? [widenWords(more)] : more
  return before.flatMap(a => few.map(b => ({ texts: [...a.texts, ...b.texts], open: a.open || b.open })))
}

function widenWords(alternatives: readonly Words[]): Words {
  if (alternatives.some(({ texts, open }) => open || texts.length !== 1)) return { texts: [ANY], open: true }
  return { texts: bounded(alternatives.map(({ texts }) => texts[0] ?? ''), 1), open: false }
}

function expandWord(shell: Shell, word: Word): readonly Words[] {
  const simple = plainText(word)
  if (simple !== undefined) return [{ texts: [simple], open: false }]
  const rules = fieldRules(shell)
  let all: readonly Words[] = [{ texts: [], open: false }]
  for (const one of shell.braces(word)) {
    const fields = expandParts(shell, one, false).flatMap(pieces => fieldsOf(pieces, rules))
    all = append(all, fields.length > LIMIT ? [widenWords(fields)] : fields)
  }
  return all
}

/** The text of a word in which nothing is to be expanded, the common case. */
export function plainText(word: Word): string | undefined {
  let text = ''
  for (const part of word.parts) {
    if (part.kind !== 'text' || (!part.quoted && !isPlain(part.text))) return undefined
    text += part.text
  }
  return text
}

function isPlain(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    // * ? [ { ~
    if (unit === 42 || unit === 63 || unit === 91 || unit === 123 || unit === 126) return false
  }
  return true
}

export function fieldRules(shell: Shell): FieldRules {
  if (!shell.state.has('IFS')) return { separators: ' \t\n', options: shell.state.options }
  const { values } = shell.state.get('IFS')
  const [value] = values
  const known = values.length === 1 && (typeof value === 'string' || value === undefined)
  return { separators: known ? (value ?? ' \t\n') : undefined, options: shell.state.options }
}

/** The word as one text, in its alternatives, as an assignment takes it: neither split nor a pattern. */
export function expandText(shell: Shell, word: Word): readonly Text[] {
  const simple = plainText(word)
  return simple === undefined ? bounded(expandParts(shell, word, false).map(textOf)) : [simple]
}

/** The word as one text that covers all its alternatives. */
export function expandOne(shell: Shell, word: Word): Text {
  return bounded(expandText(shell, word), 1)[0] ?? ''
}

/** @param quoted the word stands within double quotes */
export function expandParts(shell: Shell, word: Word, quoted: boolean): readonly Pieces[] {
  let alternatives: readonly Pieces[] = [[]]
  word.parts.forEach((part, at) => {
    alternatives = product(alternatives, expandPart(shell, part, quoted, at === 0, at === word.parts.length - 1))
  })
  return alternatives
}

function expandPart(shell: Shell, part: WordPart, quoted: boolean, first: boolean, last: boolean): readonly Pieces[] {
  switch (part.kind) {
    case 'text': {
      if (quoted || part.quoted) return [[{ how: 'quoted', part: part.text }]]
      return first && part.text.startsWith('~') ? expandTilde(shell, part.text, last) : [[{ how: 'plain', part: part.text }]]
    }
    case 'parameter':
      return expandParameter(shell, part, quoted || part.quoted)
    case 'command': {
      const output = shell.substitute(part.script)
      return [piecesOf(output === undefined ? ANY : withoutLastLines(output), quoted || part.quoted)]
    }
    case 'process':
      return [piecesOf(shell.processSubstitution(part.script, part.direction), true)]
    case 'arithmetic':
      return [piecesOf(evaluateArithmetic(shell, part.expression).text, true)]
    case 'extglob':
      return expandExtglob(shell, part.operator, part.alternatives)
  }
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
  return name.slice(1) === shell.input.user && shell.input.home !== undefined ? [shell.input.home] : [ANY]
}

const EXTGLOB_HOLE: Pieces = [{ how: 'split', part: { hole: 'segment' } }]

/** What it may match, and the pattern itself, which stays where nothing does. */
function expandExtglob(shell: Shell, operator: string, alternatives: readonly Word[]): readonly Pieces[] {
  const inner = alternatives.map(word => expandParts(shell, word, false))
  const written: Pieces = [{ how: 'quoted', part: `${operator}(` }, ...inner.flatMap((pieces, at) => [...(at > 0 ? [BAR] : []), ...(pieces[0] ?? [])]), { how: 'quoted', part: ')' }]
  if (operator !== '@' && operator !== '?') return [EXTGLOB_HOLE, written]
  return [...inner.flat(), ...(operator === '?' ? [[]] : []), written]
}

const BAR = { how: 'quoted', part: '|' } as const

/** Whether the parameter expansion can give several fields even within quotes. */
export function isList({ name, subscript }: ParameterExpansion): boolean {
  return name === '@' || name === '*' || (subscript !== undefined && (plainText(subscript) === '@' || plainText(subscript) === '*'))
}
