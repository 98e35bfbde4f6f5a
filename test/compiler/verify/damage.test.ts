/** Tables changed in one place: every change is found, whether the checksums tell or only the proof can. */
import { describe, expect, it } from 'vitest'
import { readBundle } from '../../../compiler/verify/bundle-text.js'
import { sealed } from '../../../compiler/verify/sealed.js'
import { SECTION_NAMES, type SectionName, sectionAt, wordsOf } from '../../../compiler/verify/sections.js'
import { wholeCall } from '../../../runtime/decide/check-request.js'
import { openDecider } from '../../../runtime/decide/open.js'
import type { Call, ValueMap } from '../../../runtime/decide/request.js'
import { AUTOMATON_WORDS, FINDER_WORDS, HEADER_WORDS, SECTION, SETTING, sumCount } from '../../../runtime/decide/table.js'
import { compiledForTest, foundIn } from './support/compiled.js'

const SMALL = `
default: allow
statements:
  - { sid: NoRm, effect: deny, actions: demo.run, conditions: { params.command: { op: regex, value: '\\brm-', dialect: es } }, reason: no }
  - sid: NoEnv
    effect: review
    actions: [file.*, demo.x]
    on_possible: deny
    match: any
    conditions: { params.path: { op: ends_with, value: .env }, params.mode: { op: in, value: [ab, cd] }, params.n: { op: ">", value: 3 } }
    guidance: elsewhere
  - { sid: Host, effect: deny, actions: web.fetch, conditions: { params.url: { op: not_host, value: evil.example } } }
`

/** What is wrong with every table that differs from this one in one bit; another bit in each byte. */
function* flips(table: Uint8Array, step: number): Iterable<readonly [number, Uint8Array]> {
  for (let at = 0; at < table.length; at += step) {
    const flipped = Uint8Array.from(table)
    flipped[at] = (flipped[at] ?? 0) ^ (1 << ((at + (at >> 3)) % 8))
    yield [at, flipped]
  }
}

/**
 * What can change without a decision changing: sums, put right again; where an empty section lies; and the searches for
 * literals and values, which may find more than they need, as long as they find what they must.
 */
function isHarmless(table: Uint8Array, at: number): boolean {
  const words = wordsOf(table)
  const within = (name: SectionName, size: number) => {
    const { start, count } = sectionAt(words, name)
    return at >= start && at < start + count * size ? at - start : -1
  }
  const sum = within('automata', 4 * AUTOMATON_WORDS)
  const head = words[3] ?? 0
  const isChunkSum = at >= head && at < head + 4 * sumCount(head >> 2)
  const isSum = isChunkSum || (at >= 8 && at < 12) || (sum >= 0 && (sum >> 2) % AUTOMATON_WORDS === 2)
  const isSearch =
    within('values', 8) >= 0 ||
    within('literals', 4) >= 0 ||
    within('finders', 4 * FINDER_WORDS) >= 0 ||
    within('settings', 4) >= 4 * SETTING.longestValue
  const isSearchList = isInSearchList(words, at)
  const isEmptySection = SECTION_NAMES.some(name => at >> 2 === HEADER_WORDS + 2 * SECTION[name] && sectionAt(words, name).count === 0)
  return isSum || isSearch || isSearchList || isEmptySection || (within('bytes', 1) >= 0 && !isInAutomaton(words, at))
}

/** The lists of what is found: of statements by a value or a literal, of literals by a state. */
function isInSearchList(words: Uint32Array, at: number): boolean {
  const [lists, values, literals, finders] = (['lists', 'values', 'literals', 'finders'] as const).map(name => sectionAt(words, name))
  if (lists === undefined || values === undefined || literals === undefined || finders === undefined) return false
  const wordAt = (start: number, index: number) => words[start / 4 + index] ?? 0
  const every = (count: number, of: (index: number) => number) => Array.from({ length: count }, (_, index) => of(index))
  const ends = every(finders.count, index => wordAt(finders.start, FINDER_WORDS * index + 8))
  const offsets = [
    ...every(values.count, index => wordAt(values.start, 2 * index + 1) - 1),
    ...every(literals.count, index => wordAt(literals.start, index)),
    ...ends.flatMap(list => [list, ...every(wordAt(lists.start, list), index => wordAt(lists.start, list + 1 + index))]),
  ]
  const place = Math.floor((at - lists.start) / 4)
  return offsets.some(offset => offset >= 0 && offset <= place && place <= offset + wordAt(lists.start, offset))
}

function isInAutomaton(words: Uint32Array, at: number): boolean {
  const automata = sectionAt(words, 'automata')
  const bytes = sectionAt(words, 'bytes').start
  return Array.from({ length: automata.count }, (_, index) => automata.start / 4 + index * AUTOMATON_WORDS).some(word => {
    const from = bytes + (words[word] ?? 0)
    return from <= at && at < from + (words[word + 1] ?? 0)
  })
}

/** The patterns whose automata lie at the offset. */
function patternsAt(table: Uint8Array, at: number, patterns: readonly string[]): readonly string[] {
  const words = wordsOf(table)
  const automata = sectionAt(words, 'automata').start / 4
  const start = sectionAt(words, 'bytes').start
  return patterns.filter((_, index) => {
    const from = start + (words[automata + index * AUTOMATON_WORDS] ?? 0)
    return from <= at && at < from + (words[automata + index * AUTOMATON_WORDS + 1] ?? 0)
  })
}

/** The block of the first search for literals. */
function searchBlock(words: Uint32Array): { readonly start: number; readonly size: number } {
  const finder = sectionAt(words, 'finders').start / 4
  return { start: sectionAt(words, 'bytes').start + (words[finder + 2] ?? 0), size: words[finder + 3] ?? 0 }
}

function demo(action: string, params: ValueMap) {
  return wholeCall({ action, params, context: {} })
}

/** Whether the index makes another decision of it, or an error. */
function isOther(table: Uint8Array, call: Call): boolean {
  try {
    const decider = openDecider(table)
    return decider.decide(call).sid !== decider.decide(call, { noIndex: true }).sid
  } catch {
    return true
  }
}

describe('a bit of a small table', () => {
  const { table, claim, ir } = compiledForTest(SMALL)
  /** In the order of the table. */
  const patterns = ir.patterns.map(({ source }) => source.source)

  it('is never wrong without being found, checksums put right', () => {
    const missed: number[] = []
    const unnamed: number[] = []
    for (const [at, flipped] of flips(table, 1)) {
      if (isHarmless(table, at)) continue
      const found = foundIn(sealed(flipped).bytes, claim).join('\n')
      if (found === '') missed.push(at)
      const lying = patternsAt(table, at, patterns)
      if (lying.length > 0 && !lying.some(pattern => found.includes(`\`${pattern}\``))) unnamed.push(at)
    }
    expect(foundIn(table, claim)).toEqual([])
    expect({ missed, unnamed }).toEqual({ missed: [], unnamed: [] })
  })

  it('is named by its pattern where only a checksum tells', () => {
    const start = sectionAt(wordsOf(table), 'bytes').start
    for (const [at, flipped] of flips(table, 7)) {
      const found = foundIn(flipped, claim).join('\n')
      if (!isHarmless(table, at)) expect([at, found]).not.toEqual([at, ''])
      if (at >= start && isInAutomaton(wordsOf(table), at))
        expect(found).toMatch(/a wrong checksum stands beside the table's automaton of `(\\brm-|\.env|file\.\*)`/)
    }
  })

  it('is found in a search for literals where it leads a decision astray', () => {
    const commands = ['rm-', 'a rm-x', 'rm rm-', 'r', 'm-', 'rmm-', 'rrm-', '-rm-', 'rm-rm'].map(command => demo('demo.run', { command }))
    const paths = ['.env', 'a.env', '.e.env', '..env', 'env', 'x'].map(path => demo('demo.x', { path }))
    const { start, size } = searchBlock(wordsOf(table))
    const found = { by: { proof: 0, decision: 0 }, missed: [] as number[] }
    for (let at = start; at < start + size; at++)
      for (let bit = 1; bit < 256; bit *= 2) {
        const flipped = Uint8Array.from(table)
        flipped[at] = (flipped[at] ?? 0) ^ bit
        const { bytes } = sealed(flipped)
        const isProof = foundIn(bytes, claim).length > 0
        const isAstray = [...commands, ...paths].some(call => isOther(bytes, call))
        if (isProof) found.by.proof++
        if (isAstray) found.by.decision++
        if (isAstray && !isProof) found.missed.push(at - start)
      }
    expect(found.missed).toEqual([])
    expect(Math.min(found.by.proof, found.by.decision)).toBeGreaterThan(50)
  })

  it('is found wherever the table is cut off', () => {
    for (let length = 0; length < table.length; length += 97) expect(foundIn(table.slice(0, length), claim)).not.toEqual([])
    expect(foundIn(Uint8Array.from([...table, 0, 0, 0, 0]), claim)).not.toEqual([])
  })
})

describe('a bit of a large table, in a file of its own', () => {
  const many = Array.from({ length: 60 }, (_, at) => {
    const pattern = `\\btool-${at}\\s+(--force|-f|--delete=[a-z]{3,8}${at})\\b`
    return `  - { sid: S${at}, effect: deny, actions: demo.run, conditions: { params.command: { op: regex, value: '${pattern}' } } }\n`
  })
  const paths = `  - { sid: Paths, effect: review, actions: "file.*", conditions: { params.path: { op: path, value: ["**/.env*", "~/.ssh/**"] } } }\n`
  const { table, claim, bundle } = compiledForTest(`default: deny\nstatements:\n${many.join('')}${paths}`)

  it('is never wrong without being found', () => {
    expect(bundle.data.bytes.subarray(0, table.length)).toEqual(Buffer.from(table))
    const missed = [...flips(table, 2111)].filter(
      ([at, flipped]) => !isHarmless(table, at) && foundIn(sealed(flipped).bytes, claim).length === 0,
    )
    expect(missed.map(([at]) => at)).toEqual([])
  })
})

describe('the text of a bundle', () => {
  it('says where its data are, and how much of them is the table', () => {
    const { table, bundle } = compiledForTest(SMALL)
    expect(readBundle(bundle.text)).toMatchObject({ statementCount: 3, place: { file: bundle.data.name, table: table.length } })
    expect(readBundle(bundle.text.slice(0, -200))).toBeUndefined()
    expect(readBundle(bundle.text.replace('// agsec', '// agsek'))).toBeUndefined()
  })
})
