/** Variables mean what their values would, wherever they stand; and every mistake is told at a place. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Condition } from '../../../compiler/ast.js'
import { compile } from '../../../compiler/compile.js'
import type { Diagnostic } from '../../../compiler/diagnostic.js'
import { printIr } from '../../../compiler/ir/print.js'
import { positionOf } from '../../../compiler/source.js'
import { policyFiles } from '../../arbitrary/policies.js'
import { withVariables } from '../../arbitrary/variables.js'

function compiled(files: readonly string[]) {
  const sources = files.map((text, i) => ({ path: `${i}.yaml`, text }))
  return compile(sources, { protection: [], emit: false, verify: false })
}

function irText(files: readonly string[]): string {
  const { ir, diagnostics } = compiled(files)
  if (ir === undefined) throw new Error(diagnostics.map(each => each.message).join('\n'))
  return printIr(ir)
}

function found(text: string): readonly Diagnostic[] {
  return compiled([text]).diagnostics
}

function places(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map(({ code, span }) => `${code} ${at(span)}`)
}

function at({ source, start }: Diagnostic['span']): string {
  const { line, column } = positionOf(source, start)
  return `${line}:${column}`
}

/** A file with one condition, on its last line from column 22 on. */
function file(variables: string, value: string, op = 'regex'): string {
  return `variables:\n${variables}statements:\n  - effect: deny\n    conditions:\n      x: { op: ${op}, value: ${value} }\n`
}

describe('a policy with variables', () => {
  it('is the policy with their values', () => {
    let used = 0
    fc.assert(
      fc.property(policyFiles, fc.integer({ min: 1, max: 4 }), (files, every) => {
        const written = withVariables(files, every)
        used += written.join().split('${v').length - 1
        expect(irText(written)).toBe(irText(files))
      }),
      { numRuns: 120 },
    )
    expect(used).toBeGreaterThan(500)
  })

  it('keeps `${` as it is where no variables are declared', () => {
    const plain = 'statements:\n  - effect: deny\n    actions: ["a.${x}"]\n    conditions:\n      x: { op: regex, value: "${x}$${y}" }\n'
    expect(found(plain)).toEqual([])
    expect(irText([plain])).toContain('"${x}$${y}"')
    expect(irText([plain])).toContain('a.${x}')
  })

  it.each([
    ['a list within a list', file('  v: [a, b]\n', '[x, "${v}", y]', 'has_any'), ['x', 'a', 'b', 'y']],
    ['a number', file('  v: 5\n', '"${v}"', '">"'), 5],
    ['a boolean', file('  v: true\n', '"${v}"', '"=="'), true],
    ['a value in a map', file('  v: [5]\n', '{ a: "${v}" }', '"=="'), { a: [5] }],
    ['several in a text', file('  a: x\n  b: y\n', '"${a}-${b}-${a}"', 'glob'), 'x-y-x'],
    ['a mark that is meant', file('  a: x\n', '"${a}$${a}$"', 'glob'), 'x${a}$'],
    ['a folder that is known later', file('  a: "${home}/${b}"\n  b: x\n', '"${a}/y"', 'within'), '${home}/x/y'],
    ['a mark that is meant in a path', file('  a: x\n', "'/${a}/$${a\\}'", 'path'), '/x/\\$\\{a\\}'],
    ['a mark that is meant in a folder', file('  a: x\n', '"/${a}/$${a}"', 'within'), '/x/${a}'],
    ['an expression', 'variables: { v: [a, b] }\nstatements: [{ effect: deny, when: \'x in ["${v}", "c"]\' }]', ['a', 'b', 'c']],
    [
      'names of agents',
      'variables: { v: [a, b] }\nstatements: [{ effect: deny, agents: ["${v}", "x-${w}"] }]'.replace('{ v', '{ w: y, v'),
      ['a', 'b', 'x-y'],
    ],
  ])('inserts %s', (_, text, expected) => {
    const { policy, diagnostics } = compiled([text])
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(policy?.statements.map(({ condition }) => valuesOf(condition))).toEqual([[expected]])
  })
})

function valuesOf(condition: Condition): readonly unknown[] {
  if (condition.kind === 'test') return [condition.value]
  return condition.kind === 'not' ? valuesOf(condition.of) : condition.of.flatMap(valuesOf)
}

describe('mistakes with variables', () => {
  it.each<[string, string, readonly string[], string]>([
    ['a name that is not declared', file('  branch: x\n', '"a${brunch}"'), ['unused-variable 2:3', 'unknown-variable 6:32'], '`${branch}`'],
    ['a folder that is misspelt', file('  a: x\n', '"${hom}/${a}"', 'path'), ['unknown-variable 6:30'], '`${home}`'],
    ['a mark with no name', file('  a: x\n', '"${a}${a-b}"'), ['unknown-variable 6:35'], '$${'],
    ['a folder where no path is compared', file('  a: x\n', '"${home}${a}"'), ['folder-variable 6:31'], 'within'],
    ['a folder by way of a variable', file('  a: "${home}/x"\n', '"${a}"'), ['folder-variable 6:31'], 'within'],
    ['a folder at the start of a folder that is meant as text', file('  a: x\n', '"$${home}/${a}"', 'within'), ['path-syntax 6:31'], ''],
    ['a variable that is a folder', file('  cwd: x\n', '"a"'), ['bad-variable 2:3'], ''],
    ['a name that is none', file('  a-b: x\n', '"a"'), ['bad-variable 2:3'], ''],
    ['a list in a text', file('  a: [x]\n', '"b${a}"'), ['variable-in-text 6:32'], 'whole value'],
    ['a number in a text', file('  a: 1.10\n', '"b${a}"'), ['variable-in-text 6:32'], 'quotes'],
    ['a list where a text is wanted', file('  a: [x]\n', '"${a}"'), ['wrong-type 6:30'], ''],
    ['a text where a list is wanted', file('  a: x\n', '"${a}"', 'in'), ['wrong-type 6:27'], ''],
    ['a list where no variables are', file('', '"${a}"', 'in').replace('variables:\n', ''), ['wrong-type 4:27'], '`variables:`'],
    ['a variable that stands for itself', file('  a: "x${a}"\n', '"${a}"'), ['variable-cycle 2:3'], 'stands for itself'],
    ['a circle', file('  a: "${b}"\n  b: ["${c}"]\n  c: "${a}"\n', '"x"'), ['variable-cycle 2:3'], '`a`, `b`, `c`'],
    ['nothing that uses it', file('  a: x\n', '"b"'), ['unused-variable 2:3'], '${a}'],
    ['a mistake in a variable that nothing uses', file('  a: "${b}"\n', '"c"'), ['unused-variable 2:3', 'unknown-variable 2:7'], ''],
    ['a map', file('  a: { b: x }\n', '"${a}"'), ['wrong-type 2:6', 'wrong-type 6:30'], 'text, a number'],
    ['nothing', file('  a:\n', '"${a}"'), ['wrong-type 2:3', 'wrong-type 6:30'], ''],
    ['an empty list', file('  a: []\n', '"x"'), ['empty-value 2:6', 'unused-variable 2:3'], ''],
    ['a list of lists', file('  a: [[x]]\n', '"${a}"', 'in'), ['wrong-type 2:7'], ''],
    ['a word of YAML 1.1', file('  a: yes\n', '"${a}"', '"=="'), ['yaml-ambiguous 2:6'], '"yes"'],
    ['no map', 'variables: [a]\nstatements: [{ effect: deny }]\n', ['wrong-type 1:12'], ''],
    ['a pattern that does not parse, in the variable', file("  a: 'x(y'\n", '"^${a}$"'), ['regex-syntax 2:8'], ''],
    ['a pattern that does not parse, around the variable', file('  a: x\n', '"(${a}"'), ['regex-syntax 6:31'], ''],
    [
      'a network in a list in a list',
      file('  a: [10.0.0.0/8, 10.1.2.3/8]\n', '["::1", "${a}"]', 'cidr'),
      ['bad-network 2:19'],
      '`10.0.0.0/8`',
    ],
    [
      'an action',
      'variables: { a: x }\nstatements: [{ effect: deny, actions: ["${a}.${b}"], agents: "${c}" }]',
      ['unknown-variable 2:46', 'unknown-variable 2:63'],
      '${a}',
    ],
    [
      'an expression',
      'variables: { a: x }\nstatements: [{ effect: deny, when: \'y == "${a}" and z == "${b}"\' }]',
      ['unknown-variable 2:59'],
      '',
    ],
  ])('%s', (_, text, expected, hint) => {
    const diagnostics = found(text)
    expect([...places(diagnostics)].sort()).toEqual([...expected].sort())
    const words = diagnostics
      .map(({ message, help, related }) => `${message} ${help ?? ''} ${related?.map(each => at(each.span)).join() ?? ''}`)
      .join()
    expect(words).toContain(hint)
  })

  it('tells every place of a circle', () => {
    const [cycle] = found(file('  a: "${b}"\n  b: "${c}"\n  c: "${b}"\n', '"${a}"'))
    expect(cycle?.code).toBe('variable-cycle')
    expect([cycle?.span, ...(cycle?.related ?? []).map(({ span }) => span)].map(span => span && at(span))).toEqual(['3:3', '4:3'])
  })

  it.each([
    ['texts', (i: number) => `"${`\${v${i + 1}}`.repeat(10)}"`, '"x"', 'variable-size'],
    ['lists', (i: number) => `[${Array.from({ length: 10 }, () => `"\${v${i + 1}}"`).join()}]`, '[x, y]', 'variable-size'],
  ])('end before they grow without bound: %s', (_, value, last, code) => {
    const levels = Array.from({ length: 12 }, (_each, i) => `  v${i}: ${i === 11 ? last : value(i)}\n`).join('')
    const diagnostics = found(file(levels, '"${v0}"', '"=="'))
    expect(diagnostics.map(each => each.code)).toContain(code)
  })
})
