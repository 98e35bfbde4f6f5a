/** A policy that was edited after it was compiled: the stricter of old and new decides until a person compiles. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ENGINE_STARTS } from '../../../cli/engine/engine-kind.js'
import { claudeCode } from '../../../runtime/agents/claude-code.js'
import { hookCommand } from '../../../cli/install/hook-command.js'
import { bashInput, engineCommand, type HookEngine, runHookCommand, verdict } from './installed-hook.js'

const cli = join(import.meta.dirname, '../../../dist/bin/agsec.js')
const policy = (body: string) => `statements:\n${body}  - { sid: Allow, effect: allow, actions: [bash.execute] }\n`
const block = (word: string) =>
  `  - { sid: Block-${word}, effect: deny, actions: [bash.execute], conditions: { params.command: { op: contains, value: ${word} } } }\n`

/** Registers the tests for one engine. */
export function countsChangedPolicies(engine: HookEngine): void {
  const { target } = ENGINE_STARTS[engine.kind]
  const bundleName = target === 'qjs' ? 'policy.bundle.qjs.js' : 'policy.bundle.cjs'

  let folder: string
  let file: string
  let command: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'agsec-changed-'))
    const agsecHome = join(folder, '.agsec')
    mkdirSync(join(agsecHome, 'policies'), { recursive: true })
    file = join(agsecHome, 'policies/policy.yaml')
    writeFileSync(file, policy(block('red')))
    compileNow()
    command = hookCommand(
      {
        engine: engineCommand(engine),
        bundle: join(agsecHome, bundleName),
        agsecHome,
        home: folder,
        user: 'u',
        cli: [process.execPath, cli],
      },
      claudeCode,
    )
  })

  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  function compileNow(): void {
    // Nothing is in force then, so that nobody at a terminal is needed.
    rmSync(join(folder, '.agsec', bundleName), { force: true })
    execFileSync(process.execPath, [cli, '--agsec-home', join(folder, '.agsec'), 'compile', '--target', target], { stdio: 'ignore' })
  }

  const ask = (word: string) => runHookCommand(command, bashInput(`echo ${word}`))

  describe('an edited policy', () => {
    it('decides as compiled while nothing has changed', () => {
      expect([verdict(ask('red')), verdict(ask('blue'))]).toEqual(['blocked', 'runs'])
    })

    it('tightens at once, and says what to do', () => {
      writeFileSync(file, policy(block('red') + block('blue')))
      const ran = ask('blue')
      expect(verdict(ran)).toBe('blocked')
      expect(JSON.parse(ran.stdout).systemMessage).toContain('agsec compile')
    })

    it('loosens only when a person compiles', () => {
      writeFileSync(file, policy(''))
      expect(verdict(ask('red'))).toBe('blocked')
      compileNow()
      expect(verdict(ask('red'))).toBe('runs')
    })

    it('that does not compile leaves the last good one in force, and the user is told on every call', () => {
      writeFileSync(file, 'statements: [')
      expect(verdict(ask('red'))).toBe('blocked')
      for (const _ of [1, 2]) {
        const { status, stdout } = ask('blue')
        expect(status).toBe(0)
        expect(JSON.parse(stdout)).toEqual({ systemMessage: expect.stringContaining('do not compile') })
      }
    })

    it('that was only touched is stamped again', () => {
      utimesSync(file, new Date(), new Date())
      expect(verdict(ask('blue'))).toBe('runs')
      const stamp = JSON.parse(readFileSync(join(folder, `.agsec/${bundleName}.stamp.json`), 'utf8'))
      expect(stamp.files[0].mtimeMs).toBeGreaterThan(0)
      // The command line is not needed any more: with one that is missing the call would be blocked.
      expect(verdict(runHookCommand(command.replace(cli, '/nonexistent'), bashInput('echo blue')))).toBe('runs')
    })

    it('in a new file counts too, and one that is gone does not loosen', () => {
      writeFileSync(join(folder, '.agsec/policies/zz.yaml'), policy(block('blue')).replace('sid: Allow', 'sid: Allow2'))
      expect(verdict(ask('blue'))).toBe('blocked')
      rmSync(join(folder, '.agsec/policies'), { recursive: true })
      expect(existsSync(file)).toBe(false)
      expect(verdict(ask('red'))).toBe('blocked')
    })

    it('is recorded by whoever decided', () => {
      writeFileSync(file, policy(block('blue')))
      ask('blue')
      const audit = readFileSync(join(folder, '.agsec/audit/current.jsonl'), 'utf8')
      expect(JSON.parse(audit)).toMatchObject({ decision: 'deny', outcome: 'denied', sid: 'Block-blue' })
    })

    it('does not loosen agsec’s protection of itself', () => {
      writeFileSync(file, policy(''))
      expect(verdict(runHookCommand(command, bashInput('rm -rf ~/.agsec')))).toBe('blocked')
    })
  })
}
