/**
 * What a guard costs a streamed answer of 10,000 chunks: clients behind it beside the same clients without, over loopback from a server in a process
 * of its own, so that only the client's time counts. At full speed, which no model has, each part of a client's work shows; at a pace that is
 * some fifty times that of a fast model an answer takes what it takes to come.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import Anthropic from '@anthropic-ai/sdk'
import { createGateway, streamText, wrapLanguageModel } from 'ai'
import OpenAI from 'openai'
import { packageFile } from '../../compiler/package-root.js'
import { protect as protectAnthropic } from '../../sdk/anthropic.js'
import { allow, createGuard, type Guard } from '../../sdk/index.js'
import { protect as protectOpenAi } from '../../sdk/openai.js'
import { agsecMiddleware } from '../../sdk/vercel-ai.js'
import type { Effort } from '../effort.js'
import { cpuMs, median } from '../paired.js'
import { duration, type Section } from '../report.js'

const CHUNKS = 10_000
const PACE_PER_MS = 10

export async function measureSocketStream(effort: Effort): Promise<Section> {
  const server = spawn(process.execPath, [fileURLToPath(packageFile('bench/stream-server.cjs'))], { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const [port] = (await once(server.stdout, 'data')) as readonly Buffer[] // the one line that it prints
    return await measured(`http://127.0.0.1:${String(port).trim()}`, effort)
  } finally {
    server.kill()
  }
}

/** Reads an answer to its end, and says how many pieces of text it had. */
type Read = () => Promise<number>

/** A kind of client, with a guard and without. */
interface Contender {
  readonly name: string
  readonly make: (baseURL: string, guard: Guard | undefined) => Read
}

const CONTENDERS: readonly Contender[] = [
  { name: 'openai', make: openAi },
  { name: 'anthropic', make: anthropic },
  { name: 'gateway', make: vercelAi },
]

const NAMES: Readonly<Record<string, string>> = { openai: '`openai`', anthropic: '`@anthropic-ai/sdk`', gateway: '`ai`, `streamText`' }

function openAi(baseURL: string, guard: Guard | undefined): Read {
  const client = new OpenAI({ apiKey: 'none', baseURL })
  const behind = guard === undefined ? client : protectOpenAi(client, guard)
  return async () => {
    let texts = 0
    const stream = await behind.chat.completions.create({ model: 'm', messages: [], stream: true })
    for await (const { choices } of stream) if (choices[0]?.delta.content) texts++
    return texts
  }
}

function anthropic(baseURL: string, guard: Guard | undefined): Read {
  const client = new Anthropic({ apiKey: 'none', baseURL })
  const behind = guard === undefined ? client : protectAnthropic(client, guard)
  return async () => {
    let texts = 0
    const stream = await behind.messages.create({ model: 'm', max_tokens: 1, messages: [], stream: true })
    for await (const event of stream) if (event.type === 'content_block_delta') texts++
    return texts
  }
}

function vercelAi(baseURL: string, guard: Guard | undefined): Read {
  const model = createGateway({ apiKey: 'none', baseURL })('m')
  const behind = guard === undefined ? model : wrapLanguageModel({ model, middleware: agsecMiddleware(guard) })
  return async () => {
    let texts = 0
    for await (const part of streamText({ model: behind, prompt: 'x' }).fullStream) if (part.type === 'text-delta') texts++
    return texts
  }
}

interface Spent {
  readonly wallMs: number
  readonly cpuMs: number
}

/** The client without a guard, and the medians over rounds of what the one with a guard takes, to it. */
interface Compared {
  readonly plain: Spent
  readonly wall: number
  readonly cpu: number
}

async function measured(server: string, effort: Effort): Promise<Section> {
  const guard = createGuard({ rules: [allow()] })
  const chunks = Math.min(CHUNKS, effort.streamLines)
  const figures: Record<string, number> = {}
  const rows: string[][] = []
  for (const { name, make } of CONTENDERS) {
    for (const perMs of [0, PACE_PER_MS]) {
      const baseURL = `${server}/${name}/${chunks}/${perMs}`
      const rounds = perMs === 0 ? 5 * effort.warmRounds : effort.warmRounds
      const compared = await compare(make(baseURL, undefined), make(baseURL, guard), chunks, rounds)
      const how = perMs === 0 ? 'full' : 'paced'
      Object.assign(figures, { [`sdk.stream.${name}.${how}Wall`]: compared.wall, [`sdk.stream.${name}.${how}Cpu`]: compared.cpu })
      rows.push(
        row(`${NAMES[name]}, ${perMs === 0 ? 'at full speed' : `${(1000 * perMs).toLocaleString('en')} chunks a second`}`, compared),
      )
    }
  }
  return {
    figures,
    tables: [
      { title: `A streamed answer of ${chunks.toLocaleString('en')} chunks over a socket, client by client`, columns: COLUMNS, rows },
    ],
  }
}

const COLUMNS = ['client', 'time without a guard', 'of the processor', 'with one: time', 'of the processor']

function row(what: string, { plain, wall, cpu }: Compared): string[] {
  return [what, duration(plain.wallMs * 1e6), duration(plain.cpuMs * 1e6), precisely(wall), precisely(cpu)]
}

/** A percent has to be seen. */
function precisely(ratio: number): string {
  return `${ratio.toFixed(3)} ×`
}

/** Round by round, the one first and then the other, so that what else runs on the machine weighs on both. */
async function compare(plain: Read, guarded: Read, chunks: number, rounds: number): Promise<Compared> {
  const without: Spent[] = []
  const wall: number[] = []
  const cpu: number[] = []
  for (let round = -WARM_UP; round < rounds; round++) {
    const first = await spent(round % 2 === 0 ? plain : guarded, chunks)
    const second = await spent(round % 2 === 0 ? guarded : plain, chunks)
    const [before, behind] = round % 2 === 0 ? [first, second] : [second, first]
    if (round < 0) continue
    without.push(before)
    wall.push(behind.wallMs / before.wallMs)
    cpu.push(behind.cpuMs / before.cpuMs)
  }
  const of = (figure: keyof Spent) => median(without.map(each => each[figure]))
  return { plain: { wallMs: of('wallMs'), cpuMs: of('cpuMs') }, wall: median(wall), cpu: median(cpu) }
}

const WARM_UP = 2

/** @throws where a piece is lost */
async function spent(read: Read, chunks: number): Promise<Spent> {
  const [wall, cpu] = [performance.now(), cpuMs()]
  const texts = await read()
  if (texts !== chunks) throw new Error(`${texts} chunks came of ${chunks}`)
  return { wallMs: performance.now() - wall, cpuMs: cpuMs() - cpu }
}
