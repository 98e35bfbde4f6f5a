/**
 * What a guard costs a streamed answer of 10,000 chunks: the client behind it beside the same client without, both over loopback from a server in a
 * process of its own, so that only the client's time counts.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import OpenAI from 'openai'
import { packageFile } from '../../compiler/package-root.js'
import { allow, createGuard } from '../../sdk/index.js'
import { protect } from '../../sdk/openai.js'
import type { Effort } from '../effort.js'
import { measurePaired } from '../paired.js'
import { duration, type Section, times } from '../report.js'

const CHUNKS = 10_000

export async function measureSocketStream(effort: Effort): Promise<Section> {
  const server = spawn(process.execPath, [fileURLToPath(packageFile('bench/stream-server.cjs'))], { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const [port] = (await once(server.stdout, 'data')) as readonly Buffer[] // the one line that it prints
    return await measured(`http://127.0.0.1:${String(port).trim()}/v1`, effort)
  } finally {
    server.kill()
  }
}

async function measured(baseURL: string, effort: Effort): Promise<Section> {
  const plain = new OpenAI({ apiKey: 'none', baseURL })
  const guarded = protect(new OpenAI({ apiKey: 'none', baseURL }), createGuard({ rules: [allow()] }))
  const tasks = [
    { name: 'openai', units: CHUNKS, run: () => read(plain) },
    { name: 'openai, guarded', units: CHUNKS, run: () => read(guarded) },
  ]
  const [without, behind] = await measurePaired(tasks, { warmRounds: 2 * effort.warmRounds, warmMs: 4 * effort.warmMs })
  return {
    figures: { 'sdk.socketStream': behind?.ratio ?? Number.NaN },
    tables: [
      {
        title: 'A streamed answer of 10,000 chunks over a socket: time of the client',
        columns: ['client', 'per chunk', 'to the one without a guard'],
        rows: [without, behind].flatMap(each => (each === undefined ? [] : [[each.name, duration(each.ns), times(each.ratio)]])),
      },
    ],
  }
}

async function read(client: OpenAI): Promise<void> {
  let chunks = 0
  for await (const chunk of await client.chat.completions.create({ model: 'm', messages: [], stream: true })) chunks += chunk.choices.length
  if (chunks !== CHUNKS) throw new Error(`${chunks} chunks came of ${CHUNKS}`)
}
