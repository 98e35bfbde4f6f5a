import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { writeBundle } from '../../cli/bundle-files.js'
import { bundleFor } from '../../cli/bundle-target.js'
import { compileUserLayer } from '../../cli/layers/compiled-layers.js'
import { verifyBundle } from '../../cli/verify-bundle.js'
import { sectionAt, wordsOf } from '../../compiler/verify/sections.js'
import { renderDiagnostics } from '../../compiler/diagnostics/render.js'
import { agsec } from './run-cli.js'
import { samplePolicies } from './sample-policy.js'
import { tempFolder } from './temp-folder.js'

/** The sample policy compiled, and what a verification finds in its bundle. */
function compiledSample(more: Readonly<Record<string, string>> = {}) {
  const home = tempFolder()
  const policies = samplePolicies(home, 'policies', more)
  const compiled = compileUserLayer([policies])
  const emitted = bundleFor('node', compiled)
  if (emitted === undefined) throw new Error('the sample does not compile')
  const bundle = join(home, 'policy.bundle.cjs')
  writeBundle(bundle, emitted)
  const found = (against = compiled) => verifyBundle(bundle, against).diagnostics.map(({ code, message }) => `${code}: ${message}`)
  return { home, bundle, found }
}

/** Statements with many patterns. */
function largePolicy(): string {
  const statements = Array.from({ length: 150 }, (_, at) => {
    const pattern = `\\btool-${at}\\s+(--force|-f|--delete=[a-z]{3,8}${at})\\b`
    return `  - {sid: S${at}, effect: deny, actions: bash.execute, conditions: {params.command: {op: regex, value: '${pattern}'}}}\n`
  })
  return `statements:\n${statements.join('')}`
}

function dataIn(home: string): string {
  return join(home, readdirSync(home).find(name => name.endsWith('.data')) ?? '')
}

describe('agsec compile --verify', () => {
  it('says what was proved of a good bundle, without writing anything, and what differs in one of other policies', () => {
    const { home, bundle } = compiledSample()
    const before = readdirSync(home)
    expect(agsec(['compile', '--verify', bundle, '--agsec-home', home])).toMatchObject({
      status: 0,
      stderr: '',
      stdout: expect.stringMatching(
        /policy\.bundle\.cjs says what the policies say: \d+ statements, \d+ guards? and \d+ patterns \(\d+ pairs of states\)\n$/,
      ),
    })
    expect(readdirSync(home)).toEqual(before)
    const other = samplePolicies(tempFolder(), 'policies', {
      '02_more.yaml': 'statements:\n  - { sid: More, effect: deny, actions: web.fetch }\n',
    })
    const { status, stdout, stderr } = agsec(['compile', '--verify', bundle, other])
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toContain('error[bundle-differs]: the bundle was compiled from other sources')
    expect(stderr).toMatch(/the table has \d+ statements for \d+/)
  })

  it('goes with no other option', () => {
    expect(agsec(['compile', '--verify', 'x', '--check'])).toMatchObject({ status: 2, stderr: expect.stringContaining('no other option') })
  })

  it('names the pattern that differs, in its place of the policy', () => {
    const { bundle } = compiledSample()
    const changed = samplePolicies(tempFolder(), 'policies')
    const file = join(changed, '01_sample.yaml')
    writeFileSync(file, readFileSync(file, 'utf8').replace('\\brm\\s', '\\brm\\b'))
    const { diagnostics } = verifyBundle(bundle, compileUserLayer([changed]))
    expect(renderDiagnostics(diagnostics, { colour: false })).toMatch(
      /01_sample\.yaml:15:\d+: error\[table-differs\]: the table's automaton of the regex `\\brm\\b` in `BlockRm` does not match "rm"/,
    )
  })

  it('finds a bundle that is cut off, empty, missing, or of another kernel', () => {
    const { bundle, found } = compiledSample()
    const whole = readFileSync(bundle, 'utf8')
    const broken = [
      ['', 'this is no bundle of agsec'],
      [whole.slice(0, whole.length / 2), 'this is no bundle of agsec'],
      [whole.slice(0, -30), 'the call that starts it differs'],
      [whole.replace('agsecKernel=', 'agsecKernel= '), 'its kernel differs'],
      [whole.replace(/kernel [^,]*,/, 'kernel 0.0.1,'), 'its header differs at line 1'],
    ] as const
    expect(found()).toEqual([])
    for (const [text, message] of broken) {
      writeFileSync(bundle, text)
      expect(found().join()).toContain(message)
    }
    rmSync(bundle)
    expect(found()).toEqual(['bundle-differs: the bundle cannot be read'])
  })

  it('finds one flipped character in the parts of the kernel', () => {
    const { home, found } = compiledSample()
    const data = dataIn(home)
    const bytes = readFileSync(data)
    const at = bytes.length - 1000
    bytes[at] = (bytes[at] ?? 0) ^ 1
    writeFileSync(data, bytes)
    expect(found().join('\n')).toContain('the parts of the kernel')
  })

  it('finds a flipped byte of the table, a missing and a foreign one', () => {
    const { home, bundle, found } = compiledSample({ '02_large.yaml': largePolicy() })
    expect(found()).toEqual([])
    const table = dataIn(home)
    const bytes = readFileSync(table)
    const flipped = Uint8Array.from(bytes)
    // The first automata stand first among the blocks.
    const at = sectionAt(wordsOf(bytes), 'bytes').start + 10_000
    flipped[at] = (flipped[at] ?? 0) ^ 4
    writeFileSync(table, flipped)
    expect(found().join('\n')).toMatch(/bundle-differs: the data `policy-[0-9a-f]{16}\.data` should be called/)
    expect(found().join('\n')).toMatch(/table-differs: the table's automaton of the [a-z ]+ `/)
    writeFileSync(table, readFileSync(bundle))
    expect(found().join('\n')).toContain('table-differs: not a decision table of this version')
    rmSync(table)
    expect(found()).toEqual(['bundle-differs: the data that the bundle names cannot be read'])
  })
})
