/** A single value as written. */
import type { IToken } from 'chevrotain'
import { quoted } from '../diagnostics/quoted.js'
import type { ExpressionProblem, Literal, Range } from './expression.js'
import { rangeOf } from './ranges.js'
import { guessedText, quotedText, rawText } from './text-literal.js'
import type { TokenName } from './tokens.js'

type Report = (problem: ExpressionProblem) => void

export function scalarOf(token: IToken, report: Report): Literal {
  const range = rangeOf(token)
  const { image } = token
  const name = token.tokenType.name as TokenName // every token is one of the table
  switch (name) {
    case 'RawText':
      return rawText(image, range)
    case 'QuotedText':
      return quotedText(image, range, report)
    case 'Number':
      return numberOf(image, range, report)
    case 'Plain':
      return plainOf(image, range, report)
    default:
      report({ ...range, code: 'when-syntax', ...notText(name, image) })
      return guessedText(image, range)
  }
}

/** What was meant as text and is none. */
function notText(name: TokenName, image: string): Pick<ExpressionProblem, 'message' | 'help'> {
  if (name === 'CurlyText') return { message: `${quoted(image.charAt(0))} is no quote of expressions`, help: 'write `"` or `\'`' }
  if (name === 'Variable') return { message: `${quoted(image)} stands outside of quotes`, help: `write ${quoted(`"${image}"`)}` }
  const message = `the quote ${quoted(/["']/.exec(image)?.[0] ?? '')} is never closed on its line`
  return { message, help: 'a line break in a text is written `\\n`' }
}

const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/

function numberOf(text: string, range: Range, report: Report): Literal {
  if (JSON_NUMBER.test(text)) return { kind: 'number', value: Number(text), text, ...range }
  const help = `write ${quoted(`"${text}"`)} for the text; numbers are written as \`5\`, \`-1.5\` or \`1e6\``
  report({ code: 'when-syntax', ...range, message: `${quoted(text)} is no number`, help })
  return { kind: 'number', value: 0, text, ...range }
}

function plainOf(text: string, range: Range, report: Report): Literal {
  const lower = text.toLowerCase()
  if (lower !== text) report({ code: 'when-syntax', ...range, message: `${quoted(text)} is no value`, help: `write \`${lower}\`` })
  return { kind: 'plain', value: lower === 'null' ? null : lower === 'true', ...range }
}
