/**
 * Rules in code: `deny('payment').when(param('amount').gt(10_000)).because('too much for an agent')`. A rule is a statement of the policy
 * language, and goes through the same compiler.
 */

/** A statement as a policy file has it. */
export interface Statement {
  readonly sid?: string
  readonly effect: 'allow' | 'deny' | 'review'
  readonly actions?: string | readonly string[]
  readonly not_actions?: string | readonly string[]
  readonly agents?: string | readonly string[]
  readonly not_agents?: string | readonly string[]
  readonly conditions?: ConditionMap
  readonly match?: 'all' | 'any'
  readonly when?: string
  readonly reason?: string
  readonly guidance?: string
  readonly on_possible?: 'deny' | 'review' | 'ignore'
  readonly on_unknown?: 'deny' | 'review' | 'ignore'
}

type Scalar = string | number | boolean

/** A map of conditions of the policy language. */
export interface ConditionMap {
  readonly [field: string]: unknown
}

export type RuleLike = Statement | Rule

/** A statement in the making; every step gives a new one. */
export class Rule {
  /** @param tools names that are about tools, or functions guarded under them, whatever they do @param actions names of actions */
  constructor(
    private readonly said: Omit<Statement, 'actions' | 'conditions'>,
    private readonly tools: readonly string[],
    private readonly actions: readonly string[],
    private readonly conditions: readonly ConditionMap[] = [],
  ) {}

  /** Applies only where all of these hold, besides those that were said before. */
  when(...conditions: readonly ConditionMap[]): Rule {
    return new Rule(this.said, this.tools, this.actions, [...this.conditions, ...conditions])
  }

  /** Why, as the model and the log are told. */
  because(reason: string): Rule {
    return this.saying({ reason })
  }

  /** What to do instead, as the model is told. */
  instead(guidance: string): Rule {
    return this.saying({ guidance })
  }

  /** The name of the statement in results and in the log. */
  named(sid: string): Rule {
    return this.saying({ sid })
  }

  private saying(more: Partial<Statement>): Rule {
    return new Rule({ ...this.said, ...more }, this.tools, this.actions, this.conditions)
  }

  /** The rule as the policy language has it: a statement about actions, one about tools, or both; the second one's name is then its own. */
  statements(): readonly Statement[] {
    const { said, tools, actions, conditions } = this
    const aboutActions = actions.length === 0 ? [] : [{ ...said, actions, ...conditionsOf(conditions) }]
    if (tools.length === 0) return aboutActions
    const sid = said.sid === undefined || actions.length === 0 ? {} : { sid: `${said.sid} (tools)` }
    return [...aboutActions, { ...said, ...sid, actions: ['*'], ...conditionsOf([anyTool(tools), ...conditions]) }]
  }
}

function conditionsOf(conditions: readonly ConditionMap[]): { readonly conditions?: ConditionMap } {
  return conditions.length === 0 ? {} : { conditions: { all: conditions } }
}

function anyTool(names: readonly string[]): ConditionMap {
  return { any: names.map(name => ({ 'context.tool': /[*?[]/.test(name) ? { op: 'glob', value: name } : { op: '==', value: name } })) }
}

/** @param names actions (`file.read`, `mcp.*`), or tools of the application by their names (`payment`) */
export function allow(...names: readonly string[]): Rule {
  return rule('allow', names)
}

/** @param names as in `allow` */
export function deny(...names: readonly string[]): Rule {
  return rule('deny', names)
}

/** A person decides. @param names as in `allow` */
export function review(...names: readonly string[]): Rule {
  return rule('review', names)
}

/**
 * Without a name a rule is about every action. A name without a dot is a tool's, whatever action the tool has; one with a dot may be either's.
 */
function rule(effect: Statement['effect'], names: readonly string[]): Rule {
  const isAction = (name: string) => name === '*' || name.includes('.')
  const actions = names.length === 0 ? ['*'] : names.filter(isAction)
  return new Rule(
    { effect },
    names.filter(name => !isAction(name)),
    actions.flatMap(name => (name === '*' || name.startsWith('tool.') ? [name] : [name, `tool.${name}`])),
  )
}

/** A field of the request, and what may be said of it. A missing field makes each of these false. */
export interface Field {
  is(value: Scalar): ConditionMap
  isNot(value: Scalar): ConditionMap
  gt(value: number): ConditionMap
  gte(value: number): ConditionMap
  lt(value: number): ConditionMap
  lte(value: number): ConditionMap
  oneOf(...values: readonly Scalar[]): ConditionMap
  noneOf(...values: readonly Scalar[]): ConditionMap
  contains(value: Scalar): ConditionMap
  startsWith(text: string): ConditionMap
  endsWith(text: string): ConditionMap
  /** A regular expression; of a `RegExp` its source, with the flags `i`, `m` and `s`. */
  matches(pattern: string | RegExp): ConditionMap
  /** Patterns of paths: `**\/.env`. */
  path(...patterns: readonly string[]): ConditionMap
  /** Within one of these folders. */
  within(...folders: readonly string[]): ConditionMap
  /** An address at one of these hosts: `*.example.com`. */
  host(...hosts: readonly string[]): ConditionMap
  exists(): ConditionMap
  /** Any other operator of the policy language. */
  op(op: string, value?: unknown): ConditionMap
}

/** A parameter of the tool: `amount`, `items.0.price`. */
export function param(name: string): Field {
  return field(`params.${name}`)
}

/** What is known of the call: `agent`, `cwd`, `framework`, what the application adds. */
export function context(name: string): Field {
  return field(`context.${name}`)
}

function field(name: string): Field {
  const op = (word: string, value?: unknown): ConditionMap => ({ [name]: value === undefined ? { op: word } : { op: word, value } })
  return {
    op,
    is: value => op('==', value),
    isNot: value => op('!=', value),
    gt: value => op('>', value),
    gte: value => op('>=', value),
    lt: value => op('<', value),
    lte: value => op('<=', value),
    oneOf: (...values) => op('in', values),
    noneOf: (...values) => op('not_in', values),
    contains: value => op('contains', value),
    startsWith: text => op('starts_with', text),
    endsWith: text => op('ends_with', text),
    matches: pattern => (typeof pattern === 'string' ? op('regex', pattern) : { [name]: regExp(pattern) }),
    path: (...patterns) => op('path', patterns),
    within: (...folders) => op('within', folders),
    host: (...hosts) => op('host', hosts),
    exists: () => op('exists'),
  }
}

function regExp({ source, flags }: RegExp): unknown {
  const inline = [...flags].filter(flag => 'ims'.includes(flag)).join('')
  return { op: 'regex', dialect: 'es', value: inline === '' ? source : `(?${inline}:${source})` }
}

/** Any of these holds. */
export function anyOf(...conditions: readonly ConditionMap[]): ConditionMap {
  return { any: conditions }
}

/** All of these hold. */
export function allOf(...conditions: readonly ConditionMap[]): ConditionMap {
  return { all: conditions }
}

/** This does not hold. */
export function not(condition: ConditionMap): ConditionMap {
  return { not: condition }
}

/** The name that results give the source of rules: `rules:2` is the second one. */
export const RULES_SOURCE = 'rules'

/**
 * Rules as a source for the compiler, one rule to a line, the first on line 1.
 * @throws where one of them cannot be written as JSON
 */
export function rulesText(rules: readonly RuleLike[]): string {
  const statements = rules.map(each =>
    statementsOf(each)
      .map(statement => JSON.stringify(statement))
      .join(', '),
  )
  return `{"version":"1.0","statements":[${statements.join(',\n')}]}\n`
}

/** By what it can do, since two copies of this module may be loaded. */
function statementsOf(rule: RuleLike): readonly Statement[] {
  return 'statements' in rule ? rule.statements() : [rule]
}
