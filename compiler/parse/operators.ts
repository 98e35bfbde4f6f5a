/** Every operator by every name that it may be written under. The schema lists the same names for editors. */
import type { Operator } from '../ast.js'

export interface OperatorName {
  readonly operator: Operator
  readonly negated: boolean
  /** The name that results and messages use. */
  readonly name: string
}

/** The names of an operator and of its negation, the canonical one first. */
const names: { readonly [operator in Operator]: { readonly plain: readonly string[]; readonly negated: readonly string[] } } = {
  exists: { plain: ['exists'], negated: ['not_exists'] },
  '==': { plain: ['==', 'equals', 'eq'], negated: ['!=', 'not_equals', 'ne'] },
  '>': { plain: ['>', 'gt'], negated: [] },
  '>=': { plain: ['>=', 'gte'], negated: [] },
  '<': { plain: ['<', 'lt'], negated: [] },
  '<=': { plain: ['<=', 'lte'], negated: [] },
  in: { plain: ['in'], negated: ['not_in'] },
  contains: { plain: ['contains'], negated: ['not_contains'] },
  starts_with: { plain: ['starts_with'], negated: ['not_starts_with'] },
  ends_with: { plain: ['ends_with'], negated: ['not_ends_with'] },
  regex: { plain: ['regex', 'matches'], negated: ['not_regex'] },
  glob: { plain: ['glob'], negated: ['not_glob'] },
  path: { plain: ['path'], negated: ['not_path'] },
  within: { plain: ['within'], negated: ['not_within'] },
  host: { plain: ['host'], negated: ['not_host'] },
  cidr: { plain: ['cidr'], negated: ['not_cidr'] },
  has: { plain: ['has'], negated: ['not_has'] },
  has_any: { plain: ['has_any'], negated: ['not_has_any'] },
  has_all: { plain: ['has_all'], negated: ['not_has_all'] },
}

const byName = new Map<string, OperatorName>()
for (const operator of operatorsOf(names)) {
  addNames(operator, false, names[operator].plain)
  addNames(operator, true, names[operator].negated)
}

function operatorsOf(table: typeof names): readonly Operator[] {
  // `Object.keys` forgets that the keys of this table are operators.
  return Object.keys(table) as Operator[]
}

function addNames(operator: Operator, negated: boolean, all: readonly string[]): void {
  for (const written of all) byName.set(written, { operator, negated, name: all[0] ?? written })
}

export function operatorNamed(written: string): OperatorName | undefined {
  return byName.get(written)
}

export const operatorNames: readonly string[] = [...byName.keys()]
