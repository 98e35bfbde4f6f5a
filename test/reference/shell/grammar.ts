/** A grammar of a common part of bash for a generator of parsers. What it reads it prints as `outlineScript` does. */
import { EmbeddedActionsParser, type IToken, tokenMatcher } from 'chevrotain'
import * as t from './tokens.js'

const CLOSERS = ['then', 'do', 'done', 'fi', 'elif', 'else', 'esac', '}']
const UNARY = /^-[a-z]$/
const BINARY = /^(?:==?|!=|-(?:eq|ne|lt|le|gt|ge|nt|ot|ef))$/

/** A command whose errors go into the pipe as well; to define a function has none. */
function withErrors(command: string): string {
  if (command.startsWith('(function ')) return command
  return `${command.slice(0, -1)} 2>&1${command.slice(-1)}`
}

class Grammar extends EmbeddedActionsParser {
  constructor() {
    super(t.tokens, { maxLookahead: 1, skipValidations: true })
    this.performSelfAnalysis()
  }

  /** Lines; each is a unit. */
  readonly script = this.RULE('script', (): string => {
    const units: string[] = []
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(t.Newline) },
        { GATE: () => this.beginsCommand(), ALT: () => units.push(this.SUBRULE(this.line)) },
      ])
    })
    return units.join('⏎')
  })

  private readonly line = this.RULE('line', (): string => this.SUBRULE(this.items, { ARGS: [false] }))

  /** What stands in a compound command, over lines. */
  private readonly list = this.RULE('list', (): string => {
    this.MANY(() => this.CONSUME(t.Newline))
    return this.SUBRULE(this.items, { ARGS: [true] })
  })

  private readonly items = this.RULE('items', (lines: boolean): string => {
    const chains: string[] = []
    let more = true
    this.AT_LEAST_ONE({
      GATE: () => more && this.beginsCommand(),
      DEF: () => {
        const chain = this.SUBRULE(this.chain)
        const background = this.OPTION({ GATE: () => this.LA(1).tokenType === t.Ampersand, DEF: () => this.CONSUME(t.Ampersand) })
        const semicolon = this.OPTION1({ GATE: () => background === undefined, DEF: () => this.CONSUME(t.Semicolon) })
        let newline = false
        this.MANY1({
          GATE: () => lines,
          DEF: () => {
            this.CONSUME(t.Newline)
            newline = true
          },
        })
        this.ACTION(() => chains.push(chain.map(part => (background === undefined ? part : `${part} &`)).join('')))
        more = background !== undefined || semicolon !== undefined || newline
      },
    })
    return chains.join(' ; ')
  })

  /** Pipelines with `&&` and `||` between them. */
  private readonly chain = this.RULE('chain', (): string[] => {
    const parts = [this.SUBRULE(this.pipeline)]
    this.MANY(() => {
      const join = this.OR([{ ALT: () => this.CONSUME(t.And) }, { ALT: () => this.CONSUME(t.Or) }])
      this.MANY1(() => this.CONSUME(t.Newline))
      const next = this.SUBRULE1(this.pipeline)
      parts.push(` ${join.image} ${next}`)
    })
    return parts
  })

  private readonly pipeline = this.RULE('pipeline', (): string => {
    let timed = false
    let negated = false
    let prefixed = false
    this.MANY({
      GATE: () => this.isWord('time') || this.isWord('!'),
      DEF: () => {
        const word = this.CONSUME(t.Plain).image
        prefixed = true
        if (word === 'time') timed = true
        else negated = !negated
      },
    })
    const members = [this.SUBRULE(this.command)]
    this.MANY1(() => {
      const pipe = this.OR([{ ALT: () => this.CONSUME(t.Pipe) }, { ALT: () => this.CONSUME(t.PipeBoth) }])
      if (pipe.image === '|&') this.ACTION(() => members.push(withErrors(members.pop() ?? '')))
      this.MANY2(() => this.CONSUME(t.Newline))
      members.push(this.SUBRULE1(this.command))
    })
    if (members.length === 1 && !prefixed) return members[0] ?? ''
    return `(${timed ? 'time ' : ''}${negated ? '! ' : ''}${members.join(' | ')})`
  })

  private readonly command = this.RULE('command', (): string =>
    this.OR([
      { GATE: () => this.isWord('function'), ALT: () => this.SUBRULE(this.functionWord) },
      { GATE: () => this.LA(1).tokenType === t.Open || this.beginsCompound(), ALT: () => this.SUBRULE(this.compound) },
      {
        GATE: () => this.LA(1).tokenType !== t.Assign && this.LA(2).tokenType === t.Open && this.LA(3).tokenType === t.Close,
        ALT: () => this.SUBRULE(this.functionNamed),
      },
      { ALT: () => this.SUBRULE(this.simple) },
    ]),
  )

  private readonly functionWord = this.RULE('functionWord', (): string => {
    this.CONSUME(t.Plain)
    const name = this.CONSUME1(t.Plain).image
    this.OPTION({
      GATE: () => this.LA(2).tokenType === t.Close,
      DEF: () => {
        this.CONSUME(t.Open)
        this.CONSUME(t.Close)
      },
    })
    this.MANY(() => this.CONSUME(t.Newline))
    return `(function ${name} ${this.SUBRULE(this.compound)})`
  })

  private readonly functionNamed = this.RULE('functionNamed', (): string => {
    const name = this.CONSUME(t.Plain).image
    this.CONSUME(t.Open)
    this.CONSUME(t.Close)
    this.MANY(() => this.CONSUME(t.Newline))
    return `(function ${name} ${this.SUBRULE(this.compound)})`
  })

  private readonly compound = this.RULE('compound', (): string => {
    const body = this.OR([
      { GATE: () => this.LA(1).tokenType === t.Open, ALT: () => this.SUBRULE(this.subshell) },
      { GATE: () => this.isWord('{'), ALT: () => this.SUBRULE(this.group) },
      { GATE: () => this.isWord('if'), ALT: () => this.SUBRULE(this.ifCommand) },
      { GATE: () => this.isWord('while') || this.isWord('until'), ALT: () => this.SUBRULE(this.whileCommand) },
      { GATE: () => this.isWord('for') || this.isWord('select'), ALT: () => this.SUBRULE(this.forCommand) },
      { GATE: () => this.isWord('case'), ALT: () => this.SUBRULE(this.caseCommand) },
      { ALT: () => this.SUBRULE(this.test) },
    ])
    const redirections: string[] = []
    this.MANY(() => redirections.push(this.SUBRULE(this.redirection)))
    return `(${[body, ...redirections].join(' ')})`
  })

  private readonly subshell = this.RULE('subshell', (): string => {
    this.CONSUME(t.Open)
    const body = this.SUBRULE(this.list)
    this.CONSUME(t.Close)
    return `subshell ${body}`
  })

  private readonly group = this.RULE('group', (): string => {
    this.SUBRULE(this.word, { ARGS: ['{'] })
    const body = this.SUBRULE(this.list)
    this.SUBRULE1(this.word, { ARGS: ['}'] })
    return `group ${body}`
  })

  private readonly ifCommand = this.RULE('ifCommand', (): string => {
    this.SUBRULE(this.word, { ARGS: ['if'] })
    const branches = [this.SUBRULE(this.branch)]
    this.MANY({
      GATE: () => this.isWord('elif'),
      DEF: () => {
        this.SUBRULE1(this.word, { ARGS: ['elif'] })
        branches.push(this.SUBRULE1(this.branch))
      },
    })
    let otherwise = ''
    this.OPTION({
      GATE: () => this.isWord('else'),
      DEF: () => {
        this.SUBRULE2(this.word, { ARGS: ['else'] })
        otherwise = ` else ${this.SUBRULE2(this.list)}`
      },
    })
    this.SUBRULE3(this.word, { ARGS: ['fi'] })
    return `if ${branches.join(' elif ')}${otherwise}`
  })

  private readonly branch = this.RULE('branch', (): string => {
    const condition = this.SUBRULE(this.list)
    this.SUBRULE(this.word, { ARGS: ['then'] })
    return `${condition} then ${this.SUBRULE1(this.list)}`
  })

  private readonly whileCommand = this.RULE('whileCommand', (): string => {
    const kind = this.CONSUME(t.Plain).image
    const condition = this.SUBRULE(this.list)
    return `${kind} ${condition} ${this.SUBRULE(this.loop)}`
  })

  private readonly loop = this.RULE('loop', (): string => {
    this.SUBRULE(this.word, { ARGS: ['do'] })
    const body = this.SUBRULE(this.list)
    this.SUBRULE1(this.word, { ARGS: ['done'] })
    return `do ${body}`
  })

  private readonly forCommand = this.RULE('forCommand', (): string => {
    const kind = this.CONSUME(t.Plain).image
    const name = this.CONSUME1(t.Plain).image
    let members = ''
    this.MANY(() => this.CONSUME(t.Newline))
    this.OPTION({
      GATE: () => this.isWord('in'),
      DEF: () => {
        this.SUBRULE(this.word, { ARGS: ['in'] })
        const found: string[] = []
        this.MANY1(() => found.push(this.SUBRULE(this.anyWord)))
        members = ` in ${found.join(' ')}`
      },
    })
    this.OPTION1(() => this.CONSUME(t.Semicolon))
    this.MANY2(() => this.CONSUME1(t.Newline))
    return `${kind} ${name}${members} ${this.SUBRULE(this.loop)}`
  })

  private readonly caseCommand = this.RULE('caseCommand', (): string => {
    this.SUBRULE(this.word, { ARGS: ['case'] })
    const subject = this.SUBRULE(this.anyWord)
    this.MANY(() => this.CONSUME(t.Newline))
    this.SUBRULE1(this.word, { ARGS: ['in'] })
    this.MANY1(() => this.CONSUME1(t.Newline))
    const items: string[] = []
    this.MANY2({ GATE: () => !this.isWord('esac'), DEF: () => items.push(this.SUBRULE(this.caseItem)) })
    this.SUBRULE2(this.word, { ARGS: ['esac'] })
    return `case ${subject} in ${items.join(' ')}`
  })

  /** Its pattern always has both brackets, which keeps the brackets of the tokens in balance. */
  private readonly caseItem = this.RULE('caseItem', (): string => {
    this.CONSUME(t.Open)
    const patterns: string[] = []
    this.AT_LEAST_ONE_SEP({ SEP: t.Pipe, DEF: () => patterns.push(this.SUBRULE(this.anyWord)) })
    this.CONSUME(t.Close)
    this.MANY(() => this.CONSUME(t.Newline))
    const body = this.OPTION({ GATE: () => this.beginsCommand(), DEF: () => this.SUBRULE(this.items, { ARGS: [true] }) }) ?? ''
    const end = this.OPTION1(() => this.CONSUME(t.CaseEnd))
    this.MANY1(() => this.CONSUME1(t.Newline))
    return `${patterns.join('|')}) ${body} ${end?.image ?? ';;'}`
  })

  private readonly test = this.RULE('test', (): string => {
    this.SUBRULE(this.word, { ARGS: ['[['] })
    const expression = this.SUBRULE(this.testOr)
    this.SUBRULE1(this.word, { ARGS: [']]'] })
    return `[[ ${expression} ]]`
  })

  private readonly testOr = this.RULE('testOr', (): string => {
    let left = this.SUBRULE(this.testAnd)
    this.MANY(() => {
      this.CONSUME(t.Or)
      left = `(${left} or ${this.SUBRULE1(this.testAnd)})`
    })
    return left
  })

  private readonly testAnd = this.RULE('testAnd', (): string => {
    let left = this.SUBRULE(this.testTerm)
    this.MANY(() => {
      this.CONSUME(t.And)
      left = `(${left} and ${this.SUBRULE1(this.testTerm)})`
    })
    return left
  })

  private readonly testTerm = this.RULE('testTerm', (): string =>
    this.OR([
      {
        GATE: () => this.isWord('!'),
        ALT: () => {
          this.SUBRULE(this.word, { ARGS: ['!'] })
          return `(not ${this.SUBRULE(this.testTerm)})`
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.Open)
          const inside = this.SUBRULE(this.testOr)
          this.CONSUME(t.Close)
          return inside
        },
      },
      {
        GATE: () => UNARY.test(this.LA(1).image),
        ALT: () => {
          const operator = this.SUBRULE(this.anyWord)
          return `(${operator} ${this.SUBRULE1(this.anyWord)})`
        },
      },
      { ALT: () => this.SUBRULE(this.comparison) },
    ]),
  )

  private readonly comparison = this.RULE('comparison', (): string => {
    const left = this.SUBRULE(this.anyWord)
    let found = left
    this.OPTION({
      GATE: () => BINARY.test(this.LA(1).image),
      DEF: () => {
        const operator = this.SUBRULE1(this.anyWord)
        found = `(${left} ${operator} ${this.SUBRULE2(this.anyWord)})`
      },
    })
    return found
  })

  private readonly simple = this.RULE('simple', (): string => {
    const assignments: string[] = []
    const words: string[] = []
    const redirections: string[] = []
    this.AT_LEAST_ONE({
      GATE: () => this.LA(1).tokenType !== t.Open,
      DEF: () => {
        this.OR([
          { ALT: () => redirections.push(this.SUBRULE(this.redirection)) },
          {
            GATE: () => words.length === 0 && this.LA(1).tokenType === t.Assign,
            ALT: () => assignments.push(this.SUBRULE(this.assignment)),
          },
          { ALT: () => words.push(this.SUBRULE(this.anyWord)) },
        ])
      },
    })
    return `[${[...assignments, ...words, ...redirections].join(' ')}]`
  })

  private readonly assignment = this.RULE('assignment', (): string => {
    const target = this.CONSUME(t.Assign)
    let value = ''
    this.OPTION({
      GATE: () => this.isGlued(target),
      DEF: () => {
        value = this.OR([{ ALT: () => this.SUBRULE(this.array) }, { ALT: () => this.SUBRULE(this.anyWord) }])
      },
    })
    return target.image + value
  })

  private readonly array = this.RULE('array', (): string => {
    this.CONSUME(t.Open)
    const elements: string[] = []
    this.MANY(() => {
      this.OR([{ ALT: () => this.CONSUME(t.Newline) }, { ALT: () => elements.push(this.SUBRULE(this.anyWord)) }])
    })
    this.CONSUME(t.Close)
    return `(${elements.join(' ')})`
  })

  private readonly redirection = this.RULE('redirection', (): string => {
    const descriptor = this.OPTION(() => this.CONSUME(t.Descriptor))
    const operator = this.CONSUME(t.Redirect)
    return `${descriptor?.image ?? ''}${operator.image}${this.SUBRULE(this.anyWord)}`
  })

  /** A reserved word. */
  private readonly word = this.RULE('word', (expected: string): string => {
    const found = this.CONSUME(t.Plain).image
    return this.ACTION(() => {
      if (found !== expected) throw new Error(`expected ${expected}, found ${found}`)
      return found
    })
  })

  /** Parts without blanks between them. */
  private readonly anyWord = this.RULE('anyWord', (): string => {
    const parts: string[] = []
    let before: IToken | undefined
    this.AT_LEAST_ONE({
      GATE: () => before === undefined || this.isGlued(before),
      DEF: () => {
        parts.push(this.SUBRULE(this.part, { ARGS: [false] }))
        before = this.LA(0)
      },
    })
    return parts.join('').replaceAll('›‹', '')
  })

  private readonly part = this.RULE('part', (quoted: boolean): string =>
    this.OR([
      { ALT: () => this.CONSUME(t.Plain).image },
      { ALT: () => `‹${this.CONSUME(t.Escape).image.slice(1)}›` },
      { ALT: () => `‹${this.CONSUME(t.SingleQuotes).image.slice(1, -1).replaceAll('\n', '␊')}›` },
      { ALT: () => this.SUBRULE(this.quotes) },
      { ALT: () => this.SUBRULE(this.expansion, { ARGS: [quoted] }) },
      {
        ALT: () => {
          const open = this.CONSUME(t.Process).image
          const inside = this.SUBRULE(this.script)
          this.CONSUME(t.Close)
          return `${open}${inside})`
        },
      },
    ]),
  )

  private readonly expansion = this.RULE('expansion', (quoted: boolean): string => {
    const found = this.OR([
      { ALT: () => `\${${this.CONSUME(t.Parameter).image.slice(1)}}` },
      { ALT: () => `$((‹${this.CONSUME(t.Arithmetic).image.slice(3, -2)}›))`.replace('‹›', '') },
      { ALT: () => `$(${this.parseBacktick(this.CONSUME(t.Backtick).image)})` },
      { ALT: () => this.SUBRULE(this.substitution) },
      { ALT: () => this.SUBRULE(this.braced, { ARGS: [quoted] }) },
    ])
    return quoted ? `‹${found}›` : found
  })

  private parseBacktick(image: string): string {
    return this.RECORDING_PHASE ? '' : outlineReference(image.slice(1, -1))
  }

  private readonly substitution = this.RULE('substitution', (): string => {
    this.CONSUME(t.Substitution)
    const inside = this.SUBRULE(this.script)
    this.CONSUME(t.Close)
    return `$(${inside})`
  })

  private readonly braced = this.RULE('braced', (quoted: boolean): string => {
    this.CONSUME(t.Brace)
    const name = this.CONSUME(t.Name).image
    let rest = ''
    this.OPTION(() => {
      const operator = this.CONSUME(t.Operator).image
      const literal = quoted && !/^[#%]/.test(operator)
      rest = operator + this.SUBRULE(this.operand, { ARGS: [literal] })
    })
    this.CONSUME(t.BraceEnd)
    return `\${${name}${rest}}`
  })

  private readonly operand = this.RULE('operand', (quoted: boolean): string => {
    const parts: string[] = []
    this.MANY(() => {
      this.OR([
        {
          ALT: () => {
            const { image } = this.CONSUME(t.Inner)
            parts.push(quoted ? `‹${image}›` : image)
          },
        },
        { ALT: () => parts.push(this.SUBRULE(this.part, { ARGS: [quoted] })) },
      ])
    })
    return parts.join('').replaceAll('›‹', '')
  })

  private readonly quotes = this.RULE('quotes', (): string => {
    const parts: string[] = []
    this.CONSUME(t.Quotes)
    this.MANY(() => {
      this.OR([
        { ALT: () => parts.push(`‹${this.CONSUME(t.QuotedText).image.replaceAll('\n', '␊')}›`) },
        { ALT: () => parts.push(`‹${this.CONSUME(t.QuotedEscape).image.slice(1)}›`) },
        { ALT: () => parts.push(this.SUBRULE(this.expansion, { ARGS: [true] })) },
      ])
    })
    this.CONSUME(t.QuotesEnd)
    return parts.length === 0 ? '‹›' : parts.join('').replaceAll('›‹', '')
  })

  private isWord(word: string): boolean {
    const { [word]: type } = t.words
    const next = this.LA(1)
    return type !== undefined && tokenMatcher(next, type) && next.image === word
  }

  private beginsCompound(): boolean {
    return ['{', 'if', 'while', 'until', 'for', 'select', 'case', '[['].some(word => this.isWord(word))
  }

  private beginsCommand(): boolean {
    const ends = [t.Close, t.CaseEnd, t.Newline, t.Semicolon, t.Ampersand, t.And, t.Or, t.Pipe]
    return !ends.includes(this.LA(1).tokenType) && this.LA(1).image !== '' && !CLOSERS.some(word => this.isWord(word))
  }

  private isGlued(before: IToken): boolean {
    return this.LA(1).startOffset === before.startOffset + before.image.length
  }
}

const idle: Grammar[] = []

/** The script as this grammar reads it. @throws where it does not */
export function outlineReference(text: string): string {
  const { tokens, errors } = t.lexer.tokenize(text)
  const [error] = errors
  if (error !== undefined) throw new Error(`${error.message}: ${text}`)
  // A grammar that is at work cannot begin again, so what stands within backticks is read by another.
  const grammar = idle.pop() ?? new Grammar()
  grammar.input = tokens
  const outline = grammar.script()
  const [problem] = grammar.errors
  idle.push(grammar)
  if (problem !== undefined) throw new Error(`${problem.message} at ${String(problem.token.startOffset)}: ${text}`)
  return outline
}
