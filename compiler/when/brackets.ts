/**
 * Brackets, before anything else is read: what is left is balanced and not deep, so that neither the parser nor what comes after it can
 * run out of stack.
 */
import type { IToken, TokenType } from 'chevrotain'
import type { Chevrotain } from './chevrotain.js'
import type { ExpressionProblem } from './expression.js'
import { rangeOf } from './ranges.js'
import { isA, type TokenName, type Tokens } from './tokens.js'

/** How deep brackets and `not` may stand in each other. */
export const DEPTH_LIMIT = 64

const closers: Partial<Record<TokenName, TokenName>> = {
  OpenParenthesis: 'CloseParenthesis',
  OpenBracket: 'CloseBracket',
  OpenBrace: 'CloseBrace',
}

export interface Balanced {
  /** Without closing brackets that nothing opens, and with those that are missing. */
  readonly tokens: readonly IToken[]
  readonly problems: readonly ExpressionProblem[]
}

interface Open {
  readonly token: IToken
  readonly closer: TokenName
  /** Brackets and `not` around what stands in it. */
  readonly depth: number
}

interface Balancing {
  readonly open: Open[]
  readonly tokens: IToken[]
  readonly problems: ExpressionProblem[]
  readonly closerOf: (name: TokenName, offset: number) => IToken
  /** `not` in a row, up to here. */
  nots: number
}

/** No tokens where the expression is too deep. */
export function balance(tokens: readonly IToken[], all: Tokens, chevrotain: Chevrotain): Balanced {
  const closerOf = (name: TokenName, offset: number) => emptyToken(all[name], offset, chevrotain)
  const balancing: Balancing = { open: [], tokens: [], problems: [], closerOf, nots: 0 }
  for (const token of tokens) {
    add(token, balancing)
    if (depthOf(balancing) > DEPTH_LIMIT) return { tokens: [], problems: [tooDeep(token)] }
  }
  const last = tokens.at(-1)
  const end = last === undefined ? 0 : rangeOf(last).end
  while (balancing.open.length > 0) closeMissing(end, balancing)
  return balancing
}

function emptyToken(type: TokenType, offset: number, { createTokenInstance }: Chevrotain): IToken {
  return createTokenInstance(type, '', offset, offset - 1, Number.NaN, Number.NaN, Number.NaN, Number.NaN)
}

function depthOf({ open, nots }: Balancing): number {
  return (open.at(-1)?.depth ?? 0) + nots
}

function add(token: IToken, balancing: Balancing): void {
  const name = token.tokenType.name as TokenName // every token is one of the table
  const closer = closers[name]
  if (closer !== undefined) balancing.open.push({ token, closer, depth: depthOf(balancing) + 1 })
  balancing.nots = isA(token, 'Not', 'NotSign') ? balancing.nots + 1 : 0
  if (isA(token, 'CloseParenthesis', 'CloseBracket', 'CloseBrace')) close(token, name, balancing)
  else balancing.tokens.push(token)
}

/** Whatever is still open inside is closed first. A bracket of another kind than any that is open is one that was mistyped. */
function close(token: IToken, name: TokenName, balancing: Balancing): void {
  const { open, tokens, problems, closerOf } = balancing
  const last = open.at(-1)
  if (last === undefined) {
    problems.push({ code: 'when-syntax', ...rangeOf(token), message: `nothing opens this \`${token.image}\`` })
  } else if (open.some(({ closer }) => closer === name)) {
    while (open.at(-1)?.closer !== name) closeMissing(token.startOffset, balancing)
    open.pop()
    tokens.push(token)
  } else {
    open.pop()
    tokens.push(closerOf(last.closer, token.startOffset))
    problems.push({ code: 'when-syntax', ...rangeOf(token), message: `\`${token.image}\` does not close \`${last.token.image}\`` })
  }
}

function closeMissing(offset: number, { open, tokens, problems, closerOf }: Balancing): void {
  const last = open.pop()
  if (last === undefined) return
  tokens.push(closerOf(last.closer, offset))
  problems.push({ code: 'when-syntax', ...rangeOf(last.token), message: `this \`${last.token.image}\` is never closed` })
}

function tooDeep(token: IToken): ExpressionProblem {
  const message = `brackets and \`not\` are nested more than ${DEPTH_LIMIT} deep`
  return { code: 'when-limit', ...rangeOf(token), message, help: 'write several statements, or fewer brackets' }
}
