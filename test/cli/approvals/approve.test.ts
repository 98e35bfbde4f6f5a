import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { durationMs } from '../../../cli/approvals/duration.js'
import { asRecord } from '../../../audit/audit-record.js'
import type { Asker } from '../../../cli/guard/person.js'
import { runProgram } from '../../../cli/program.js'
import { type AskedLine, approvalOf, idOf } from '../../../runtime/host/approvals.js'
import { nodeHost } from '../../../runtime/host/node.js'
import { tempFolder } from '../temp-folder.js'

const NOBODY: Asker = { ancestors: () => [], variables: [], atTerminal: false, ask: () => '' }
const PERSON: Asker = { ...NOBODY, atTerminal: true, ask: question => /Type `(.*)` to go on/.exec(question)?.[1] ?? '' }

let printed = ''
beforeEach(() => {
  printed = ''
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation(text => {
      printed += String(text)
      return true
    })
})
afterEach(() => {
  vi.restoreAllMocks()
  process.exitCode = 0
})

function reviewOf(command: string) {
  const context = { agent: 'codex', cwd: '/proj', session_id: 's', tool_use_id: 't' }
  return {
    call: [{ role: 'whole' as const, request: { action: 'bash.execute', params: { command }, context } }],
    sid: 'Deploy',
    reason: 'Deploying is for people',
  }
}

/** Asked for by a hook. */
function askedFor(home: string, command = 'deploy prod'): string {
  return approvalOf(reviewOf(command), nodeHost, home)?.id ?? ''
}

function isApproved(home: string, command = 'deploy prod'): boolean {
  return approvalOf(reviewOf(command), nodeHost, home)?.granted === true
}

function run(home: string, args: readonly string[], asker: Asker = PERSON): Promise<void> {
  return runProgram(['--agsec-home', home, 'approve', ...args], asker)
}

function lastRecord(home: string): unknown {
  return asRecord(JSON.parse(readFileSync(join(home, 'audit/current.jsonl'), 'utf8').trim().split('\n').at(-1) ?? ''))
}

describe('agsec approve', () => {
  it('shows the call, asks, records and lets it run once', async () => {
    const home = tempFolder()
    const id = askedFor(home)
    await run(home, [id])
    for (const part of ['codex', 'deploy prod', '/proj', 'Deploy: Deploying is for people']) expect(printed).toContain(part)
    expect(lastRecord(home)).toMatchObject({
      tool: 'agsec',
      action: 'agsec.approve',
      outcome: 'allowed',
      params: { id, what: 'deploy prod' },
    })
    expect([isApproved(home), isApproved(home, 'deploy staging')]).toEqual([true, false])
  })
  it('approves for a time, lists it and takes it back', async () => {
    const home = tempFolder()
    const id = askedFor(home)
    await run(home, [id, '--for', '30m'])
    expect([isApproved(home), isApproved(home)]).toEqual([true, true])
    printed = ''
    await run(home, ['--list'])
    expect(printed).toMatch(new RegExp(`${id}.*approved until .*codex.*deploy prod`))
    await run(home, ['--revoke', id], NOBODY)
    expect(lastRecord(home)).toMatchObject({ action: 'agsec.revoke', params: { id } })
    expect(isApproved(home)).toBe(false)
    await expect(run(home, ['--revoke', id])).rejects.toThrow(`\`${id}\` is not approved`)
  })
  it('is for a person at a terminal, who has to type the id', async () => {
    const home = tempFolder()
    const id = askedFor(home)
    await expect(run(home, [id], NOBODY)).rejects.toThrow('cannot let this call run once: standard input is no terminal')
    await expect(run(home, [id], { ...PERSON, ask: () => 'y' })).rejects.toThrow('nothing was changed')
    expect([isApproved(home), existsSync(join(home, 'approvals/granted'))]).toEqual([false, false])
  })
  it('knows only what a hook asked for within a day', async () => {
    const home = tempFolder()
    await expect(run(home, ['0123456789'])).rejects.toThrow('no call `0123456789` was asked for within the last day')
    const id = askedFor(home)
    const path = join(home, 'approvals/asked', `${id}.jsonl`)
    writeFileSync(path, readFileSync(path, 'utf8').replace(/"time":"[^"]*"/, '"time":"2020-01-01T00:00:00.000Z"'))
    await expect(run(home, [id])).rejects.toThrow('within the last day')
    await expect(run(home, ['../../x'])).rejects.toThrow('within the last day')
  })
  it('approves nothing where one id stands for two calls', async () => {
    const home = tempFolder()
    const id = askedFor(home)
    const path = join(home, 'approvals/asked', `${id}.jsonl`)
    const line: AskedLine = JSON.parse(readFileSync(path, 'utf8'))
    const other = { ...line, fingerprint: idOf(line.fingerprint) + 'f'.repeat(64 - id.length), what: 'ls' }
    appendFileSync(path, `${JSON.stringify(other)}\n`)
    await expect(run(home, [id])).rejects.toThrow('stands for several calls')
  })
  it('shows nothing that moves the cursor', async () => {
    const home = tempFolder()
    await run(home, [askedFor(home, 'ls \u001b[2K\u001b[1A\r harmless \u202e')])
    for (const character of ['\u001b', '\r', '\u202e']) expect(printed).not.toContain(character)
  })
  it('does nothing that cannot be recorded', async () => {
    const home = tempFolder()
    const id = askedFor(home)
    writeFileSync(join(home, 'audit'), 'no folder')
    await expect(run(home, [id])).rejects.toThrow(/cannot be written: nothing was changed/)
    expect(isApproved(home)).toBe(false)
  })
  it('sweeps what is used up', async () => {
    const home = tempFolder()
    const id = askedFor(home)
    await run(home, [id])
    expect(isApproved(home)).toBe(true)
    const used = join(home, 'approvals/used')
    for (const name of readdirSync(used)) utimesSync(join(used, name), 0, 0)
    mkdirSync(join(home, 'approvals/granted'), { recursive: true })
    writeFileSync(join(home, 'approvals/granted/x.json'), '{}')
    await run(home, [id])
    expect([readdirSync(used), readdirSync(join(home, 'approvals/granted')).length]).toEqual([[], 1])
  })
  it.each([[], ['a', '--list'], ['--list', '--revoke', 'a']])('wants one thing at a time: %j', async (...args) => {
    await expect(run(tempFolder(), args)).rejects.toThrow('expected one call to approve')
  })
})

describe('a time', () => {
  it.each([
    ['90s', 90_000],
    ['30m', 1_800_000],
    ['1h', 3_600_000],
    ['7d', 604_800_000],
  ])('%s', (text, ms) => expect(durationMs(text)).toBe(ms))
  it.each(['', '0h', '1', 'h', '1.5h', '-1h', '8d', '1w', '1h '])('is not %j', text => expect(() => durationMs(text)).toThrow())
})
