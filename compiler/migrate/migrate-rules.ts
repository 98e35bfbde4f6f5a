/**
 * The legacy `rules:` format of the published program, rewritten to statements.
 *
 * There, rules are sorted by priority, the first that matches wins, an allow too, and where none matches the call is
 * allowed. Here, deny beats review beats allow whatever the order. The two agree unless a rule stands before a stricter one
 * that it would have overruled: such a statement is marked `check:` for a person to look at, never loosened silently.
 */
import { type Document, isMap, isScalar, isSeq, parseDocument, type Scalar, YAMLMap, YAMLSeq } from 'yaml'

export interface Migrated {
  /** The new text of the file. */
  readonly text: string
  /** What a person should look at, one line each. */
  readonly notes: readonly string[]
}

/** Why a file cannot be migrated. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError'
}

/** What a statement says under the same names. */
const KEPT = ['conditions', 'match', 'reason'] as const

type Effect = 'allow' | 'deny' | 'review'

interface Rule {
  readonly node: YAMLMap
  readonly sid: string
  readonly action: string
  readonly effect: Effect
  readonly priority: number
  readonly conditional: boolean
}

const STRICTNESS: Readonly<Record<Effect, number>> = { allow: 0, review: 1, deny: 2 }

/** @throws MigrationError where the text is no YAML, holds no rules, or a rule is not one */
export function migrateRules(text: string): Migrated {
  const document = parseDocument(text)
  const [error] = document.errors
  if (error !== undefined) throw new MigrationError(error.message)
  const rules = [...rulesOf(document)].sort((a, b) => b.priority - a.priority)
  const notes = ['where no rule matched, the call was allowed: `default: allow` keeps that; `default: deny` is safer']
  const kept = rules.filter((rule, i) => keep(rule, rules.slice(0, i), notes))
  rewrite(document, kept)
  return { text: document.toString({ lineWidth: 0 }), notes }
}

function rulesOf(document: Document.Parsed): readonly Rule[] {
  const rules = document.get('rules', true)
  if (!isSeq(rules)) throw new MigrationError('the file has no list `rules:`; it needs no migration')
  return rules.items.map((item, i) => {
    if (!isMap(item)) throw new MigrationError(`rule ${i + 1} is no map`)
    // The comment above the first rule is read as one on the list.
    if (i === 0 && rules.commentBefore != null) item.commentBefore = rules.commentBefore
    return ruleOf(item, i + 1)
  })
}

function ruleOf(node: YAMLMap, number: number): Rule {
  const action = node.get('action')
  const status = node.get('status')
  const priority = node.get('priority') ?? 0
  if (typeof action !== 'string') throw new MigrationError(`rule ${number} names no \`action\``)
  if (status !== 'allow' && status !== 'block' && status !== 'review') {
    throw new MigrationError(`rule ${number}: expected \`status\` to be \`allow\`, \`block\` or \`review\`, found \`${String(status)}\``)
  }
  if (typeof priority !== 'number') throw new MigrationError(`rule ${number}: expected \`priority\` to be a number`)
  const conditions = node.get('conditions', true)
  const conditional = isMap(conditions) && conditions.items.length > 0
  return { node, sid: `Rule${number}`, action, effect: status === 'block' ? 'deny' : status, priority, conditional }
}

/** Whether the rule still says anything after those before it; marks it where they do not mean the same any more. */
function keep(rule: Rule, before: readonly Rule[], notes: string[]): boolean {
  const overlapping = before.filter(other => other.action === rule.action || other.action === '*' || rule.action === '*')
  const covering = overlapping.find(other => !other.conditional && (other.action === '*' || other.action === rule.action))
  if (covering !== undefined) {
    notes.push(`${rule.sid} was left out: ${covering.sid} always came before it`)
    return false
  }
  const overruling = overlapping.filter(other => STRICTNESS[other.effect] < STRICTNESS[rule.effect])
  if (overruling.length > 0) {
    const names = overruling.map(other => other.sid).join(', ')
    const mark = `check: ${names} came first and won; now this ${rule.effect} wins where both match`
    rule.node.commentBefore = [rule.node.commentBefore, ` ${mark}`].filter(line => line != null).join('\n')
    notes.push(`${rule.sid}: ${names} came first and won; now the ${rule.effect} wins where both match`)
  }
  return true
}

/** `rules` becomes `statements` in its own place, so that the comments around it stay. */
function rewrite(document: Document.Parsed, rules: readonly Rule[]): void {
  const map = document.contents
  const pair = isMap(map) ? map.items.find(item => isScalar(item.key) && item.key.value === 'rules') : undefined
  if (pair === undefined || !isScalar(pair.key)) throw new MigrationError('the file has no list `rules:`; it needs no migration')
  const existing = document.get('statements', true)
  const others = isSeq(existing) ? existing.items : []
  const statements = new YAMLSeq()
  for (const item of [...rules.map(rule => statementOf(document, rule)), ...others]) statements.items.push(item)
  document.delete('statements')
  if (others.length === 0 && !document.has('default')) document.set('default', 'allow')
  if (!document.has('version')) document.set('version', quoted(document, '1.0'))
  pair.key.value = 'statements'
  Object.assign(pair, { value: statements })
}

/** Quoted, since a bare 1.0 is a number. */
function quoted(document: Document.Parsed, text: string): Scalar {
  const node = document.createNode(text)
  node.type = 'QUOTE_DOUBLE'
  return node
}

/** The same map with its own comments, under the names that statements have. */
function statementOf(document: Document.Parsed, { node, sid, action, effect }: Rule): YAMLMap {
  const statement = new YAMLMap()
  for (const [key, value] of Object.entries({ sid, effect, actions: [action] }))
    statement.set(document.createNode(key), document.createNode(value))
  if (node.commentBefore != null) statement.commentBefore = node.commentBefore
  for (const key of KEPT) {
    const pair = node.items.find(item => isScalar(item.key) && item.key.value === key)
    if (pair !== undefined) statement.items.push(pair)
  }
  return statement
}
