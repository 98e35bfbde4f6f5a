import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { type Home, homeAt } from '../../../cli/home.js'
import { compileProject } from '../../../cli/layers/compile-project.js'
import { forgetProject, forgetProjects, renewProject } from '../../../cli/layers/project-state.js'
import { projectStatus } from '../../../cli/layers/project-status.js'
import { PROJECT_LIMITS, readProject } from '../../../cli/layers/read-project.js'
import { beginTrust, endTrust, projectAt, readTrustable } from '../../../cli/layers/trust-project.js'
import { isTrusted, trustedProjects } from '../../../cli/layers/trusted-projects.js'
import { splitTables } from '../../../compiler/layers/join-tables.js'
import { nodeHost } from '../../../runtime/host/node.js'
import { projectFolder, projectLayers, projectRoot } from '../../../runtime/host/project-layer.js'
import type { Value } from '../../../runtime/decide/request.js'
import { tempFolder } from '../temp-folder.js'

let home: Home
let root: string

beforeEach(() => {
  home = homeAt(join(tempFolder(), '.agsec'))
  root = tempFolder()
})

function write(text: string, name = 'policy.yaml'): void {
  mkdirSync(join(root, '.agsec/policies'), { recursive: true })
  writeFileSync(join(root, '.agsec/policies', name), text)
}
const deny = (action: string) => `statements:\n  - { sid: No, effect: deny, actions: ${action} }\n`
/** In this process: only the hook has to be back in time. */
const renew = () => renewProject(home, root, (each, folder) => compileProject(each, digest => isTrusted(homeAt(folder), each, digest)))
const traitsNow = () => splitTables(renew().table ?? new Uint8Array(16))?.layers.map(({ traits }) => traits)
const isCurrent = () => projectLayers(nodeHost, home.folder, root).isCurrent

describe('the project of a call', () => {
  const rootOf = (project_root: Value, platform = 'linux') =>
    projectRoot([{ role: 'whole', request: { action: 'a', params: {}, context: { project_root } } }], platform)

  it('is the folder that the platform tells', () => {
    expect([rootOf('/proj'), rootOf('/c:/proj', 'win32'), rootOf('/c:/proj')]).toEqual(['/proj', 'c:/proj', '/c:/proj'])
  })

  it.each([[null], [''], ['/'], ['proj'], ['../x'], [['/proj']], [1]])('is none where it tells %j', value => {
    expect(rootOf(value)).toBeUndefined()
  })

  it('has a folder of its own for what was compiled', () => {
    expect(projectFolder('/h', '/proj')).not.toBe(projectFolder('/h', '/proj2'))
    expect(projectFolder('/h', '/a/../../x')).toMatch(/^\/h\/projects\/[0-9a-f]+-[0-9a-f]+$/)
  })
})

describe('what is in force', () => {
  it('is nothing where there is nothing', () => {
    expect(isCurrent()).toBe(true)
    expect(renew().table).toBeUndefined()
    expect(projectStatus(home, root)).toBeUndefined()
  })

  it('is the policy as it is first seen, then beside it what it has become', () => {
    write(deny('a'))
    expect(isCurrent()).toBe(false)
    expect(projectStatus(home, root)?.state).toContain('not compiled')
    expect(traitsNow()).toEqual([{ name: 'project', tightens: true }])
    expect([isCurrent(), projectStatus(home, root)?.state]).toEqual([true, 'not trusted: only tightens'])
    write(deny('b'))
    expect([isCurrent(), projectStatus(home, root)?.state]).toEqual([false, 'changed since the last call'])
    expect(traitsNow()).toEqual([
      { name: 'former project', tightens: true },
      { name: 'project', tightens: true },
    ])
    expect(projectStatus(home, root)).toMatchObject({ files: 1, statements: 2, state: 'not trusted: only tightens, beside the former one' })
  })

  it('keeps the first one of many', () => {
    write(deny('a'))
    const first = splitTables(renew().table ?? new Uint8Array(16))?.layers[0]?.table
    for (const action of ['b', 'c', 'd']) {
      write(deny(action))
      expect(
        splitTables(renew().table ?? new Uint8Array(16))?.layers.map(({ table }) => Buffer.from(table).equals(Buffer.from(first ?? []))),
      ).toEqual([true, false])
    }
    expect(readdirSync(projectFolder(home.folder, root)).filter(name => name.endsWith('.table'))).toHaveLength(1)
  })

  it('can be forgotten, for one project or for all', () => {
    write(deny('a'))
    for (const forget of [() => forgetProject(home, root), () => forgetProjects(home)]) {
      renew()
      forget()
      expect(isCurrent()).toBe(false)
    }
    renew()
    forgetProject(home, '/elsewhere')
    expect(isCurrent()).toBe(true)
  })

  it('is not what another project of the same key left', () => {
    write(deny('a'))
    renew()
    const folder = projectFolder(home.folder, root)
    writeFileSync(
      join(folder, 'stamp.json'),
      JSON.stringify({ version: 1, sourceDigest: '', paths: [], folders: [], files: [], root: '/other' }),
    )
    expect(isCurrent()).toBe(false)
  })

  it('stays where it cannot be read any more', () => {
    write(deny('a'))
    renew()
    write('statements: [')
    expect(traitsNow()).toEqual([
      { name: 'former project', tightens: true },
      { name: 'unreadable project', tightens: true },
    ])
    expect(projectStatus(home, root)?.state).toBe('not known: every call is reviewed, beside the former one')
  })
})

describe('reading a project', () => {
  const why = () => {
    const read = readProject(root)
    return read.kind === 'unreadable' ? read.why : read.kind
  }

  it('takes what is within the limits', () => {
    for (let i = 0; i < PROJECT_LIMITS.files; i++) write('default: deny', `${i}.yaml`)
    expect(why()).toBe('read')
    write('default: deny', 'one-more.yaml')
    expect(why()).toContain('64 files')
  })

  it('takes so many bytes', () => {
    const limit = PROJECT_LIMITS.kibibytes * 1024
    write(`default: deny #${'x'.repeat(limit - 15)}`)
    expect(why()).toBe('read')
    write(`default: deny #${'x'.repeat(limit - 14)}`)
    expect(why()).toContain('256 KiB')
  })

  it('does not mind what is no policy file', () => {
    write('x', 'README.md')
    write('x', 'a.test.yaml')
    expect(why()).toBe('none')
  })

  it('takes a link within the project, and none out of it', () => {
    write('default: deny', 'a.yaml')
    writeFileSync(join(root, 'b.yaml'), 'default: review')
    symlinkSync('../../b.yaml', join(root, '.agsec/policies/b.yaml'))
    expect(why()).toBe('read')
    symlinkSync('/etc/hostname', join(root, '.agsec/policies/c.yaml'))
    expect(why()).toContain('outside')
  })
})

describe('trust', () => {
  it('is in a content, in a place', () => {
    write(deny('a'))
    const trustable = readTrustable(projectAt(root))
    beginTrust(home, trustable)
    expect(trustedProjects(home)).toMatchObject([{ root, digest: trustable.digest }])
    expect(traitsNow()).toEqual([{ name: 'project' }])
    expect(projectStatus(home, root)?.state).toBe('trusted')
    expect(isTrusted(home, `${root}x`, trustable.digest)).toBe(false)
    write(deny('b'))
    expect(traitsNow()?.map(({ tightens }) => tightens)).toEqual([true, true])
    beginTrust(home, readTrustable(root))
    expect(trustedProjects(home)).toHaveLength(1)
    expect(traitsNow()).toEqual([{ name: 'project' }])
  })

  it('ends', () => {
    write(deny('a'))
    beginTrust(home, readTrustable(root))
    expect([endTrust(home, root), endTrust(home, root)]).toEqual([true, false])
    expect(traitsNow()).toEqual([{ name: 'project', tightens: true }])
  })

  it('is refused to what is no project, has no policy, or none that may be read', () => {
    expect(() => projectAt(join(root, 'nothing'))).toThrow('there is no folder')
    expect(() => projectAt('/')).toThrow('is no project')
    expect(() => readTrustable(root)).toThrow('has no policy')
    write('\0')
    expect(() => readTrustable(root)).toThrow('is not known')
    write('statements: [')
    expect(readTrustable(root)).not.toHaveProperty('policy')
  })

  it.each(['{', '[]', '{"version":2,"projects":[]}', '{"version":1,"projects":[{}]}'])(
    'is none where its file says %j, which is not written over',
    text => {
      write(deny('a'))
      const trustable = readTrustable(root)
      mkdirSync(home.folder, { recursive: true })
      writeFileSync(home.trust, text)
      expect(isTrusted(home, root, trustable.digest)).toBe(false)
      expect(() => beginTrust(home, trustable)).toThrow('cannot be understood')
    },
  )
})
