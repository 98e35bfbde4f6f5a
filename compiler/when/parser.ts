/**
 * The grammar. It reads every sequence of tokens whose brackets are balanced: what is wrong has a rule of its own that reports it and goes
 * on behind it, so that one mistake hides no other.
 */
import type { EmbeddedActionsParser, IToken } from 'chevrotain'
import { operatorNamed } from '../parse/operators.js'
import type { Chevrotain } from './chevrotain.js'
import { type Operand, type Parts, type Tail, comparisonOf } from './comparison.js'
import type { Expression, ExpressionProblem, Literal, Range, Word } from './expression.js'
import { fieldOf } from './field.js'
import { checkedConnector, checkedNot, missingCondition, notJoined } from './joints.js'
import { type Item, listOf, mapOf } from './list-literal.js'
import { across, rangeOf } from './ranges.js'
import { scalarOf } from './scalar.js'
import { isA, lexedTokens, type Tokens } from './tokens.js'

export interface Parsed {
  readonly expression: Expression
  readonly problems: readonly ExpressionProblem[]
}

/** @param validate whether the library checks the grammar for ambiguities; it takes longer than most parses, so only a test asks for it */
export function createParser(chevrotain: Chevrotain, tokens: Tokens, validate = false): (input: readonly IToken[]) => Parsed {
  const parser = new (parserClass(chevrotain, tokens, validate))()
  return input => parser.parse(input)
}

interface Parser extends EmbeddedActionsParser {
  parse(input: readonly IToken[]): Parsed
}

function parserClass({ EmbeddedActionsParser, EOF }: Chevrotain, tokens: Tokens, validate: boolean): new () => Parser {
  return class extends EmbeddedActionsParser implements Parser {
    private problems: ExpressionProblem[] = []
    private readonly report = (problem: ExpressionProblem) => void this.problems.push(problem)

    constructor() {
      super(lexedTokens(tokens), { maxLookahead: 1, skipValidations: !validate })
      this.performSelfAnalysis()
    }

    parse(input: readonly IToken[]): Parsed {
      this.problems = []
      this.input = [...input]
      const expression = this.disjunction()
      // The grammar reads everything; if it does not, what was read is not what was written.
      for (const { token } of this.errors)
        this.report({ code: 'when-syntax', ...rangeOf(isA(token, 'Word') ? token : (input.at(-1) ?? token)), message: 'unexpected here' })
      return { expression, problems: this.problems }
    }

    private readonly disjunction = this.RULE('disjunction', () => {
      const of = [this.SUBRULE(this.conjunction)]
      this.MANY(() => {
        checkedConnector(this.CONSUME(tokens.OrLike), 'or', this.report)
        of.push(this.SUBRULE2(this.conjunction))
      })
      return joined('or', of)
    })

    private readonly conjunction = this.RULE('conjunction', () => {
      const of = [this.SUBRULE(this.operand)]
      this.MANY(() => of.push(this.OR([{ ALT: () => this.SUBRULE(this.connected) }, { ALT: () => this.SUBRULE(this.unconnected) }])))
      return joined('and', of)
    })

    private readonly connected = this.RULE('connected', () => {
      checkedConnector(this.CONSUME(tokens.AndLike), 'and', this.report)
      return this.SUBRULE(this.operand)
    })

    private readonly unconnected = this.RULE('unconnected', () => {
      const next = this.LA(1)
      const term = this.SUBRULE(this.term)
      this.ACTION(() => notJoined(next, this.report))
      return term
    })

    private readonly operand = this.RULE(
      'operand',
      (): Expression => this.OR<Expression>([{ ALT: () => this.SUBRULE(this.term) }, { ALT: () => this.nothing() }]),
    )

    private nothing(): Expression {
      missingCondition(this.LA(0), this.LA(1), this.LA(1).tokenType === EOF, this.report)
      return { kind: 'missing' }
    }

    private readonly term = this.RULE(
      'term',
      (): Expression =>
        this.OR<Expression>([
          { ALT: () => this.SUBRULE(this.negation) },
          { ALT: () => this.SUBRULE(this.group) },
          { ALT: () => this.SUBRULE(this.comparison) },
        ]),
    )

    private readonly negation = this.RULE('negation', (): Expression => {
      const nots: IToken[] = []
      this.AT_LEAST_ONE(() => nots.push(checkedNot(this.CONSUME(tokens.NotLike), this.report)))
      const of = this.OR<Expression>([
        { ALT: () => this.SUBRULE(this.group) },
        { ALT: () => this.SUBRULE(this.comparison) },
        { ALT: () => this.nothing() },
      ])
      return nots.reduce<Expression>(inner => ({ kind: 'not', of: inner }), of)
    })

    private readonly group = this.RULE('group', (): Expression => {
      this.CONSUME(tokens.OpenParenthesis)
      const expression = this.SUBRULE(this.disjunction)
      this.CONSUME(tokens.CloseParenthesis)
      return expression
    })

    private readonly comparison = this.RULE('comparison', (): Expression => {
      const parts = this.OR<Parts>([
        { ALT: () => this.SUBRULE(this.fieldFirst) },
        { ALT: () => ({ left: valueOperand(this.SUBRULE(this.literal)), tails: this.SUBRULE2(this.tails) }) },
        { ALT: () => ({ left: undefined, tails: [this.SUBRULE(this.signTail)] }) },
      ])
      return this.ACTION(() => comparisonOf(parts, this.report))
    })

    private readonly fieldFirst = this.RULE('fieldFirst', (): Parts => {
      const left = this.SUBRULE(this.named)
      const tails = this.SUBRULE(this.tails)
      const unasked = this.OPTION({ GATE: () => tails.length === 0, DEF: () => this.SUBRULE(this.literal) })
      return { left, tails, unasked }
    })

    private readonly named = this.RULE('named', (): Operand => {
      const token = this.CONSUME(tokens.Word)
      return this.ACTION((): Operand => ({ kind: 'field', field: fieldOf(token.image, rangeOf(token), this.report) }))
    })

    private readonly tails = this.RULE('tails', (): readonly Tail[] => {
      const tails: Tail[] = []
      this.MANY({ GATE: () => this.atOperator(tails.length === 0), DEF: () => tails.push(this.SUBRULE(this.tail)) })
      return tails
    })

    /** A word behind a field is its operator, unless the next one is; words behind a whole comparison start another one. */
    private atOperator(isFirst: boolean): boolean {
      if (isA(this.LA(1), 'SignLike')) return true
      if (isA(this.LA(1), 'NotLike')) return isA(this.LA(2), 'Word') && this.isOperator(2)
      return this.isOperator(1) || (isFirst && !isA(this.LA(2), 'SignLike') && !this.isOperator(2))
    }

    /** A known word with a value behind it, or one that needs none. */
    private isOperator(at: number): boolean {
      const operator = isA(this.LA(at), 'Word') ? operatorNamed(this.LA(at).image) : undefined
      if (operator?.operator === 'regex' && isA(this.LA(at + 1), 'Word') && isA(this.LA(at + 2), 'Scalar')) return true
      return operator !== undefined && (operator.operator === 'exists' || isA(this.LA(at + 1), 'Scalar', 'OpenBracket', 'OpenBrace'))
    }

    private readonly tail = this.RULE('tail', (): Tail => {
      const operator = this.OR<Word>([
        { ALT: () => wordOf(this.CONSUME(tokens.SignLike)) },
        { ALT: () => wordOf(this.CONSUME(tokens.Word)) },
        { ALT: () => negatedWord(this.CONSUME(tokens.NotLike), this.CONSUME2(tokens.Word)) },
      ])
      return this.SUBRULE(this.completed, { ARGS: [operator] })
    })

    private readonly signTail = this.RULE('signTail', (): Tail => {
      const operator = wordOf(this.CONSUME(tokens.SignLike))
      return this.SUBRULE(this.completed, { ARGS: [operator] })
    })

    /** What follows the operator: a dialect, and a value or what stands in its place. */
    private readonly completed = this.RULE('completed', (operator: Word): Tail => {
      const known = this.ACTION(() => operatorNamed(operator.text)?.operator)
      const dialect = this.OPTION({
        GATE: () => known === 'regex' && isA(this.LA(2), 'Scalar'),
        DEF: () => wordOf(this.CONSUME(tokens.Word)),
      })
      const right = this.OPTION2({
        GATE: () => known !== 'exists' || isA(this.LA(1), 'Scalar', 'OpenBracket', 'OpenBrace'),
        DEF: () => this.SUBRULE(this.right),
      })
      return { operator, ...(dialect === undefined ? {} : { dialect }), ...(right === undefined ? {} : { right }) }
    })

    private readonly right = this.RULE('right', () =>
      this.OR<NonNullable<Tail['right']>>([
        { ALT: () => valueOperand(this.SUBRULE(this.literal)) },
        { ALT: () => this.SUBRULE(this.named) },
        { ALT: () => ({ kind: 'parenthesised', range: this.SUBRULE(this.parentheses) }) },
      ]),
    )

    private readonly literal = this.RULE(
      'literal',
      (): Literal =>
        this.OR<Literal>([
          { ALT: () => this.SUBRULE(this.scalar) },
          { ALT: () => this.SUBRULE(this.list) },
          { ALT: () => this.SUBRULE(this.map) },
        ]),
    )

    private readonly scalar = this.RULE('scalar', (): Literal => {
      const token = this.CONSUME(tokens.Scalar)
      return this.ACTION(() => scalarOf(token, this.report))
    })

    private readonly list = this.RULE('list', (): Literal => {
      const open = this.CONSUME(tokens.OpenBracket)
      const items = this.SUBRULE(this.items)
      const close = this.CONSUME(tokens.CloseBracket)
      return this.ACTION(() => listOf(items, across(rangeOf(open), rangeOf(close)), this.report))
    })

    private readonly map = this.RULE('map', (): Literal => {
      const open = this.CONSUME(tokens.OpenBrace)
      const items = this.SUBRULE(this.items)
      const close = this.CONSUME(tokens.CloseBrace)
      return this.ACTION(() => mapOf(items, across(rangeOf(open), rangeOf(close)), this.report))
    })

    /** Whatever stands between brackets; what of it should, is told when it is put together. */
    private readonly items = this.RULE('items', (): readonly Item[] => {
      const items: Item[] = []
      this.MANY(() => items.push(this.SUBRULE(this.item)))
      return items
    })

    private readonly item = this.RULE(
      'item',
      (): Item =>
        this.OR<Item>([
          { ALT: () => ({ kind: 'value', value: this.SUBRULE(this.literal) }) },
          { ALT: () => wordItem(this.CONSUME(tokens.Comma)) },
          { ALT: () => wordItem(this.CONSUME(tokens.Inner)) },
          { ALT: () => ({ kind: 'word', text: '(', ...this.SUBRULE(this.parentheses) }) },
        ]),
    )

    private readonly parentheses = this.RULE('parentheses', (): Range => {
      const open = this.CONSUME(tokens.OpenParenthesis)
      this.SUBRULE(this.items)
      return across(rangeOf(open), rangeOf(this.CONSUME(tokens.CloseParenthesis)))
    })
  }
}

function joined(kind: 'and' | 'or', of: readonly Expression[]): Expression {
  const [only, second] = of
  return only !== undefined && second === undefined ? only : { kind, of }
}

function valueOperand(value: Literal): Operand {
  return { kind: 'value', value }
}

function wordOf(token: IToken): Word {
  return { text: token.image, ...rangeOf(token) }
}

function wordItem(token: IToken): Item {
  return { kind: 'word', ...wordOf(token) }
}

/** `not in` is an operator of its own; `not contains` and `!in` are what people write for one. */
function negatedWord(not: IToken, word: IToken): Word {
  const text = isA(not, 'Not') ? `not ${word.image}` : `!${word.image}`
  return { text: text === 'not in' ? 'not_in' : text, ...across(rangeOf(not), rangeOf(word)) }
}
