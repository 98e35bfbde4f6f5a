/**
 * The conformance suite on what is ours: the reference interpreter, the table in this process and the emitted bundle in a child
 * process. `UPDATE=1` writes the reference's results into the files; read the difference before you commit it.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { firstDifference } from '../../cli/conformance/difference.js'
import { readSuite } from '../../cli/conformance/read-suite.js'
import { compileSuiteFile, outcomesOf, runOnKernel } from '../../cli/conformance/run-suite.js'
import { decodeCall, packagedSuite, type SuiteFile } from '../../cli/conformance/suite.js'
import { loadKernel } from '../../compiler/emit/kernel.js'
import { openDecider } from '../../runtime/decide/open.js'
import { referenceResults } from './reference.js'
import { withResults } from './write-results.js'

const FOLDER = import.meta.dirname
const LEAST_CASES = 300

const UPDATE = process.env['UPDATE'] === '1'

if (UPDATE) {
  for (const file of readSuite(FOLDER)) {
    const path = join(FOLDER, `${file.name}.yaml`)
    writeFileSync(path, withResults(readFileSync(path, 'utf8'), referenceResults(file)))
  }
}

const suite = readSuite(FOLDER) as readonly SuiteFile[] // that every case has its result is a test below

function table(file: SuiteFile): readonly unknown[] {
  const decider = openDecider(compileSuiteFile(file).table)
  return file.cases.map(({ call }) => {
    const result = decider.decide(decodeCall(call))
    expect(decider.decide(decodeCall(call), { noIndex: true })).toEqual(result)
    return result
  })
}

describe('the suite', () => {
  it('has a result for every case, names each once, and is the one in the package', () => {
    for (const { name, cases } of suite) {
      expect(new Set(cases.map(each => each.name)).size, name).toBe(cases.length)
      for (const each of cases) expect(each.result, `${name}: ${each.name}`).toBeDefined()
    }
    expect(suite.flatMap(({ cases }) => cases).length).toBeGreaterThanOrEqual(LEAST_CASES)
    // What was just written is packaged by the next build.
    if (!UPDATE) expect(packagedSuite()).toEqual(JSON.parse(JSON.stringify(suite)))
  })

  it('meets every decision, certainty and role', () => {
    const results = suite.flatMap(({ cases }) => cases.map(({ result }) => result))
    for (const decision of ['allow', 'deny', 'review']) expect(results.filter(one => one.decision === decision).length).toBeGreaterThan(50)
    for (const certainty of ['definite', 'possible']) expect(results.filter(one => one.certainty === certainty).length).toBeGreaterThan(50)
    for (const role of ['whole', 'part', 'effect'])
      expect(results.flatMap(one => one.matched).filter(match => match.request === role).length, role).toBeGreaterThan(10)
  })
})

describe.each(suite)('$name', file => {
  it('the reference interpreter', () => {
    expect(file.cases.map(({ result }) => result)).toEqual(referenceResults(file))
  })

  it('the table', () => {
    expect(outcomesOf([file], [table(file)])).toEqual([{ name: file.name, passed: file.cases.length, failures: [] }])
  })
})

it('the emitted bundle', () => {
  const outcomes = runOnKernel(suite, { engine: [process.execPath], target: 'node', kernel: loadKernel('node').text })
  expect(outcomes.flatMap(({ failures }) => failures)).toEqual([])
  expect(outcomes.map(({ passed }) => passed)).toEqual(suite.map(({ cases }) => cases.length))
})

describe('a difference', () => {
  const result = { decision: 'deny', sid: null, matched: [{ sid: 'A', detail: '' }] }
  it.each([
    [{ ...result, decision: 'allow' }, '`decision`: expected "deny", found "allow"'],
    [{ ...result, matched: [] }, '`matched.0`: expected {"sid":"A","detail":""}, found nothing'],
    [{ ...result, matched: [{ sid: 'A', detail: 'x' }] }, '`matched.0.detail`: expected "", found "x"'],
    [{ ...result, guidance: 'x' }, '`guidance`: expected nothing, found "x"'],
    [{ error: 'x' }, '`decision`: expected "deny", found nothing'],
    [undefined, 'the result: expected {"decision":"deny","sid":null,"matched":[{"sid":"A","detail":""}]}, found nothing'],
    [{ ...result }, undefined],
  ])('of %j', (found, difference) => {
    expect(firstDifference(result, found)).toBe(difference)
  })
})
