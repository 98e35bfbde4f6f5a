/** Trees of conditions, and the many ways in which one may be written as an expression. */
import fc from 'fast-check'

export type Tree =
  | { readonly kind: 'all' | 'any'; readonly of: readonly Tree[] }
  | { readonly kind: 'not'; readonly of: Tree }
  | { readonly kind: 'test'; readonly field: string; readonly condition: unknown }

/** No `all` stands directly in an `all`, and no `any` in an `any`: written without parentheses they would be one. */
export function trees(fields: readonly string[], condition: fc.Arbitrary<unknown>): fc.Arbitrary<Tree> {
  const test = fc.record({ kind: fc.constant('test' as const), field: fc.constantFrom(...fields), condition })
  const { tree } = fc.letrec<{ tree: Tree; not: Tree; all: Tree; any: Tree }>(tie => {
    const list = (kind: 'all' | 'any', ...of: fc.Arbitrary<Tree>[]) =>
      fc
        .array(fc.oneof({ depthSize: 'small', depthIdentifier: 'tree' }, test, ...of), { minLength: 2, maxLength: 3 })
        .map(of => ({ kind, of }))
    return {
      tree: fc.oneof({ depthSize: 'small', depthIdentifier: 'tree' }, test, tie('not'), tie('all'), tie('any')),
      not: tie('tree').map(of => ({ kind: 'not' as const, of })),
      all: list('all', tie('not'), tie('any')),
      any: list('any', tie('not'), tie('all')),
    }
  })
  return tree
}

/** One of several ways to write the same. */
export type Choose = (ways: readonly string[]) => string

/** Numbers that decide, one after the other and over again. */
export const choices = fc.array(fc.nat({ max: 5039 }), { minLength: 1, maxLength: 40 }).map((numbers): (() => Choose) => () => {
  let at = 0
  return ways => ways[(numbers[at++ % numbers.length] ?? 0) % ways.length] ?? ''
})

const STRENGTH = { any: 0, all: 1, not: 2, test: 3 }

/** @param outer the strength of what stands around: weaker needs parentheses */
export function expressionText(tree: Tree, choose: Choose, outer = 0): string {
  const space = () => choose([' ', ' ', '  ', '\n', ' \n\t '])
  const text = bareText(tree, choose, space)
  const padding = choose(['', '', ' ', '\n'])
  const wrapped = `(${padding}${text}${padding})`
  return STRENGTH[tree.kind] < outer ? wrapped : choose([text, text, text, wrapped, `(${wrapped})`])
}

function bareText(tree: Tree, choose: Choose, space: () => string): string {
  switch (tree.kind) {
    case 'any':
    case 'all': {
      const [word, strength] = tree.kind === 'any' ? (['or', 1] as const) : (['and', 2] as const)
      return tree.of.map(each => expressionText(each, choose, strength)).join(`${space()}${word}${space()}`)
    }
    case 'not':
      return `not${space()}${expressionText(tree.of, choose, 2)}`
    case 'test':
      return testText(tree.field, tree.condition, choose, space)
    default:
      return tree satisfies never
  }
}

function testText(field: string, condition: unknown, choose: Choose, space: () => string): string {
  const { op, value, dialect } =
    typeof condition === 'object' && condition !== null && 'op' in condition
      ? (condition as { op: string; value?: unknown; dialect?: string }) // as the generator of conditions makes them
      : { op: '==', value: condition }
  const operator = op === 'not_in' ? choose(['not_in', `not${space()}in`]) : op
  const tight = /^\W/.test(operator) ? choose([' ', '', '\n']) : space()
  const parts = [operator, ...(dialect === undefined ? [] : [dialect]), ...(value === undefined ? [] : [valueText(value, choose)])]
  return [fieldText(field, choose) + tight + operator, ...parts.slice(1)].join(space())
}

/** A name behind a dot may always stand in quotes. */
function fieldText(field: string, choose: Choose): string {
  const [first = '', ...rest] = field.split('.')
  return [first, ...rest.map(name => choose([name, name, `"${name}"`, `'${name}'`]))].join('.')
}

function valueText(value: unknown, choose: Choose): string {
  const gap = () => choose(['', ' ', '\n'])
  if (typeof value === 'string') return textText(value, choose)
  if (Array.isArray(value))
    return `[${gap()}${commaed(
      value.map(item => valueText(item, choose)),
      choose,
      gap,
    )}${gap()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).map(([key, item]) => `${textText(key, choose)}${gap()}:${gap()}${valueText(item, choose)}`)
  return `{${gap()}${commaed(entries, choose, gap)}${gap()}}`
}

function commaed(items: readonly string[], choose: Choose, gap: () => string): string {
  return items.join(`${gap()},${gap()}`) + (items.length === 0 ? '' : choose(['', '', ',']))
}

/** Raw where that can be; else with the escapes that are needed, and with some that are not. */
function textText(text: string, choose: Choose): string {
  const [quote = '"'] = choose(['"', "'"])
  if (!/[\n\ud800-\udfff]/.test(text) && !text.includes(quote) && choose(['raw', 'escaped']) === 'raw') return `r${quote}${text}${quote}`
  const escaped = Array.from({ length: text.length }, (_, at) => unitText(text.charAt(at), quote, choose)) // half pairs too
  return quote + escaped.join('') + quote
}

function unitText(unit: string, quote: string, choose: Choose): string {
  const code = unit.charCodeAt(0)
  const escape = choose([`\\u${code.toString(16).padStart(4, '0')}`, `\\u{${code.toString(16)}}`])
  if (unit === quote || unit === '\\') return choose([`\\${unit}`, escape])
  if (unit < ' ' || (code >= 0xd800 && code < 0xe000)) return escape
  return choose([unit, unit, unit, unit, unit, escape])
}
