/** The committed tables against the database that they were made from. */
import { describe, expect, it } from 'vitest'
import { charRanges } from '../../../../compiler/patterns/char-set.js'
import { caseFoldPairs, caseVariants, closeOverCase, foldCase } from '../../../../compiler/patterns/unicode/case-folding.js'
import { categoryAliases } from '../../../../compiler/patterns/unicode/names.js'
import {
  binaryProperty,
  category,
  propertyNames,
  script,
  scriptExtensions,
  scriptNames,
} from '../../../../compiler/patterns/unicode/properties.js'
import { compiled } from '../support/matching.js'

const database = '@unicode/unicode-15.1.0'

async function inDatabase(path: string): Promise<readonly number[]> {
  const module: { readonly default: readonly { readonly begin: number; readonly end: number }[] } = await import(
    `${database}/${path}/ranges.mjs`
  )
  return charRanges(module.default.map(({ begin, end }) => [begin, end - 1] as const))
}

async function foldings(status: string): Promise<ReadonlyMap<number, number>> {
  const module: { readonly default: ReadonlyMap<number, number> } = await import(`${database}/Case_Folding/${status}/code-points.mjs`)
  return module.default
}

describe('Unicode tables', () => {
  it('hold the general categories and their groups', async () => {
    const longNames = Object.entries(categoryAliases).filter(([name]) => /^[A-Z]/.test(name) && name !== 'Combining_Mark')
    expect(longNames.length).toBe(38)
    for (const [long, short] of longNames) expect(category(short), long).toEqual(await inDatabase(`General_Category/${long}`))
  })

  it('hold the binary properties', async () => {
    expect(propertyNames().length).toBe(53)
    for (const name of propertyNames()) expect(binaryProperty(name), name).toEqual(await inDatabase(`Binary_Property/${name}`))
  })

  it('hold the scripts and script extensions', async () => {
    expect(scriptNames().length).toBeGreaterThan(160)
    for (const name of scriptNames()) {
      expect(script(name), name).toEqual(await inDatabase(`Script/${name}`))
      expect(scriptExtensions(name), name).toEqual(await inDatabase(`Script_Extensions/${name}`))
    }
  })

  it('know nothing of names that objects inherit', () => {
    for (const find of [binaryProperty, script, scriptExtensions, category]) expect(find('constructor')).toBeUndefined()
  })

  it('fold case as the database does', async () => {
    const expected = [...(await foldings('C')), ...(await foldings('S'))].sort((a, b) => a[0] - b[0])
    expect(caseFoldPairs()).toEqual(expected)
    for (const [source, target] of expected) expect(foldCase(source)).toBe(target)
    expect(foldCase(0x61)).toBe(0x61)
  })
})

describe('case variants', () => {
  it('are everything with the same folding', () => {
    expect(caseVariants(0x6b)).toEqual(
      charRanges([
        [0x4b, 0x4b],
        [0x6b, 0x6b],
        [0x212a, 0x212a],
      ]),
    )
    expect(caseVariants(0x2d)).toEqual([0x2d, 0x2e])
  })

  it('close large and small sets alike', () => {
    const all = charRanges([[0x41, 0x5a]])
    const closed = closeOverCase(all)
    expect(closed).toEqual(
      charRanges([
        [0x41, 0x5a],
        [0x61, 0x7a],
        [0x17f, 0x17f],
        [0x212a, 0x212a],
      ]),
    )
    expect(
      closeOverCase(
        charRanges([
          [0x41, 0x5a],
          [0x4e00, 0x9fff],
        ]),
      ),
    ).toEqual(charRanges([...pairsOf(closed), [0x4e00, 0x9fff]]))
  })
})

function pairsOf(flips: readonly number[]): [number, number][] {
  return flips.flatMap((flip, at): [number, number][] => (at % 2 === 0 ? [[flip, (flips[at + 1] ?? 0x110000) - 1]] : []))
}

describe('property escapes', () => {
  it.each([
    'L',
    'Letter',
    'gc=Lu',
    'General_Category=Uppercase_Letter',
    'Alpha',
    'White_Space',
    'sc=Grek',
    'Script=Greek',
    'scx=Deva',
    'ASCII',
    'Any',
  ])('\\p{%s} and \\P{%s} part the code points', name => {
    const [inside, outside] = ['p', 'P'].map(letter => compiled({ kind: 'regex', source: `^\\${letter}{${name}}$`, dialect: 'es' }))
    expect(inside?.stateCount).toBeGreaterThan(1)
    expect(compiled({ kind: 'regex', source: `^(?:\\p{${name}}|\\P{${name}})$`, dialect: 'es' })).toEqual(
      compiled({ kind: 'regex', source: '^[^]$', dialect: 'es' }),
    )
    expect(outside).not.toEqual(inside)
  })
})
