import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { agsec, startAgsec } from './run-cli.js'
import { SAMPLE, samplePolicies } from './sample-policy.js'
import { tempFolder } from './temp-folder.js'

const require = createRequire(import.meta.url)

/** Loads the bundle afresh, as a new process would, and asks it something that any of our policies denies. */
function decisionOf(bundle: string): string {
  delete require.cache[require.resolve(bundle)]
  return require(bundle).decide({ action: 'bash.execute', params: { command: 'rm -rf x' } }).decision
}

/** A policy whose table is too large for the bundle's own text; policies of different seeds have different tables. */
function largePolicy(seed: string): string {
  const statements = Array.from({ length: 150 }, (_, at) => {
    const pattern = `\\b${seed}-tool-${at}\\s+(--force|-f|--delete=[a-z]{3,8}${at})\\b`
    return `  - {sid: S${at}, effect: deny, actions: bash.execute, conditions: {params.command: {op: regex, value: '${pattern}'}}}\n`
  })
  return `statements:\n${statements.join('')}  - {sid: Rm, effect: deny, actions: bash.execute, conditions: {params.command: {op: contains, value: rm}}}\n`
}

describe('agsec compile', () => {
  it('writes a bundle that decides, the same bytes wherever it is compiled', () => {
    const home = tempFolder()
    const policies = samplePolicies(home, 'policies')
    expect(agsec(['compile', '--agsec-home', home])).toMatchObject({
      status: 0,
      stderr: '',
      stdout: expect.stringMatching(/^compiled 3 statements of 1 file → .*policy\.bundle\.cjs/),
    })
    const bundle = join(home, 'policy.bundle.cjs')
    expect(decisionOf(bundle)).toBe('deny')
    const elsewhere = tempFolder()
    expect(agsec(['compile', samplePolicies(elsewhere, 'other'), '-o', 'out/b.js'], '', elsewhere).status).toBe(0)
    expect(readFileSync(join(elsewhere, 'out/b.js'))).toEqual(readFileSync(bundle))
    expect(JSON.parse(readFileSync(`${bundle}.stamp.json`, 'utf8'))).toMatchObject({
      version: 1,
      paths: [],
      folders: expect.arrayContaining([policies]),
      files: [
        {
          path: join(policies, '01_sample.yaml'),
          size: Buffer.byteLength(SAMPLE),
          mtimeMs: expect.any(Number),
          ctimeMs: expect.any(Number),
        },
      ],
    })
  })
  it('checks without writing', () => {
    const home = tempFolder()
    const policies = samplePolicies(home, 'policies')
    const check = () => agsec(['compile', '--check', '--agsec-home', home])
    expect(check()).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('there is no bundle') })
    expect(readdirSync(home)).toEqual(['policies'])
    agsec(['compile', '--agsec-home', home])
    expect(check()).toMatchObject({ status: 0, stderr: '' })
    writeFileSync(join(policies, '01_sample.yaml'), SAMPLE.replace('allows: [ls]', 'allows: ["rm x"]'))
    const failed = check()
    expect(failed).toMatchObject({ status: 1, stdout: '' })
    expect(failed.stderr).toContain('is not what the sources give')
    expect(failed.stderr).toContain(
      'FAIL  01_sample.yaml:20  BlockRm allows `rm x`\n      expected allow, found deny by `BlockRm` (01_sample.yaml:11)\n',
    )
  })
  it('leaves the old bundle in force where the sources do not compile', () => {
    const home = tempFolder()
    const policies = samplePolicies(home, 'policies')
    agsec(['compile', '--agsec-home', home])
    const before = readFileSync(join(home, 'policy.bundle.cjs'))
    writeFileSync(join(policies, '02_bad.yaml'), 'statements: [{sid: X, effect: dney}]\n')
    const run = agsec(['compile', '--agsec-home', home])
    expect(run).toMatchObject({ status: 1, stdout: '' })
    expect(run.stderr).toContain('02_bad.yaml:1')
    expect(run.stderr).toContain('stays as it was')
    expect(readFileSync(join(home, 'policy.bundle.cjs'))).toEqual(before)
  })
  it('prints the compiled policy, always the same', () => {
    const folder = samplePolicies(tempFolder(), 'p')
    const { status, stdout } = agsec(['compile', folder, '--emit', 'ir'])
    expect(status).toBe(0)
    expect(stdout).toContain('deny BlockRm (01_sample.yaml:11)')
    expect(agsec(['compile', folder, '--emit', 'ir']).stdout).toBe(stdout)
    expect(agsec(['compile', folder, '--emit', 'wasm'])).toMatchObject({ status: 2, stdout: '' })
    expect(agsec(['compile', folder, '--emit', 'table']).stdout).toMatch(/^s\d+ deny BlockRm \(01_sample\.yaml:11\)$/m)
  })
  it('says in figures what the passes did, and compiles without those left out', () => {
    const folder = samplePolicies(tempFolder(), 'p')
    const bundle = join(tempFolder(), 'b.js')
    const figures = agsec(['compile', folder, '-o', bundle, '--stats'])
    expect(figures).toMatchObject({ status: 0, stderr: '' })
    expect(figures.stdout).toMatch(
      /^compiled 3 statements[^]*\npass +statements[^]*\ndedupe [^]*\ntable of [\d,]+ bytes\n[^]*\n {2}encode +[\d.]+ ms\n/,
    )
    const json = agsec(['compile', folder, '-o', bundle, '--stats', '--json', '--without', 'fold', '--without', 'order'])
    expect(JSON.parse(json.stdout).passes.map((pass: { readonly name: string }) => pass.name)).toEqual([
      'dedupe',
      'index-actions',
      'index-values',
      'index-literals',
    ])
    expect(decisionOf(bundle)).toBe('deny')
    expect(agsec(['compile', folder, '--without', 'odrer'])).toEqual({
      status: 2,
      stdout: '',
      stderr: 'agsec: there is no pass `odrer`\n  help: did you mean `order`?\n',
    })
    expect(agsec(['compile', folder, '--stats', '--check'])).toMatchObject({ status: 2, stdout: '' })
  })
  it('never leaves a torn bundle, whoever else compiles', async () => {
    const home = tempFolder()
    const bundle = join(home, 'b.js')
    const folders = ['one', 'two', 'three'].map(seed => {
      const folder = join(home, seed)
      mkdirSync(folder)
      writeFileSync(join(folder, 'p.yaml'), largePolicy(seed))
      return folder
    })
    agsec(['compile', folders[0] ?? '', '-o', bundle])
    expect(readdirSync(home).some(name => name.endsWith('.data'))).toBe(true)
    const runs = [...folders, ...folders].map(folder => startAgsec(['compile', folder, '-o', bundle]).ended)
    const all = Promise.all(runs)
    let loads = 0
    const ended = all.then(() => true)
    while (!(await Promise.race([ended, delay(5, false)]))) {
      expect(decisionOf(bundle)).toBe('deny')
      loads++
    }
    expect((await all).map(run => run.status)).toEqual([0, 0, 0, 0, 0, 0])
    expect(decisionOf(bundle)).toBe('deny')
    expect(loads).toBeGreaterThan(10)
    expect(readdirSync(home).filter(name => name.endsWith('.tmp'))).toEqual([])
  })
  it('leaves a whole bundle wherever it is interrupted', async () => {
    const home = tempFolder()
    const folder = join(home, 'p')
    mkdirSync(folder)
    writeFileSync(join(folder, 'p.yaml'), largePolicy('one'))
    const bundle = join(home, 'b.js')
    agsec(['compile', folder, '-o', bundle])
    const before = readFileSync(bundle)
    writeFileSync(join(folder, 'p.yaml'), largePolicy('two'))
    let interrupted = 0
    for (const waitMs of [50, 200, 400, 600, 800, 1000, 1200]) {
      const run = startAgsec(['compile', folder, '-o', bundle])
      await delay(waitMs)
      run.kill('SIGINT')
      const { status } = await run.ended
      if (status === null) interrupted++
      expect(decisionOf(bundle)).toBe('deny')
      if (status === null && waitMs <= 200) expect(readFileSync(bundle)).toEqual(before)
    }
    expect(interrupted).toBeGreaterThan(0)
  })
  it('says what is missing instead of failing inside', () => {
    const home = tempFolder()
    const run = agsec(['compile', '--agsec-home', home])
    expect(run.status).not.toBe(0)
    expect(run.stderr).not.toContain('internal error')
    expect(existsSync(join(home, 'policy.bundle.cjs'))).toBe(false)
    rmSync(home, { recursive: true })
  })
})
