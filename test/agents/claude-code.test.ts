import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CLIENTS, writeText } from './clients.js'
import { conformance } from './conformance.js'
import { Machine } from './machine.js'

conformance('claude-code')

describe('with the default policies', () => {
  let machine: Machine
  const client = CLIENTS[0]

  beforeAll(async () => {
    if (client === undefined) throw new Error('there are no clients')
    machine = await Machine.make(client, 'user')
    await machine.installDefault()
    mkdirSync(join(machine.project, 'x'))
    writeText(join(machine.project, 'x/keep'), 'kept')
    writeText(join(machine.project, '.env'), 'SECRET=hunter2-hunter2')
  })

  afterAll(() => machine.dispose())

  it('`ls` runs', async () => {
    const { sent } = await machine.run({ main: [machine.client.tools.shell('ls')] })
    expect(sent).toContain('x\\n')
  })

  it('`rm -rf x` does not run, and the model is told why', async () => {
    const { sent } = await machine.run({ main: [machine.client.tools.shell('rm -rf x')] })
    expect(machine.has('x/keep')).toBe(true)
    expect(sent).toContain('[agsec]')
  })

  it('`.env` is not read, by no tool', async () => {
    const { shell } = machine.client.tools
    const read = { name: 'Read', input: { file_path: join(machine.project, '.env') } }
    const { sent } = await machine.run({ main: [read, shell('cat .env'), shell('head -c 100 .env')] })
    expect(sent).not.toContain('hunter2')
    expect(sent).toContain('[agsec]')
  })
})
