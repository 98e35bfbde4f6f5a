/** The words of an expression. Whatever people write instead of them is a word too, so that an error can say what to write. */
import type { IToken, TokenType } from 'chevrotain'
import type { Chevrotain } from './chevrotain.js'

/** The text of a quoted part, its quotes included. */
const QUOTED = String.raw`"(?:[^"\\\n]|\\[^\n])*"|'(?:[^'\\\n]|\\[^\n])*'`
const LETTER = String.raw`[\p{L}\p{M}\p{N}_$-]`

const WORD = new RegExp(`[\\p{L}_]${LETTER}*(?:\\.+(?:${LETTER}+|${QUOTED})?)*`, 'uy')

/** The library would drop the flag `u` of a plain pattern. */
function wordAt(text: string, offset: number): RegExpExecArray | null {
  WORD.lastIndex = offset
  return WORD.exec(text)
}

interface Definition {
  readonly pattern: RegExp | typeof wordAt
  readonly categories?: readonly CategoryName[]
}

/** What tokens are to the grammar. `Inner` may stand in brackets, wrongly but for the colon of a map. */
const categoryNames = ['AndLike', 'OrLike', 'NotLike', 'SignLike', 'Scalar', 'Inner'] as const
type CategoryName = (typeof categoryNames)[number]

/** In the order in which they are tried. Dots in a row, or one at the end, are told apart when the field is read. */
const definitions = {
  Space: { pattern: /\s+/ },
  RawText: { pattern: /r"[^"\n]*"|r'[^'\n]*'/, categories: ['Scalar'] },
  QuotedText: { pattern: new RegExp(QUOTED), categories: ['Scalar'] },
  OpenText: { pattern: /r?"[^\n]*|r?'[^\n]*/, categories: ['Scalar'] },
  CurlyText: { pattern: /[“„«‘‚‹][^“”„«»‘’‚‹›\n]*[“”»‘’›]/, categories: ['Scalar'] },
  Variable: { pattern: /\$\{?\w*\}?/, categories: ['Scalar'] },
  Number: { pattern: /[-+]?\.?\d[\w.:]*(?:(?<=[eE])[-+]\d+)?/, categories: ['Scalar'] },
  And: { pattern: /and/i, categories: ['AndLike', 'Inner'] },
  Or: { pattern: /or/i, categories: ['OrLike', 'Inner'] },
  Not: { pattern: /not/i, categories: ['NotLike', 'Inner'] },
  Plain: { pattern: /true|false|null/i, categories: ['Scalar'] },
  Word: { pattern: wordAt, categories: ['Inner'] },
  AndSign: { pattern: /&+/, categories: ['AndLike', 'Inner'] },
  OrSign: { pattern: /\|+/, categories: ['OrLike', 'Inner'] },
  NotSign: { pattern: /!(?![=~])/, categories: ['NotLike', 'Inner'] },
  Sign: { pattern: /[=<>~!]+/, categories: ['SignLike', 'Inner'] },
  OpenParenthesis: { pattern: /\(/ },
  CloseParenthesis: { pattern: /\)/ },
  OpenBracket: { pattern: /\[/ },
  CloseBracket: { pattern: /\]/ },
  OpenBrace: { pattern: /\{/ },
  CloseBrace: { pattern: /\}/ },
  Comma: { pattern: /,/, categories: ['AndLike'] },
  Colon: { pattern: /:/, categories: ['SignLike', 'Inner'] },
  Semicolon: { pattern: /;/, categories: ['AndLike', 'Inner'] },
  Comment: { pattern: /#[^\n]*/ },
} as const satisfies Record<string, Definition>

export type TokenName = keyof typeof definitions
export type Tokens = Readonly<Record<TokenName | CategoryName, TokenType>>

// `keys` forgets that they are these.
const tokenNames = Object.keys(definitions) as readonly TokenName[]
/** Words that are other words when they go on. */
const startsOfWords: readonly TokenName[] = ['And', 'Or', 'Not', 'Plain']

export function createTokens({ createToken, Lexer }: Chevrotain): Tokens {
  const categories = new Map(categoryNames.map(name => [name, createToken({ name, pattern: Lexer.NA })]))
  const created = new Map<TokenName, TokenType>()
  const create = (name: TokenName): TokenType => {
    const { pattern, categories: of = [] }: Definition = definitions[name]
    const config = { name, pattern, categories: of.flatMap(each => categories.get(each) ?? []), line_breaks: name === 'Space' }
    if (name === 'Space') return createToken({ ...config, group: Lexer.SKIPPED })
    const longer = startsOfWords.includes(name) ? created.get('Word') : undefined
    return createToken(longer === undefined ? config : { ...config, longer_alt: longer })
  }
  created.set('Word', create('Word'))
  for (const name of tokenNames) if (name !== 'Word') created.set(name, create(name))
  // `fromEntries` forgets that there is one for each name.
  return Object.fromEntries([...categories, ...created]) as Record<TokenName | CategoryName, TokenType>
}

/** In the order in which they are tried. */
export function lexedTokens(tokens: Tokens): TokenType[] {
  return [...tokenNames.map(name => tokens[name]), ...categoryNames.map(name => tokens[name])]
}

export function isA(token: IToken | undefined, ...names: readonly (TokenName | CategoryName)[]): boolean {
  const type = token?.tokenType
  return type !== undefined && (named(type, names) || (type.CATEGORIES ?? []).some(category => named(category, names)))
}

function named({ name }: TokenType, names: readonly string[]): boolean {
  return names.includes(name)
}
