/** The doctor on machines with a fault each. The agents' programs are scripts that know their version. */
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { DoctorReport } from '../../../cli/doctor/doctor-report.js'
import { CLI } from '../run-cli.js'
import { tempFolder } from '../temp-folder.js'

interface TestMachine {
  readonly home: string
  readonly run: (
    args: readonly string[],
    variables?: Readonly<Record<string, string>>,
  ) => { readonly status: number | null; readonly stdout: string }
}

/** @param programs scripts by name */
function machine(programs: Readonly<Record<string, string>> = {}): TestMachine {
  const home = realpathSync(tempFolder())
  const bin = join(home, 'bin')
  for (const folder of [bin, join(home, 'project')]) mkdirSync(folder)
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`)
    chmodSync(join(bin, name), 0o755)
  }
  const run: TestMachine['run'] = (args, variables = {}) => {
    const env = { HOME: home, PATH: bin, LANG: 'C.UTF-8', ...variables }
    return spawnSync(process.execPath, [...CLI, ...args], { cwd: join(home, 'project'), env, encoding: 'utf8' })
  }
  return { home, run }
}

function installed(...platforms: readonly string[]): TestMachine {
  const made = machine(CLAUDE)
  made.run(['init'])
  expect(made.run(['install', ...platforms]).status).toBe(0)
  return made
}

const CLAUDE = { claude: 'echo "2.1.330 (Claude Code)"' }

function report(
  { run }: TestMachine,
  variables?: Readonly<Record<string, string>>,
): { readonly status: number | null; readonly report: DoctorReport } {
  const { status, stdout } = run(['doctor', '--json'], variables)
  return { status, report: JSON.parse(stdout) as DoctorReport } // what `--json` prints
}

function problems({ machine: own, agents }: DoctorReport): readonly string[] {
  return [own, ...agents.map(({ findings }) => findings)]
    .flat()
    .filter(({ level }) => level === 'problem')
    .map(({ message }) => message)
}

function steady(text: string, home: string): string {
  return text
    .replaceAll(home, '~')
    .replaceAll(process.execPath, '/usr/bin/node')
    .replace(/hooks run on .*/, 'hooks run on …')
    .replace(/agsec \d+\.\d+\.\d+/, 'agsec 0.0.0')
    .replace(/compiled, \d+ statements/, 'compiled, 70 statements')
    .replace(/ {11}help: install an engine .*\n/, '')
    .replace(/ {2}(ok|note) {4,}hooks run/, '  ok       hooks run')
}

describe('on a fresh machine', () => {
  it('says what to do first', () => {
    const { run, home } = machine(CLAUDE)
    const { status, stdout } = run(['doctor'])
    expect(status).toBe(1)
    expect(steady(stdout, home)).toBe(
      [
        'agsec 0.0.0, ~/.agsec',
        '  problem  there are no policies in ~/.agsec/policies',
        '           help: run `agsec init`',
        '',
        'Claude Code, ~/bin/claude',
        '  ok       version 2.1.330',
        '  problem  no hook of agsec is in its settings: it asks nobody',
        '           help: run `agsec install claude-code`',
        '  limit    `disableAllHooks` in any settings file, and `--bare`, switch this hook off; a managed one stays on',
        '  limit    a hook of a project can replace the input of a call after agsec has let it through; a managed installation allows none',
        '  limit    files named with `@` in a prompt are read without a hook: `agsec export claude-code` makes deny rules for them',
        '',
        '2 problems',
        '',
      ].join('\n'),
    )
    expect(existsSync(join(home, '.agsec'))).toBe(false)
  })

  it('knows when there is no agent', () => {
    expect(machine().run(['doctor']).stdout).toContain('no agent was found on this machine')
  })

  it('refuses names of no agent', () => {
    expect(machine().run(['doctor', 'clode']).status).toBe(2)
  })
})

describe('with the hook installed', () => {
  it('sends canaries through it and has no problems', () => {
    const { run, home } = installed('claude-code')
    const { status, stdout } = run(['doctor'])
    const text = steady(stdout, home)
    expect(text).toContain(
      [
        'Claude Code, ~/bin/claude',
        '  ok       version 2.1.330',
        '  ok       hook in ~/.claude/settings.json (user)',
        '  ok       a call that would remove a file of agsec is stopped: [agsec] ',
      ].join('\n'),
    )
    expect(text).toContain('  ok       a harmless call is let through\n')
    expect(text).toMatch(/\nno problems\n$/)
    expect(status).toBe(0)
  })

  it('has the same as JSON, with what went in and what came back', () => {
    const { report: found } = report(installed('claude-code', 'cline'))
    expect(found.problems).toBe(0)
    expect(found.agents.map(({ platform, client }) => [platform, client?.version])).toEqual([
      ['claude-code', '2.1.330'],
      ['cline', undefined],
    ])
    const canaries = found.agents.flatMap(({ hooks }) => hooks.flatMap(hook => hook.canaries))
    expect(canaries.map(({ call, verdict, reply }) => [call, verdict, reply.status])).toEqual([
      ['forbidden', 'stopped', 2],
      ['harmless', 'let through', 0],
      ['forbidden', 'stopped', 0],
      ['harmless', 'let through', 0],
    ])
    expect(JSON.parse(canaries[0]?.input ?? '')).toMatchObject({ hook_event_name: 'PreToolUse', tool_name: 'Bash' })
  })
})

describe('what is wrong is found', () => {
  it('all at once', () => {
    const made = installed('claude-code')
    const { home } = made
    writeFileSync(join(home, '.agsec/policy.bundle.cjs'), '')
    mkdirSync(join(home, '.agsec/audit/current.jsonl'), { recursive: true })
    mkdirSync(join(home, 'project/.claude'))
    writeFileSync(join(home, 'project/.claude/settings.json'), '{"disableAllHooks": true}')
    writeFileSync(join(home, 'bin/claude'), '#!/bin/sh\necho 2.1.290\n')
    const { status, report: found } = report(made, { LD_PRELOAD: '/nonexistent/library.so' })
    const text = problems(found).join('\n')
    for (const problem of [
      /the bundle is damaged/,
      /the log .* cannot be written: .* is a folder/,
      /LD_PRELOAD is set/,
      /version 2.1.290 is older than 2.1.295/,
      /`disableAllHooks` in .*project.* switches the hook off/,
      /the hook does not answer a forbidden call/,
      /the hook does not answer a harmless call/,
    ]) {
      expect(text).toMatch(problem)
    }
    expect({ status, problems: found.problems }).toEqual({ status: 1, problems: 7 })
  })

  it('a policy that has changed, and settings that are no JSON, in which there is no hook', () => {
    const made = installed('claude-code')
    const settings = join(made.home, '.claude/settings.json')
    writeFileSync(join(made.home, '.agsec/policies/99.yaml'), 'statements: [{ effect: deny, actions: x.y }]\n')
    writeFileSync(settings, readFileSync(settings, 'utf8').trimEnd().slice(0, -1))
    const { status, report: found } = report(made)
    expect(problems(found).map(problem => problem.replaceAll(made.home, '~'))).toEqual([
      expect.stringContaining('the policies have changed'),
      expect.stringContaining('~/.claude/settings.json cannot be read: line'),
      expect.stringContaining('no hook of agsec is in its settings'),
    ])
    expect(status).toBe(1)
  })
})
