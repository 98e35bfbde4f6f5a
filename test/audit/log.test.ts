import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readLog } from '../../audit/log.js'
import { wholeCall } from '../../runtime/decide/check-request.js'
import { recordLine } from '../../runtime/record/record.js'
import { tempFolder } from '../cli/temp-folder.js'
import { sampleRecord } from './sample-record.js'

const line = (tool: string) => `${JSON.stringify(sampleRecord({ tool }))}\n`

function logOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = tempFolder()
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

const tools = (folder: string, limit?: number) => readLog(folder, limit === undefined ? {} : { limit }).records.map(record => record.tool)

describe('reading the audit log', () => {
  it('reads what the hook writes', () => {
    const request = { action: 'file.read', params: { file_path: '/x\u2028😀' }, context: { agent: 'a' } }
    const result = { decision: 'allow', sid: null, reason: 'r', certainty: 'definite', matched: [] } as const
    const text = recordLine({
      timeMs: 5,
      tool: 'Read',
      call: wholeCall(request),
      result,
      outcome: 'allowed',
      mode: 'observe',
      sourceDigest: 'abc',
    })
    const { records, skippedLines } = readLog(logOf({ 'a.jsonl': text }))
    expect(skippedLines).toBe(0)
    expect(records).toMatchObject([{ action: 'file.read', params: { file_path: '/x\u2028😀' }, outcome: 'allowed', decision: 'allow' }])
  })
  it('is empty where there is no folder', () => {
    expect(readLog(join(tempFolder(), 'none'))).toEqual({ records: [], skippedLines: 0, unreadableFiles: [] })
  })
  it('goes through the files in order, the newest record last', () => {
    const folder = logOf({ '2026-02.jsonl': line('c') + line('d'), '2026-01.jsonl': line('a') + line('b'), 'notes.txt': 'x' })
    expect(tools(folder)).toEqual(['a', 'b', 'c', 'd'])
    expect(tools(folder, 3)).toEqual(['b', 'c', 'd'])
    expect(tools(folder, 2)).toEqual(['c', 'd'])
    expect(tools(folder, 0)).toEqual([])
    expect(readLog(folder, { limit: 1, matches: record => record.tool !== 'd' }).records.map(record => record.tool)).toEqual(['c'])
  })
  it('skips and counts torn and foreign lines', () => {
    const torn = line('x').slice(0, 40)
    const foreign = [
      '{}',
      'null',
      '[]',
      '5',
      'text',
      '{"v":2}',
      JSON.stringify({ ...sampleRecord(), matched: [1] }),
      JSON.stringify({ ...sampleRecord(), sid: 5 }),
      JSON.stringify({ ...sampleRecord(), decision: 'maybe' }),
    ]
    const folder = logOf({ 'a.jsonl': `${line('a')}${torn}\n${foreign.join('\n')}\n\n${line('b')}${torn}` })
    const { records, skippedLines } = readLog(folder)
    expect(records.map(record => record.tool)).toEqual(['a', 'b'])
    expect(skippedLines).toBe(2 + foreign.length)
  })
  it('survives bytes that are no text', () => {
    const folder = logOf({ 'a.jsonl': Buffer.concat([Buffer.from(line('a')), Buffer.from([0xff, 0, 0xfe, 0x0a]), Buffer.from(line('b'))]) })
    expect(readLog(folder)).toMatchObject({ records: [{ tool: 'a' }, { tool: 'b' }], skippedLines: 1 })
  })
  it('names what it cannot read and reads the rest', () => {
    const folder = logOf({ 'a.jsonl': line('a'), 'c.jsonl': line('c') })
    mkdirSync(join(folder, 'b.jsonl'))
    chmodSync(join(folder, 'b.jsonl'), 0o700)
    expect(readLog(folder)).toMatchObject({ records: [{ tool: 'a' }, { tool: 'c' }], unreadableFiles: ['b.jsonl'] })
  })
})
