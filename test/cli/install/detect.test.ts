import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { detectedPlatforms, PLATFORM_NAMES, platformProgram } from '../../../cli/install/detect.js'
import { todoFor, weaknessesOf } from '../../../cli/install/notes.js'
import { mustBeAllowed, targetsOf } from '../../../cli/install/targets.js'
import { platformNames } from '../../../runtime/agents/adapters.js'
import { tempFolder } from '../temp-folder.js'

describe('the agents of a machine', () => {
  it('are those whose folders are in the home, or whose programs are on the PATH', () => {
    const home = tempFolder()
    const bin = join(home, 'bin')
    for (const folder of [bin, join(home, '.codex'), join(home, '.gemini/antigravity')]) mkdirSync(folder, { recursive: true })
    writeFileSync(join(bin, 'opencode'), '')
    chmodSync(join(bin, 'opencode'), 0o755)
    writeFileSync(join(bin, 'goose'), '')
    expect(detectedPlatforms(home, `relative:${bin}`)).toEqual(['codex', 'opencode', 'antigravity'])
    expect(platformProgram('opencode', bin)).toBe(join(bin, 'opencode'))
    expect(detectedPlatforms(home, '')).not.toContain('opencode')
  })

  it('are those that have an adapter', () => {
    expect([...PLATFORM_NAMES].sort()).toEqual([...platformNames()].sort())
  })
})

describe('what is said of a platform', () => {
  it.each(PLATFORM_NAMES)('%s has a limit, whatever the scope', platform => {
    for (const scope of ['user', 'project'] as const) expect(weaknessesOf(platform, scope)).not.toEqual([])
  })

  it('is about the scope', () => {
    expect(todoFor('codex', 'user').join()).toContain('/hooks')
    expect(todoFor('codex', 'managed').join()).not.toContain('/hooks')
  })
})

describe('whom a command is for', () => {
  it.each([
    [[], {}, 'for which agent?'],
    [['emacs'], {}, 'unknown agent `emacs`'],
    [['codex'], { all: true }, 'not both'],
    [['codex'], { scope: 'team' }, 'unknown scope `team`'],
    [['codex'], { scope: 'user', project: '.' }, '`--project` goes with `--scope project`'],
    [['codex'], { project: '/nonexistent' }, 'there is no folder /nonexistent'],
  ])('%j %j: %s', (platforms, flags, message) => {
    expect(() => targetsOf(platforms, flags, 'found')).toThrow(message)
  })

  it('is each agent once, in a project that is here', () => {
    const targets = targetsOf(['codex', 'cursor', 'codex'], { scope: 'project' }, 'found')
    expect(targets.map(({ platform }) => platform)).toEqual(['codex', 'cursor'])
    expect(targets[0]?.where.project).toBe(process.cwd())
  })

  it('is nobody where there is no home', () => {
    const before = process.env['HOME']
    try {
      process.env['HOME'] = 'relative'
      expect(() => targetsOf(['codex'], {}, 'found')).toThrow('which is no home folder')
    } finally {
      process.env['HOME'] = before
    }
  })

  it.runIf(process.getuid?.() !== 0)('is the administrator in the managed scope', () => {
    const [target] = targetsOf(['codex'], { scope: 'managed' }, 'found')
    expect(() => target === undefined || mustBeAllowed(target)).toThrow('run it as root')
  })
})
