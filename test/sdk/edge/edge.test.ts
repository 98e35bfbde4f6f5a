/** `agsec/sdk` as an application imports it, on engines that are not Node: the package's exports are resolved as each of them does. */
import { execFile, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { buildSync } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ModelServer, startModelServer } from '../support/model-server.js'
import { engine } from '../support/releases.js'

const root = join(import.meta.dirname, '../../..')
const folder = mkdtempSync(join(tmpdir(), 'agsec-edge-'))

const POLICY = `default: allow
statements:
  - {sid: NoDeletes, effect: deny, actions: file.delete, reason: nothing is deleted here}
`

beforeAll(() => {
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(root, join(folder, 'node_modules/agsec'))
  writeFileSync(join(folder, 'package.json'), '{"type": "module"}')
  writeFileSync(join(folder, 'policy.yaml'), POLICY)
  const compile = (...args: readonly string[]) =>
    execFileSync(process.execPath, [join(root, 'dist/bin/agsec.js'), 'compile', 'policy.yaml', ...args], { cwd: folder, stdio: 'ignore' })
  compile('-o', 'policy.bundle.cjs')
  compile('--target', 'esm', '-o', 'policy.bundle.mjs')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.each(['deno', 'bun'] as const)('on %s', name => {
  const APPLICATION = `
    import { allow, createGuard, deny } from 'agsec/sdk'
    import { bundle } from './policy.bundle.mjs'
    const asked = [['bash', { command: 'ls' }], ['bash', { command: 'cd /tmp; rm x' }], ['other', new Proxy({}, {})], ['other', '{"half":']]
    for (const options of [{ bundle }, { bundle: 'policy.bundle.cjs' }, { policies: 'policy.yaml' }, { rules: [allow('*'), deny('file.delete')] }, {}]) {
      const guard = createGuard(options)
      console.log(asked.map(([name, input]) => guard.authorizeSync({ framework: 'test', name, input }).kind).join(' '), guard.problem === undefined)
    }`

  it('an application decides, whatever its policy comes from', async () => {
    writeFileSync(join(folder, 'application.mjs'), APPLICATION)
    // What Deno asks the user about: the files, and who and where that is.
    const args = name === 'deno' ? ['run', '--allow-read', '--allow-sys', '--allow-env'] : ['run']
    const { stdout } = await promisify(execFile)(engine(name), [...args, 'application.mjs'], { cwd: folder })
    const guarded = 'allowed refused refused refused true\n'
    expect(stdout).toBe(`${guarded}${guarded}${guarded}${guarded}refused refused refused refused false\n`)
  })
})

/** A worker whose guard and clients are made before any request, with its policy in it. */
const WORKER = `
  import Anthropic from '@anthropic-ai/sdk'
  import { createGuard } from 'agsec/sdk'
  import { protect as protectAnthropic } from 'agsec/sdk/anthropic'
  import { protect as protectOpenAi } from 'agsec/sdk/openai'
  import OpenAI from 'openai'
  import { bundle } from './policy.bundle.mjs'

  const guard = createGuard({ bundle, machine: { home: '/home/u', cwd: '/proj' } })
  const settings = { apiKey: 'none', maxRetries: 0 }
  const openai = protectOpenAi(new OpenAI({ ...settings, baseURL: MODEL_SERVER + '/v1' }), guard)
  const anthropic = protectAnthropic(new Anthropic({ ...settings, baseURL: MODEL_SERVER }), guard)
  const messages = [{ role: 'user', content: 'x' }]

  const PATHS = {
    async decision(use) {
      const { kind, message } = await guard.authorize({ framework: 'worker', ...use })
      return { kind, message }
    },
    async openai() {
      const message = await openai.chat.completions.stream({ model: 'm', messages }).finalMessage()
      return { text: message.content, calls: (message.tool_calls ?? []).map(call => call.function.arguments) }
    },
    async anthropic() {
      const { content } = await anthropic.messages.stream({ model: 'm', max_tokens: 99, messages }).finalMessage()
      return { text: content.map(({ text = '' }) => text).join(''), calls: content.flatMap(({ input }) => input === undefined ? [] : [JSON.stringify(input)]) }
    },
  }

  export default {
    async fetch(request) {
      return Response.json(await PATHS[new URL(request.url).pathname.slice(1)](await request.json()))
    },
  }`

/** One worker, which may call what is on this machine. */
const CONFIG = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (modules = [(name = "main.mjs", esModule = embed "main.mjs")], compatibilityDate = "2025-01-01", globalOutbound = "local")),
    (name = "local", network = (allow = ["private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
`

describe('on workerd', () => {
  let server: ModelServer
  let worker: { readonly url: string; readonly stop: () => void }

  beforeAll(async () => {
    server = await startModelServer()
    writeFileSync(join(folder, 'worker.mjs'), WORKER)
    // As the tools of its maker bundle a worker.
    buildSync({
      entryPoints: [join(folder, 'worker.mjs')],
      outfile: join(folder, 'main.mjs'),
      bundle: true,
      format: 'esm',
      conditions: ['workerd', 'worker', 'browser'],
      define: { MODEL_SERVER: JSON.stringify(server.url) },
      nodePaths: [join(root, 'node_modules')],
    })
    writeFileSync(join(folder, 'config.capnp'), CONFIG)
    worker = await started()
  })
  afterAll(async () => {
    worker.stop()
    await server.close()
  })

  async function started() {
    const child = spawn(engine('workerd'), ['serve', 'config.capnp', '--control-fd=1'], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [line] = (await once(child.stdout, 'data')) as readonly Buffer[] // the one line that it prints
    const { port }: { readonly port: number } = JSON.parse(String(line))
    return { url: `http://127.0.0.1:${port}`, stop: () => child.kill() }
  }

  async function ask(path: string, body: unknown = {}): Promise<unknown> {
    return (await fetch(`${worker.url}/${path}`, { method: 'POST', body: JSON.stringify(body) })).json()
  }

  it('a worker answers with decisions', async () => {
    expect(await ask('decision', { name: 'bash', input: { command: 'ls | sort' } })).toEqual({ kind: 'allowed' })
    expect(await ask('decision', { name: 'bash', input: { command: 'find . -name "*.o" | xargs rm' } })).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('nothing is deleted here'),
    })
    expect(await ask('decision', { name: 'other', input: '{"half":' })).toMatchObject({ kind: 'refused' })
  })

  it.each(['openai', 'anthropic'])('streams of %s are guarded', async path => {
    const calls = ['{"command":"ls"}', '{"command":"rm -r /srv"}'].map(json => ({ name: 'bash', arguments: json }))
    server.script({ choices: [{ text: 'here: ', calls }] })
    const answer = await ask(path)
    expect(answer).toEqual({ text: expect.stringMatching(/^here: [^]*nothing is deleted here/), calls: ['{"command":"ls"}'] })
  })
})
