/** Whatever happens to the hook, a call that the policy denies does not run, and neither does one that it never decided. */
import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { codeCacheName } from '../../../compiler/emit/kernel.js'
import { claudeCode } from '../../../runtime/agents/claude-code.js'
import { hookCommand, quoted } from '../../../cli/install/hook-command.js'
import { bashInput, type HookEngine, type InstalledHook, removeHook, runHookCommand, setUpHook, verdict } from './installed-hook.js'

/** Ways to end that say nothing. */
const NODE_ENDS = ['process.exit(0)', 'process.exit(1)', 'process.kill(process.pid, "SIGKILL")']
const QUICKJS_ENDS = ['std.exit(0)', 'std.exit(1)', 'std.out.puts("{}"); std.exit(0)']

/** The file beside the bundle, and how many bytes of it are the table: the parts of the kernel stand behind. */
function dataOf({ bundle, folder }: InstalledHook): { readonly file: string; readonly table: number; readonly end: number } {
  const [, name = '', table] = /"file":"([^"]+)","table":(\d+)/.exec(readFileSync(bundle, 'utf8')) ?? []
  const file = join(folder, name)
  return { file, table: Number(table), end: statSync(file).size }
}

/** Registers the tests of this contract for one engine. */
export function failsClosed(engine: HookEngine): void {
  let hook: InstalledHook

  beforeEach(() => {
    hook = setUpHook(engine)
  })

  afterEach(() => removeHook(hook))

  const run = (input: string | Uint8Array, options = {}) => runHookCommand(hook.command, input, options)

  describe('the answers', () => {
    it('says nothing to what is allowed', () => {
      expect(run(bashInput('ls'))).toEqual({ status: 0, stdout: '', stderr: '' })
    })

    it('denies three times over: JSON, stderr and status', () => {
      const { status, stdout, stderr } = run(bashInput('rm -rf x'))
      expect(status).toBe(2)
      const { hookEventName, permissionDecision, permissionDecisionReason } = JSON.parse(stdout).hookSpecificOutput
      expect({ hookEventName, permissionDecision }).toEqual({ hookEventName: 'PreToolUse', permissionDecision: 'deny' })
      for (const text of [permissionDecisionReason, stderr]) {
        expect(text).toContain('no deletions')
        expect(text).toContain('move it to trash/')
        expect(text).toContain('BlockDelete, policy.yaml:3')
      }
    })

    it('asks where the policy says review', () => {
      expect(verdict(run(bashInput('git push')))).toBe('asks')
    })

    it('records what it answered', () => {
      run(bashInput('rm -rf x --token=abcdef123456'))
      run(bashInput('ls'))
      const records = readFileSync(join(hook.agsecHome, 'audit/current.jsonl'), 'utf8')
        .trim()
        .split('\n')
        .map(line => JSON.parse(line))
      expect(records.map(({ decision, outcome, sid, mode }) => ({ decision, outcome, sid, mode }))).toEqual([
        { decision: 'deny', outcome: 'denied', sid: 'BlockDelete', mode: 'enforce' },
        { decision: 'allow', outcome: 'allowed', sid: 'AllowShell', mode: 'enforce' },
      ])
      expect(records[0].params.command).toBe('rm -rf x --token=[masked]')
    })
  })

  describe('a damaged hook blocks', () => {
    it('when the bundle is missing', () => {
      rmSync(hook.bundle)
      expect(verdict(run(bashInput('ls')))).toBe('blocked')
    })

    it('when the bundle is cut off anywhere', () => {
      const size = readFileSync(hook.bundle).length
      const lengths = [0, 1, 2, 40, ...Array.from({ length: 24 }, (_, i) => Math.floor((size * (i + 1)) / 25)), size - 30, size - 2]
      for (const length of lengths.reverse()) {
        truncateSync(hook.bundle, length)
        expect(verdict(run(bashInput('ls'))), `${length} of ${size} bytes`).toBe('blocked')
      }
    })

    it('when its table is damaged', () => {
      const { file, table } = dataOf(hook)
      const text = readFileSync(file, 'latin1')
      for (const at of [0, 100, 1000, table - 40]) {
        writeFileSync(file, text.slice(0, at) + (text[at] === 'B' ? 'C' : 'B') + text.slice(at + 1), 'latin1')
        expect(verdict(run(bashInput('rm -rf x'))), `byte ${at}`).toBe('blocked')
      }
    })

    it('when the parts of its kernel are cut off, or no code', () => {
      // Else nothing is made of their text.
      rmSync(join(hook.folder, codeCacheName('qjs')), { force: true })
      const { file, table, end } = dataOf(hook)
      const text = readFileSync(file, 'latin1')
      for (const damaged of [text.slice(0, end - 1), text.slice(0, table), `${text.slice(0, table)}${')'.repeat(end - table)}`]) {
        writeFileSync(file, damaged, 'latin1')
        expect(verdict(run(bashInput('ls')))).toBe('blocked')
      }
    })

    it('when it throws, exits quietly or is killed', () => {
      for (const script of [
        'throw new Error("x")',
        ...(engine.kind === 'qjs' ? QUICKJS_ENDS : NODE_ENDS),
        'console.log("{}")',
        '}',
        '\0',
      ]) {
        writeFileSync(hook.bundle, script)
        expect(verdict(run(bashInput('ls'))), script).toBe('blocked')
      }
    })

    it('when the engine is missing', () => {
      const command = hookCommand(
        {
          engine: ['/nonexistent/engine'],
          bundle: hook.bundle,
          agsecHome: hook.agsecHome,
          home: '/h',
          user: 'u',
          cli: ['/nonexistent/engine', '/x'],
        },
        claudeCode,
      )
      expect(verdict(runHookCommand(command, bashInput('ls')))).toBe('blocked')
    })

    it('when stdout is closed under it', async () => {
      const child = spawn('/bin/sh', ['-c', hook.command], { env: {}, stdio: ['pipe', 'pipe', 'ignore'] })
      child.stdout.destroy()
      child.stdin.end(bashInput('rm -rf x'))
      const status = await new Promise(resolve => child.on('exit', resolve))
      expect(status).toBe(2)
    })

    it('when the policies have changed and nothing can compile them', () => {
      rmSync(`${hook.bundle}.stamp.json`)
      expect(verdict(run(bashInput('ls')))).toBe('blocked')
    })
  })

  describe('input that is no tool call blocks', () => {
    const whole = bashInput('ls')
    it.each([
      ['nothing', ''],
      ['white space', ' \n'],
      ['half a value', whole.slice(0, 60)],
      ['two values', `${whole}${whole}`],
      ['a value and more', `${whole} x`],
      ['a byte order mark', `\ufeff${whole}`],
      ['a list', '[]'],
      ['null', 'null'],
      ['a string', '"rm -rf x"'],
      ['no tool', '{"tool_input":{"command":"ls"}}'],
      ['a tool that is no name', '{"tool_name":1,"tool_input":{}}'],
      ['deep nesting', `{"tool_name":"X","tool_input":${'['.repeat(200_000)}${']'.repeat(200_000)}}`],
      ['single quotes', "{'tool_name':'Bash'}"],
    ])('%s', (_, input) => {
      expect(verdict(run(input))).toBe('blocked')
    })

    it('bytes that are no text', () => {
      expect(verdict(run(Buffer.concat([Buffer.from(whole.slice(0, -2)), Buffer.from([0xff, 0xfe]), Buffer.from('"}')])))).toBe('blocked')
    })

    it('more than eight megabytes, and says so', () => {
      const ran = run(bashInput(`echo ${'x'.repeat(8 * 1024 * 1024)}`))
      expect(verdict(ran)).toBe('blocked')
      expect(ran.stderr).toContain('8 MiB')
      // It is read: that it is too long to be understood is for the policy to judge.
      expect(verdict(run(bashInput(`echo ${'x'.repeat(7 * 1024 * 1024)}`)))).toBe('asks')
    })

    it.each([
      ['a string for the arguments', { tool_name: 'Bash', tool_input: 'rm -rf x' }],
      ['a list for the command', { tool_name: 'Bash', tool_input: { command: ['rm', '-rf', 'x'] } }],
      ['no arguments', { tool_name: 'Bash' }],
      ['an unknown tool', { tool_name: 'Teleport', tool_input: {} }],
      ['a name of the prototype', { tool_name: 'constructor', tool_input: {} }],
    ])('%s, which this policy allows nowhere', (_, input) => {
      expect(verdict(run(JSON.stringify(input)))).toBe('blocked')
    })
  })

  describe('the environment and the folder change nothing', () => {
    it('whatever an environment variable says', () => {
      const evil = join(hook.folder, 'evil.cjs')
      writeFileSync(evil, 'process.exit(10)')
      mkdirSync(join(hook.folder, 'bin'))
      for (const name of ['node', 'env', 'sh', 'echo']) {
        writeFileSync(join(hook.folder, 'bin', name), '#!/bin/sh\nexit 0\n')
        chmodSync(join(hook.folder, 'bin', name), 0o755)
      }
      const env = {
        NODE_OPTIONS: `--require ${evil}`,
        NODE_PATH: hook.folder,
        PATH: join(hook.folder, 'bin'),
        HOME: hook.folder,
        AGSEC_MODE: 'observe',
        AGSEC_POLICY_DIR: '/nonexistent',
        ENV: evil,
        BASH_ENV: evil,
        'BASH_FUNC_echo%%': '() { exit 0; }',
        NODE_EXTRA_CA_CERTS: evil,
        BUN_OPTIONS: `--preload ${evil}`,
      }
      expect(verdict(run(bashInput('rm -rf x'), { env }))).toBe('blocked')
      expect(verdict(run(bashInput('ls'), { env }))).toBe('runs')
      rmSync(hook.bundle)
      expect(verdict(run(bashInput('ls'), { env }))).toBe('blocked')
    })

    it('whatever lies in the working directory, beside the bundle or above it', () => {
      const cwd = join(hook.folder, 'project')
      mkdirSync(join(cwd, 'node_modules/fs'), { recursive: true })
      const evil = join(cwd, 'evil.cjs')
      writeFileSync(evil, engine.kind === 'qjs' ? 'std.exit(10)' : 'process.exit(10)')
      for (const folder of [cwd, hook.folder, join(hook.folder, '..')]) {
        writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
        writeFileSync(join(folder, '.env'), `NODE_OPTIONS=--require=${evil}\nBUN_OPTIONS=--preload=${evil}\n`)
        writeFileSync(join(folder, 'bunfig.toml'), `preload = ["${evil}"]\n[run]\nbun = true\n`)
        writeFileSync(join(folder, 'tsconfig.json'), `{"compilerOptions":{"baseUrl":".","paths":{"node:fs":["${evil}"],"*":["${evil}"]}}}`)
      }
      writeFileSync(join(cwd, 'mode'), 'observe')
      expect(verdict(run(bashInput('rm -rf x'), { cwd }))).toBe('blocked')
      expect(verdict(run(bashInput('ls'), { cwd }))).toBe('runs')
    })

    it('a working directory that is gone', () => {
      const cwd = join(hook.folder, 'gone')
      const inGone = `mkdir ${quoted(cwd)} && cd ${quoted(cwd)} && rmdir ${quoted(cwd)} && ${hook.command}`
      expect(verdict(runHookCommand(inGone, bashInput('ls')))).toBe('runs')
      expect(verdict(runHookCommand(inGone, bashInput('rm -rf x')))).toBe('blocked')
    })
  })

  describe('modes', () => {
    const setMode = (text: string) => writeFileSync(join(hook.agsecHome, 'mode'), text)

    it('observe lets through, and records what would have happened', () => {
      setMode('observe\n')
      expect(run(bashInput('rm -rf x'))).toEqual({ status: 0, stdout: '', stderr: '' })
      const record = JSON.parse(readFileSync(join(hook.agsecHome, 'audit/current.jsonl'), 'utf8'))
      expect(record).toMatchObject({ decision: 'deny', outcome: 'allowed', mode: 'observe' })
    })

    it('observe still protects agsec', () => {
      setMode('observe')
      expect(verdict(run(bashInput('echo x > ~/.agsec/mode')))).toBe('blocked')
    })

    it('halt blocks everything', () => {
      setMode('halt')
      expect(verdict(run(bashInput('ls')))).toBe('blocked')
    })

    it.each(['', 'Observe', 'observe enforce', 'off', '\0'])('%j means enforce', text => {
      setMode(text)
      expect(verdict(run(bashInput('rm -rf x')))).toBe('blocked')
    })

    it('a mode that cannot be read means enforce', () => {
      mkdirSync(join(hook.agsecHome, 'mode'))
      expect(verdict(run(bashInput('rm -rf x')))).toBe('blocked')
      expect(verdict(run(bashInput('ls')))).toBe('runs')
    })
  })

  describe('a call that cannot be recorded does not run', () => {
    const audit = () => join(hook.agsecHome, 'audit')
    const decisions = () => [verdict(run(bashInput('ls'))), verdict(run(bashInput('rm -rf x')))]

    it('a full disk', () => {
      mkdirSync(audit())
      symlinkSync('/dev/full', join(audit(), 'current.jsonl'))
      expect(decisions()).toEqual(['blocked', 'blocked'])
    })

    it('a file in the place of its folder', () => {
      writeFileSync(audit(), '')
      expect(decisions()).toEqual(['blocked', 'blocked'])
    })

    it('a deny says what it would say', () => {
      writeFileSync(audit(), '')
      expect(run(bashInput('ls')).stderr).toContain('the audit log cannot be written')
      expect(run(bashInput('rm -rf x')).stderr).toContain('no deletions')
    })

    it('but in observe, which stops nothing', () => {
      writeFileSync(audit(), '')
      writeFileSync(join(hook.agsecHome, 'mode'), 'observe')
      expect(decisions()).toEqual(['runs', 'runs'])
    })
  })

  describe('the command', () => {
    it.each(["it's", 'a "quoted" one', '$(touch owned) `x`', 'ünï cödé 😀', '-n', 'a\\b'])('works in a folder named %j', name => {
      const strange = setUpHook(engine, name)
      try {
        // Bun takes a backslash in the name of a script for a slash.
        const found = engine.kind !== 'bun' || !name.includes('\\')
        expect(verdict(runHookCommand(strange.command, bashInput('ls')))).toBe(found ? 'runs' : 'blocked')
        expect(verdict(runHookCommand(strange.command, bashInput('rm -rf x')))).toBe('blocked')
      } finally {
        removeHook(strange)
      }
    })

    it('is one that bash reads alike', () => {
      const ran = spawnSync('bash', ['-lc', hook.command], { input: bashInput('rm -rf x'), encoding: 'utf8' })
      expect(ran.status).toBe(2)
    })
  })
}
