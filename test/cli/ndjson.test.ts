import { describe, expect, it } from 'vitest'
import type { Result } from '../../runtime/decide/result.js'
import { type Asked, parseAsked } from '../../cli/asked.js'
import { answererOf, answerStream } from '../../cli/ndjson.js'

const allow: Result = { decision: 'allow', sid: null, reason: '', certainty: 'definite', matched: [] }

async function answers(chunks: readonly string[], answer: (asked: Asked) => Result = () => allow): Promise<readonly unknown[]> {
  let out = ''
  const stream = (async function* () {
    for (const chunk of chunks) yield new TextEncoder().encode(chunk)
  })()
  await answerStream(
    stream,
    answererOf(json => answer(parseAsked(json))),
    async text => void (out += text),
  )
  if (out === '') return []
  expect(out.endsWith('\n')).toBe(true)
  return out
    .slice(0, -1)
    .split('\n')
    .map(line => JSON.parse(line))
}

const echo = (asked: Asked): Result => ({ ...allow, reason: asked.kind === 'request' ? asked.request.action : asked.platform })

describe('answering a stream', () => {
  it('answers each line in order and errs on bad ones alone', async () => {
    const lines = [
      '{"action":"a"}',
      '',
      '{"action":',
      'null',
      '[]',
      '{}',
      '{"action":5}',
      '{"action":""}',
      '{"action":"b","params":[]}',
      '{"action":"b","context":"x"}',
      '{"platform":"vim","input":{}}',
      '{"platform":"claude-code"}',
      '   \r',
      '{"platform":"claude-code","input":{}}',
      '{"action":"z","params":null,"context":null}\r',
    ]
    const found = await answers([lines.join('\n')], echo)
    expect(found.map(each => (typeof each === 'object' && each !== null && 'error' in each ? 'error' : each))).toEqual([
      { ...allow, reason: 'a' },
      ...Array.from({ length: 10 }, () => 'error'),
      { ...allow, reason: 'claude-code' },
      { ...allow, reason: 'z' },
    ])
  })
  it('says what was expected', async () => {
    expect(await answers(['{"action":5}\n{"platform":"vim","input":1}\n"x"'])).toEqual([
      { error: 'expected `action` to be a name like `bash.execute`, found a number' },
      { error: expect.stringMatching(/^unknown platform `vim`, expected one of claude-code, codex, .* amp$/) },
      { error: 'expected a map with a key `action`, found text' },
    ])
  })
  it('keeps the order of 10,000 lines in chunks of any size', async () => {
    const text = Array.from({ length: 10_000 }, (_, at) => `{"action":"n${at}"}`).join('\n')
    const chunks = text.match(/[^]{1,777}/g) ?? []
    const found = await answers(chunks, echo)
    expect(found).toEqual(Array.from({ length: 10_000 }, (_, at) => ({ ...allow, reason: `n${at}` })))
  })
  it('takes a request of many megabytes and any text', async () => {
    const command = '😀é\u2028\u0000 "\\'.repeat(600_000)
    const [result] = await answers([JSON.stringify({ action: command })], echo)
    expect(result).toEqual({ ...allow, reason: command })
  })
  it('keeps unpaired surrogates', async () => {
    const [result] = await answers(['{"action":"\\ud800x\\udc00"}'], echo)
    expect(result).toEqual({ ...allow, reason: '\ud800x\udc00' })
  })
  it('survives nesting no recursion could', async () => {
    const deep = `{"action":"a","params":{"x":${'['.repeat(200_000)}${']'.repeat(200_000)}}}`
    const found = await answers([`${deep}\n{"action":"b"}`], echo)
    expect(found).toHaveLength(2)
    expect(found[1]).toEqual({ ...allow, reason: 'b' })
  })
  it('turns an error inside into an error of that line', async () => {
    const answer = (asked: Asked): Result => {
      if (asked.kind === 'request' && asked.request.action === 'bad') throw new Error('boom')
      return allow
    }
    expect(await answers(['{"action":"bad"}\n{"action":"good"}'], answer)).toEqual([{ error: 'internal error: boom' }, allow])
  })
  it('never takes a request from the prototype chain', async () => {
    const [result] = await answers(['{"__proto__":{"action":"x"}}'])
    expect(result).toHaveProperty('error')
  })
  it('waits for the reader before it reads on', async () => {
    const events: string[] = []
    const stream = (async function* () {
      for (const at of [1, 2, 3]) {
        events.push(`read ${at}`)
        yield new TextEncoder().encode('{"action":"a"}\n')
      }
    })()
    await answerStream(
      stream,
      answererOf(() => allow),
      async () => {
        await new Promise(resolve => setTimeout(resolve, 1))
        events.push('written')
      },
    )
    expect(events).toEqual(['read 1', 'written', 'read 2', 'written', 'read 3', 'written'])
  })
})
