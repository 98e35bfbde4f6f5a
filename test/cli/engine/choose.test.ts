/** Engines that must not come near a hook: each is a script that this test writes. */
import { chmodSync, mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chooseEngine, presentEngine, quickFlagsOf } from '../../../cli/engine/choose.js'
import { QUICK_FLAGS } from '../../../cli/engine/engine-kind.js'
import { identifyEngine } from '../../../cli/engine/identify.js'
import { whyReplaceable } from '../../../cli/engine/trusted-path.js'

const folder = join(import.meta.dirname, '../../../node_modules/.cache/agsec-fake-engines')
const node = process.execPath

function engine(name: string, script: string, mode = 0o755): string {
  const path = join(folder, name)
  writeFileSync(path, `#!/bin/sh\n${script}\n`)
  chmodSync(path, mode)
  return path
}

beforeAll(() => mkdirSync(folder, { recursive: true }))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const chosen =
  (enginePath: string, kind = 'node') =>
  () =>
    chooseEngine({ engine: kind, enginePath }, false)

describe('an engine', () => {
  it('is our own Node where nothing is asked for', () => {
    expect(chooseEngine({}, false)).toMatchObject({ kind: 'node', program: node, version: process.versions.node })
  })

  it('is asked which flags it takes', () => {
    const { flags, quickFlags } = chooseEngine({}, true)
    expect(flags).toEqual([])
    expect(QUICK_FLAGS).toContainEqual(quickFlags)
    expect(chooseEngine({}, false).quickFlags).toEqual([])
    // One that knows none of them.
    expect(quickFlagsOf('node', engine('old', '[ "$1" = -e ]'))).toEqual([])
    expect(quickFlagsOf('node', engine('older', 'case $* in *sparkplug*) exit 9;; esac'))).toEqual(['--no-rehash-snapshot'])
    expect(quickFlagsOf('bun', node)).toEqual([])
  })

  it('is named by an absolute path and is there', () => {
    expect(chosen('bin/qjs', 'qjs')).toThrow('`bin/qjs` is no absolute path')
    expect(chosen('/nonexistent/qjs', 'qjs')).toThrow('there is no program `/nonexistent/qjs`')
    expect(chosen(engine('plain', '', 0o644), 'qjs')).toThrow('there is no program')
    expect(() => chooseEngine({ engine: 'deno' }, false)).toThrow('unknown engine `deno`')
    expect(() => chooseEngine({ engine: 'toString' }, false)).toThrow('unknown engine')
    expect(() => chooseEngine({ engine: 'auto', enginePath: node }, false)).toThrow('--engine-path')
  })

  it('is none that everybody can write', () => {
    expect(chosen(engine('open', `exec ${node} "$@"`, 0o777))).toThrow(
      /an agent could replace .*: `.*` (can be written by everybody|belongs to user)/,
    )
  })

  // Where the folder of this test is a user's, no engine in it gets as far as being run.
  const safe = whyReplaceable(realpathSync(join(import.meta.dirname, '../../..'))) === undefined

  it.runIf(safe)('is what it is said to be', () => {
    expect(chosen(engine('true', 'exit 0'), 'qjs')).toThrow('is neither Node nor Bun nor QuickJS')
    expect(chosen(engine('node', `exec ${node} "$@"`), 'qjs')).toThrow(`is node ${process.versions.node}, not \`qjs\``)
  })

  it.runIf(safe)('decides every case as the language says', () => {
    expect(chosen(engine('good', `exec ${node} "$@"`))()).toMatchObject({ kind: 'node', version: process.versions.node })
    const wrong = engine('wrong', `${node} "$@" | sed 's/"decision":"review"/"decision":"allow"/'`)
    expect(chosen(wrong)).toThrow(/node \S+ fails the conformance suite: \S+, `.+`: `decision`: expected "review", found "allow"/)
    const crashing = engine('crashing', `case $1 in --version) echo v24.0.0;; *) echo oops >&2; exit 3;; esac`)
    expect(chosen(crashing)).toThrow(/node 24\.0\.0 fails the conformance suite: .*ended with status 3: oops/)
    const silent = engine('silent', `case $1 in --version) echo v24.0.0;; esac`)
    expect(chosen(silent)).toThrow('the answers are no JSON')
  })
})

describe('engines by what they say of themselves', () => {
  it.each([
    ['echo v22.1.0', { kind: 'node', version: '22.1.0' }],
    ['echo 1.2.3', { kind: 'bun', version: '1.2.3' }],
    ['[ $1 = --help ] && echo "QuickJS version 2021-03-27"; exit 1', { kind: 'qjs', version: '2021-03-27' }],
    ['[ $1 = --help ] && echo "QuickJS-ng version 0.16.2"; exit 1', { kind: 'qjs', version: 'ng 0.16.2' }],
  ])('%s', (script, identity) => {
    expect(identifyEngine(engine('said', script))).toEqual(identity)
  })

  it('are found on the PATH, and only by absolute folders', () => {
    const before = process.env['PATH']
    try {
      engine('qjs', 'exit 0')
      process.env['PATH'] = `.:${folder}`
      expect(presentEngine('qjs')).toBe(join(folder, 'qjs'))
      process.env['PATH'] = '.:'
      expect(presentEngine('qjs')).toBeUndefined()
    } finally {
      process.env['PATH'] = before
    }
  })
})
