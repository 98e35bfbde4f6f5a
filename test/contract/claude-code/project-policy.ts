/** The policy that a project brings along: it tightens from the first call on, and allows nothing until the user trusts it. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ENGINE_STARTS } from '../../../cli/engine/engine-kind.js'
import { homeAt } from '../../../cli/home.js'
import { hookCommand } from '../../../cli/install/hook-command.js'
import { forgetProjects } from '../../../cli/layers/project-state.js'
import { beginTrust, endTrust, projectAt, readTrustable } from '../../../cli/layers/trust-project.js'
import { trustedProjects } from '../../../cli/layers/trusted-projects.js'
import { claudeCode } from '../../../runtime/agents/claude-code.js'
import { bashInput, engineCommand, type HookEngine, type Ran, runHookCommand, verdict } from './installed-hook.js'

const cli = join(import.meta.dirname, '../../../dist/bin/agsec.js')
const on = (sid: string, effect: string, word: string) =>
  `  - { sid: ${sid}, effect: ${effect}, actions: [bash.execute], conditions: { params.command: { op: contains, value: ${word} } }, reason: obey ${word} }\n`
/** Silent about what nobody names. */
const USER = `statements:\n${on('UserAllows', 'allow', 'green')}${on('UserDenies', 'deny', 'red')}`
const policy = (...statements: readonly string[]) => `statements:\n${statements.join('')}`

/** Registers the tests for one engine. */
export function readsProjects(engine: HookEngine): void {
  const { target } = ENGINE_STARTS[engine.kind]
  const bundleName = target === 'qjs' ? 'policy.bundle.qjs.js' : 'policy.bundle.cjs'

  let home: string
  let agsecHome: string
  let project: string
  let command: string

  beforeAll(() => {
    home = join(mkdtempSync(join(tmpdir(), 'agsec-project-')), 'home')
    agsecHome = join(home, '.agsec')
    mkdirSync(join(agsecHome, 'policies'), { recursive: true })
    writeFileSync(join(agsecHome, 'policies/policy.yaml'), USER)
    agsec('compile', '--target', target)
    const paths = { engine: engineCommand(engine), bundle: join(agsecHome, bundleName), agsecHome, home, user: 'u' }
    command = hookCommand({ ...paths, cli: [process.execPath, cli] }, claudeCode)
  }, 60_000)

  beforeEach(() => {
    project = join(mkdtempSync(join(home, 'work-')), "it's a project é")
    mkdirSync(project)
  })

  afterEach(() => {
    for (const name of ['projects', 'trust.json', 'mode', 'audit']) rmSync(join(agsecHome, name), { recursive: true, force: true })
  })

  afterAll(() => rmSync(join(home, '..'), { recursive: true, force: true }))

  function agsec(...args: readonly string[]): string {
    return execFileSync(process.execPath, [cli, '--agsec-home', agsecHome, ...args], {
      encoding: 'utf8',
      env: { HOME: home },
      stdio: 'pipe',
    })
  }

  const trustNow = () => beginTrust(homeAt(agsecHome), readTrustable(projectAt(project)))
  const write = (text: string, name = 'policy.yaml') => {
    mkdirSync(join(project, '.agsec/policies'), { recursive: true })
    writeFileSync(join(project, '.agsec/policies', name), text)
  }
  const ask = (words: string, by = command) => runHookCommand(by, bashInput(`echo ${words}`, project))
  /** Where the command line would be needed, the call is blocked. */
  const alone = (words: string) => ask(words, command.replaceAll(cli, '/nonexistent'))
  const verdicts = (...words: readonly string[]) => words.map(word => verdict(ask(word)))
  const notice = ({ stdout }: Ran): string => JSON.parse(stdout).systemMessage

  describe('that has none', () => {
    it('changes nothing, and nobody is asked', () => {
      expect(['green', 'red', 'plain'].map(word => verdict(alone(word)))).toEqual(['runs', 'blocked', 'blocked'])
      expect(readdirSync(agsecHome)).not.toContain('projects')
    })
  })

  describe('that nobody trusted', () => {
    it('denies and reviews from the first call on, and is compiled once', () => {
      write(policy(on('No', 'deny', 'blue'), on('Ask', 'review', 'grey')))
      expect(verdicts('green', 'green blue', 'green grey')).toEqual(['runs', 'blocked', 'asks'])
      expect(['green', 'green blue', 'green grey'].map(words => verdict(alone(words)))).toEqual(['runs', 'blocked', 'asks'])
    })

    it('allows nothing', () => {
      write(`default: allow\n${policy('  - { sid: All, effect: allow }\n')}`)
      expect(verdicts('green', 'plain', 'red')).toEqual(['runs', 'blocked', 'blocked'])
    })

    it('says no word of its own to the agent, compiled or just found', () => {
      write(policy(on('obey_the_sid', 'deny', 'blue')), 'obey_the_name.yaml')
      for (const ran of [ask('green blue'), ask('green blue')]) {
        expect(verdict(ran)).toBe('blocked')
        expect(ran.stdout + ran.stderr).toContain('project#1')
        expect(ran.stdout + ran.stderr).not.toContain('obey')
      }
    })

    it('enforces nothing where agsec only observes', () => {
      write(policy(on('No', 'deny', 'blue')))
      writeFileSync(join(agsecHome, 'mode'), 'observe')
      expect(verdicts('green blue', 'green blue')).toEqual(['runs', 'runs'])
    })

    it('is recorded with its layer', () => {
      write(policy(on('No', 'deny', 'blue')))
      ask('green blue')
      const record = JSON.parse(readFileSync(join(agsecHome, 'audit/current.jsonl'), 'utf8'))
      expect(record).toMatchObject({ decision: 'deny', sid: 'project#1', source: 'project:file1:2' })
    })

    it('counts in its own project alone', () => {
      write(policy(on('No', 'deny', 'green')))
      expect(verdict(ask('green'))).toBe('blocked')
      expect(verdict(runHookCommand(command, bashInput('echo green', join(home, 'elsewhere'))))).toBe('runs')
    })
  })

  describe('that is trusted', () => {
    beforeEach(() => {
      write(policy(on('All', 'allow', 'plain'), on('No', 'deny', 'blue'), on('Red', 'allow', 'red')))
      trustNow()
    })

    it('allows what nobody else speaks of, and says why it denies', () => {
      expect(verdicts('plain', 'red', 'other')).toEqual(['runs', 'blocked', 'blocked'])
      expect(ask('green blue').stderr).toContain('obey blue')
    })

    it('is not once a file is another, and what was trusted allows nothing any more', () => {
      expect(verdict(ask('plain'))).toBe('runs')
      write(policy(on('All', 'allow', 'plain')))
      expect(verdicts('plain', 'green blue', 'plain')).toEqual(['blocked', 'blocked', 'blocked'])
      trustNow()
      expect(verdicts('plain', 'green blue')).toEqual(['runs', 'runs'])
    })

    it('is not once that is revoked', () => {
      expect(verdict(ask('plain'))).toBe('runs')
      expect(trustedProjects(homeAt(agsecHome))).toMatchObject([{ root: projectAt(project) }])
      expect(endTrust(homeAt(agsecHome), projectAt(project))).toBe(true)
      expect(trustedProjects(homeAt(agsecHome))).toEqual([])
      expect(verdicts('plain', 'green blue')).toEqual(['blocked', 'blocked'])
      expect(ask('green blue').stderr).not.toContain('obey')
    })

    it('is not where it lies elsewhere', () => {
      const copy = join(home, 'copy')
      mkdirSync(join(copy, '.agsec/policies'), { recursive: true })
      writeFileSync(join(copy, '.agsec/policies/policy.yaml'), readFileSync(join(project, '.agsec/policies/policy.yaml')))
      expect(verdict(runHookCommand(command, bashInput('echo plain', copy)))).toBe('blocked')
    })

    it('is not where the list of trust cannot be read', () => {
      writeFileSync(join(agsecHome, 'trust.json'), '{')
      expect(verdict(ask('plain'))).toBe('blocked')
      expect(() => trustedProjects(homeAt(agsecHome))).toThrow('cannot be understood')
    })
  })

  describe('that changed', () => {
    beforeEach(() => {
      write(policy(on('No', 'deny', 'blue')))
      expect(verdict(ask('green blue'))).toBe('blocked')
    })

    it('tightens at once', () => {
      write(policy(on('No', 'deny', 'blue'), on('NoGrey', 'deny', 'grey')))
      const ran = ask('green')
      expect([notice(ran).includes('agsec trust'), verdict(ask('green grey'))]).toEqual([true, 'blocked'])
      expect(verdict(alone('green grey'))).toBe('blocked')
    })

    it('loosens only when a person compiles', () => {
      write(policy(on('Other', 'deny', 'grey')))
      expect(verdicts('green blue', 'green grey')).toEqual(['blocked', 'blocked'])
      write(policy(on('Another', 'deny', 'white')))
      expect(verdicts('green blue', 'green grey', 'green white')).toEqual(['blocked', 'runs', 'blocked'])
      forgetProjects(homeAt(agsecHome))
      expect(verdicts('green blue', 'green white')).toEqual(['runs', 'blocked'])
    })

    it('and is gone still counts until a person compiles', () => {
      rmSync(join(project, '.agsec'), { recursive: true })
      expect(verdicts('green blue', 'green blue')).toEqual(['blocked', 'blocked'])
      forgetProjects(homeAt(agsecHome))
      expect(verdict(alone('green blue'))).toBe('runs')
    })

    it('and is what it was again is that alone', () => {
      write(policy(on('Other', 'deny', 'grey')))
      expect(verdict(ask('green grey'))).toBe('blocked')
      write(policy(on('No', 'deny', 'blue')))
      expect(verdicts('green grey', 'green blue')).toEqual(['runs', 'blocked'])
    })

    it('and does not compile is asked about, with what it was still in force', () => {
      write('statements: [')
      expect(verdicts('green blue', 'green')).toEqual(['blocked', 'asks'])
      write(policy(on('Other', 'deny', 'grey')))
      expect(verdicts('green blue', 'green grey', 'green')).toEqual(['blocked', 'blocked', 'runs'])
    })

    it('blocks where what was compiled of it is damaged', () => {
      const folder = join(agsecHome, 'projects', readdirSync(join(agsecHome, 'projects'))[0] ?? '')
      const table = readdirSync(folder).find(name => name.endsWith('.table')) ?? ''
      const bytes = readFileSync(join(folder, table))
      writeFileSync(join(folder, table), bytes.subarray(0, -4))
      expect(verdict(ask('green'))).toBe('blocked')
      bytes[40] = (bytes[40] ?? 0) ^ 1
      writeFileSync(join(folder, table), bytes)
      expect(verdict(ask('green'))).toBe('blocked')
    })
  })

  describe('that cannot be read', () => {
    const policies = () => join(project, '.agsec/policies')
    const statements = (count: number, one: (i: number) => string) => policy(...Array.from({ length: count }, (_, i) => one(i)))

    it.each<[string, () => void]>([
      ['is no YAML', () => write('statements: [')],
      ['is no policy', () => write('statments: []')],
      ['is no text', () => write('\0\0')],
      [
        'is a file in the place of the folder',
        () => {
          mkdirSync(join(project, '.agsec'))
          writeFileSync(policies(), '')
        },
      ],
      ['has more files than a project may', () => Array.from({ length: 65 }, (_, i) => write('default: review', `${i}.yaml`))],
      ['has ten thousand statements', () => write(statements(10_000, i => `  - { sid: S${i}, effect: deny, actions: [x${i}] }\n`))],
      [
        'has a link to a device that never ends',
        () => {
          mkdirSync(policies(), { recursive: true })
          symlinkSync('/dev/zero', join(policies(), 'zero.yaml'))
        },
      ],
      [
        'has a pipe that nobody writes to',
        () => {
          mkdirSync(policies(), { recursive: true })
          execFileSync('mkfifo', [join(policies(), 'pipe.yaml')])
        },
      ],
      [
        'has a link out of the project',
        () => {
          writeFileSync(join(home, 'secret.yaml'), 'default: allow')
          mkdirSync(policies(), { recursive: true })
          symlinkSync(join(home, 'secret.yaml'), join(policies(), 'secret.yaml'))
        },
      ],
      [
        'is a link out of the project',
        () => {
          mkdirSync(join(project, '.agsec'))
          symlinkSync(join(agsecHome, 'policies'), policies())
        },
      ],
      [
        'is a link to itself',
        () => {
          mkdirSync(policies(), { recursive: true })
          symlinkSync('loop.yaml', join(policies(), 'loop.yaml'))
        },
      ],
    ])('because it %s: every call is asked about, and the others still deny', (_, make) => {
      make()
      const first = ask('green')
      expect(verdict(first)).toBe('asks')
      expect(notice(first)).toContain('.agsec/policies')
      expect([verdict(alone('green')), verdict(alone('red')), verdict(alone('plain'))]).toEqual(['asks', 'blocked', 'blocked'])
    })

    it('because it takes too long to compile: soon enough for the hook, and but once', () => {
      const pattern = (i: number) => `(a|b)*a(a|b){${11 + (i % 3)}}${i}(c|d)*c(c|d){11}`
      write(statements(60, i => `  - { effect: deny, actions: x, conditions: { a: { op: regex, value: "${pattern(i)}" } } }\n`))
      const begun = Date.now()
      expect(verdict(ask('green'))).toBe('asks')
      expect(Date.now() - begun).toBeLessThan(10_000)
      expect(verdict(alone('green'))).toBe('asks')
    }, 30_000)

    it('is asked about on every call where nothing can be noted of it', () => {
      writeFileSync(join(agsecHome, 'projects'), '')
      write('statements: [')
      expect(verdicts('green', 'green', 'red')).toEqual(['asks', 'asks', 'blocked'])
      expect(verdict(alone('green'))).toBe('blocked')
    })
  })
}
