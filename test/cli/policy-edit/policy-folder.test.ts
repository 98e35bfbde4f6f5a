import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { homeAt } from '../../../cli/home.js'
import { folderOf, nextStep } from '../../../cli/policy-edit/policy-folder.js'

const home = homeAt('/home/u/.agsec', { policies: '/etc/agsec/policies', owner: 0 })

describe('the folder of policies', () => {
  it.each([
    [{}, '/home/u/.agsec/policies'],
    [{ dir: '/p' }, '/p'],
    [{ layer: 'user' }, '/home/u/.agsec/policies'],
    [{ layer: 'managed' }, '/etc/agsec/policies'],
    [{ layer: 'agent:codex' }, '/home/u/.agsec/agents/codex/policies'],
    [{ layer: 'project' }, join(process.cwd(), '.agsec/policies')],
  ])('of %j is %s', (options, folder) => {
    expect(folderOf({ home, options })).toBe(folder)
  })

  it.each(['', 'users', 'agent', 'agent:', 'agent:..', 'agent:a/b', 'agent:a:b', 'managed:'])('of a layer %j is none', layer => {
    expect(() => folderOf({ home, options: { layer } })).toThrow('there is no layer')
  })

  it('is one', () => {
    expect(() => folderOf({ home, options: { layer: 'user', dir: '/p' } })).toThrow('exclude each other')
  })

  it('of a project counts without being compiled', () => {
    expect([nextStep({}), nextStep({ layer: 'project' })]).toEqual([
      expect.stringContaining('agsec compile'),
      expect.stringContaining('agsec trust'),
    ])
  })
})
