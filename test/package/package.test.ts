/** The packed tarball, installed into an empty folder with an empty home, is enough to do everything the README says. */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type BuildOptions, buildSync } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { KERNEL_VERSION } from '../../runtime/decide/version.js'

const root = join(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'agsec-package-'))
const home = mkdtempSync(join(tmpdir(), 'agsec-home-'))
let files: readonly string[] = []

function agsec(args: readonly string[], input = '') {
  const run = spawnSync(join(folder, 'node_modules/.bin/agsec'), args, {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: home },
    input,
    encoding: 'utf8',
  })
  return { status: run.status, stdout: run.stdout, stderr: run.stderr }
}

/** The same program with somebody at its terminal, who types what is asked for. */
function asPerson(args: readonly string[]) {
  const module = pathToFileURL(join(folder, 'node_modules/agsec/dist/bin/run-main.js')).href
  const person = '{ ancestors: () => [], variables: [], atTerminal: true, ask: question => /Type `(.*)` to go on/.exec(question)[1] }'
  const script = `import { runMain } from '${module}'; await runMain(${JSON.stringify(args)}, ${person})`
  return spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: home },
    encoding: 'utf8',
  })
}

beforeAll(() => {
  const [packed] = JSON.parse(execFileSync('npm', ['pack', '--json', '--pack-destination', folder], { cwd: root, encoding: 'utf8' }))
  files = packed.files.map((file: { path: string }) => file.path)
  writeFileSync(join(folder, 'package.json'), '{ "private": true }')
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--omit=dev', join(folder, packed.filename)], { cwd: folder, stdio: 'ignore' })
})

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
  rmSync(home, { recursive: true, force: true })
})

describe('the tarball', () => {
  it('holds what a user needs and nothing else', () => {
    for (const needed of [
      'dist/bin/agsec.js',
      'dist/kernel.js',
      'dist/kernel.parts',
      'dist/prebuilt-automata.txt',
      'dist/self-protection.json',
      'dist/chevrotain.cjs',
      'dist/chevrotain.cjs.LICENSE.txt',
      'dist/policy-schema.cjs',
      'dist/policy-schema.cjs.LICENSE.txt',
      'compiler/schema/policy.schema.json',
      'policies/01_base.yaml',
      'README.md',
      'LICENSE',
      'CHANGELOG.md',
    ]) {
      expect(files).toContain(needed)
    }
    expect(
      files.filter(file =>
        /^(dist\/)?(test|bench|fuzz)\/|(^|\/)node_modules\/|\.tsbuildinfo$|\.test\.js$|build-(kernel|chevrotain|prebuilt|schema|sdk)|emit\/(kernel-)?parts/.test(
          file,
        ),
      ),
    ).toEqual([])
    // Types of what applications import, and of what those are made of.
    expect(files.filter(file => /\.ts$/.test(file) && !/^dist\/(cjs\/)?(sdk|runtime\/\w+)\/[\w-]+\.d\.ts$/.test(file))).toEqual([])
  })

  it('carries the version of its kernel', () => {
    expect(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version).toBe(KERNEL_VERSION)
    expect(agsec(['--version']).stdout).toContain(KERNEL_VERSION)
  })
})

describe('a new user', () => {
  it('initialises, checks, installs, is guarded, and uninstalls', () => {
    expect(agsec(['init']).status).toBe(0)
    expect(agsec(['check', '--command', 'rm -rf x', '--exit-code']).status).toBe(4)
    expect(agsec(['check', '--command', 'ls', '--exit-code']).status).toBe(0)
    expect(agsec(['test']).status).toBe(0)
    expect(agsec(['install', 'claude-code']).status).toBe(0)

    const settings = JSON.parse(readFileSync(join(home, '.claude/settings.json'), 'utf8'))
    const command: string = settings.hooks.PreToolUse[0].hooks[0].command
    const hook = (bash: string) =>
      spawnSync('/bin/sh', ['-c', command], {
        cwd: folder,
        env: {},
        encoding: 'utf8',
        input: JSON.stringify({
          session_id: 's',
          cwd: folder,
          hook_event_name: 'PreToolUse',
          tool_name: 'Bash',
          tool_input: { command: bash },
          tool_use_id: 't',
        }),
      })
    expect(hook('ls')).toMatchObject({ status: 0, stdout: '' })
    expect(hook('rm -rf x').status).toBe(2)

    expect(agsec(['audit', '--json']).stdout).toContain('rm -rf x')
    expect(agsec(['status', '--json']).status).toBe(0)
    expect(agsec(['uninstall', 'claude-code'])).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^agsec: cannot .*is for a person/s),
    })
    expect(asPerson(['uninstall', 'claude-code']).status).toBe(0)
    expect(existsSync(join(home, '.claude/settings.json')) ? readFileSync(join(home, '.claude/settings.json'), 'utf8') : '').not.toContain(
      'agsec',
    )
  })

  it('writes expressions', () => {
    writeFileSync(join(folder, 'when.yaml'), 'statements:\n  - effect: deny\n    when: (params.a==1)\n')
    expect(agsec(['fmt', 'when.yaml'])).toMatchObject({ status: 0, stderr: '' })
    expect(readFileSync(join(folder, 'when.yaml'), 'utf8')).toContain('when: params.a == 1\n')
  })

  it('runs the demo', () => {
    const demo = agsec(['demo'])
    expect(demo.status).toBe(0)
    expect(demo.stdout).toContain('rm -rf')
  })
})

describe('an application', () => {
  const RULES = `[allow('*'), deny('payment').when(param('amount').gt(10))]`
  const ASKS = `
    const guard = createGuard({ rules: ${RULES} })
    if (guard.problem !== undefined) throw new Error(guard.problem)
    const kinds = [5, 50].map(amount => guard.authorizeSync({ framework: 'test', name: 'payment', input: { amount } }).kind)
    const pay = guard.guard('payment', ({ amount }) => amount)
    try { pay({ amount: 50 }) } catch (error) { kinds.push(String(error instanceof PolicyViolationError)) }
    console.log(kinds.join())`

  function node(name: string, text: string): string {
    writeFileSync(join(folder, name), text)
    return execFileSync(process.execPath, [name], { cwd: folder, encoding: 'utf8' }).trim()
  }

  it('guards its tools as an ECMAScript module and as CommonJS', () => {
    const names = 'createGuard, allow, deny, param, PolicyViolationError'
    expect(node('app.mjs', `import { ${names} } from 'agsec/sdk'\n${ASKS}`)).toBe('allowed,refused,true')
    expect(node('app.cjs', `const { ${names} } = require('agsec/sdk')\n${ASKS}`)).toBe('allowed,refused,true')
  })

  it('guards them with a bundle, without the compiler', () => {
    writeFileSync(join(folder, 'p.yaml'), 'default: allow\nstatements:\n  - {effect: deny, actions: file.delete}\n')
    expect(agsec(['compile', 'p.yaml', '-o', 'p.cjs']).status).toBe(0)
    expect(agsec(['compile', 'p.yaml', '-o', 'p.mjs', '--target', 'esm']).status).toBe(0)
    const asks = `
      console.log(['ls', 'rm x'].map(command => guard.authorizeSync({ framework: 'test', name: 'bash', input: { command } }).kind).join())
      console.log(Object.keys(require.cache).some(file => file.includes('compiler')))`
    expect(node('bundled.cjs', `const guard = require('agsec/sdk').createGuard({ bundle: 'p.cjs' })\n${asks}`)).toBe(
      'allowed,refused\nfalse',
    )
    const imports = "import { createGuard } from 'agsec/sdk'\nimport { bundle } from './p.mjs'\n"
    expect(node('module.mjs', `${imports}const guard = createGuard({ bundle })\n${asks.split('\n')[1] ?? ''}`)).toBe('allowed,refused')
  })

  it('loads what stands between a framework and its tools without the framework', () => {
    const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      readonly exports: Readonly<Record<string, unknown>>
    }
    const modules = Object.keys(exports).filter(path => path.startsWith('./sdk/'))
    expect(modules.length).toBeGreaterThan(4)
    const names = JSON.stringify(modules.map(path => path.replace('.', 'agsec')))
    const functions = "Object.values(module).filter(each => typeof each === 'function').length"
    const imported = node('all.mjs', `for (const name of ${names}) { const module = await import(name); console.log(name, ${functions}) }`)
    expect(node('all.cjs', `for (const name of ${names}) { const module = require(name); console.log(name, ${functions}) }`)).toBe(imported)
    expect(imported).not.toMatch(/ 0$/m)
  })

  it('has types for both', () => {
    const uses = `
      const options: GuardOptions = { rules: [deny('payment').when(param('amount').gt(10))], onReview: async ({ params }) => params['a'] === 1 }
      const guard: Guard = createGuard(options)
      const pay = guard.wrap((amount: number, to: string) => amount + to, { action: 'payment', params: ['amount', 'to'] })
      const paid: string = pay(5, 'a')
      // @ts-expect-error the wrapped function takes what the function takes
      pay('5')
      const verdict = guard.authorizeSync({ framework: 'test', name: 'x', input: paid })
      export const message: string = verdict.kind === 'refused' ? verdict.error.decision.result.reason : ''
      export const failed = (error: unknown) => error instanceof PolicyViolationError && error.code`
    const imports = "import { createGuard, deny, param, PolicyViolationError, type Guard, type GuardOptions } from 'agsec/sdk'\n"
    writeFileSync(join(folder, 'types.mts'), imports + uses)
    writeFileSync(join(folder, 'types.cts'), imports + uses)
    const tsc = join(root, 'node_modules/typescript/bin/tsc')
    const flags = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022', '--types', '', 'types.mts', 'types.cts']
    const run = spawnSync(process.execPath, [tsc, ...flags], { cwd: folder, encoding: 'utf8' })
    expect(run.stdout + run.stderr).toBe('')
  })

  it('of a bundler for browsers gets the entry without files', () => {
    writeFileSync(join(folder, 'web.mjs'), "export { createGuard } from 'agsec/sdk'\n")
    const script = (options: BuildOptions) =>
      buildSync({ ...options, entryPoints: [join(folder, 'web.mjs')], bundle: true, format: 'esm', write: false }).outputFiles[0]?.text
    for (const options of [{ platform: 'browser' }, { platform: 'neutral', conditions: ['workerd'] }] satisfies BuildOptions[]) {
      expect(script(options)).toContain('createGuard')
      expect(script(options)).not.toMatch(/node:|require\(/)
    }
  })
})
