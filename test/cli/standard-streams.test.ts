import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, constants, openSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { CLI, agsec } from './run-cli.js'
import { installPolicy, startStream } from './stream-child.js'
import { tempFolder } from './temp-folder.js'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const line = (command: string) => `${JSON.stringify({ action: 'bash.execute', params: { command } })}\n`

function allowing(): string {
  const home = tempFolder()
  installPolicy(home, 'allow')
  return home
}

describe('standard input and output of a stream', () => {
  it('answers what came before an end in the middle of a line, and the rest as the error that it is', () => {
    const run = (input: string) => agsec(['check', '--ndjson', '--agsec-home', home], input)
    const home = allowing()
    const { status, stdout } = run(`${line('ls')}${line('pwd').slice(0, 20)}`)
    const answers = stdout.trimEnd().split('\n')
    expect(status).toBe(0)
    expect(answers.map(answer => Object.keys(JSON.parse(answer))[0])).toEqual(['decision', 'error'])
    expect(run(line('ls').trimEnd()).stdout).toBe(`${answers[0]}\n`)
    expect(run('')).toEqual({ status: 0, stdout: '', stderr: '' })
  })
  it('answers a line of 50 MB, and the one after it', async () => {
    const stream = startStream(allowing())
    expect(await stream.ask(line('x'.repeat(50 * 1024 * 1024)).trimEnd())).toMatchObject({ decision: expect.any(String) })
    expect(await stream.ask(`{"id":1,"x":"${'y'.repeat(65 * 1024 * 1024)}"}`)).toEqual({ error: expect.stringContaining('longer than') })
    expect(await stream.ask(line('ls').trimEnd())).toMatchObject({ decision: 'allow' })
  })
  it('reads no more while nobody takes its answers, and goes on where they are taken', async () => {
    const { child } = startStream(allowing())
    let written = 0
    const block = Array.from({ length: 100 }, (_, i) => line(`echo ${i}`)).join('')
    // Pipes hold some 64 KB each, and the process a chunk of either: far less than this.
    const all = 200
    const writing = (async () => {
      for (; written < all; written++) if (!child.stdin.write(block)) await once(child.stdin, 'drain')
      child.stdin.end()
    })()
    await delay(1500)
    const stuckAt = written
    expect(stuckAt).toBeLessThan(all / 2)
    await delay(500)
    expect(written).toBe(stuckAt)
    let answers = 0
    child.stdout.on('data', (chunk: Buffer) => {
      for (const byte of chunk) if (byte === 10) answers++
    })
    await writing
    await once(child.stdout, 'end')
    expect(answers).toBe(100 * all)
  })
  it('ends quietly when its reader is gone', async () => {
    const stream = startStream(allowing())
    const { child, stderr } = stream
    await stream.ask(line('ls').trimEnd())
    child.stdout.destroy()
    child.stdin.on('error', () => undefined)
    child.stdin.write(line('ls').repeat(5000))
    const [status] = await once(child, 'exit')
    expect({ status, stderr: stderr() }).toEqual({ status: 0, stderr: '' })
  })
  it.skipIf(process.platform === 'win32')('waits where its input is a pipe that does not block', async () => {
    const home = allowing()
    const pipe = join(tempFolder(), 'pipe')
    execFileSync('mkfifo', [pipe])
    const reader = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK)
    const writer = await open(pipe, 'w')
    const child = spawn(process.execPath, [...CLI, 'check', '--ndjson', '--agsec-home', home], {
      cwd: ROOT,
      stdio: [reader, 'pipe', 'inherit'],
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    closeSync(reader)
    let out = ''
    child.stdout?.on('data', chunk => void (out += chunk))
    await delay(1000)
    for (let answers = 1; answers <= 2; answers++) {
      await writer.write(line('ls'))
      while (out.split('\n').length <= answers) await delay(20)
    }
    await writer.close()
    const [status] = await once(child, 'close')
    expect({ status, answers: out.trimEnd().split('\n').length }).toEqual({ status: 0, answers: 2 })
  })
  it('needs no more memory for many requests than for few', () => {
    const home = allowing()
    const asked = Array.from({ length: 60_000 }, (_, i) =>
      JSON.stringify({ action: 'file.read', params: { file_path: `/p/${i}`, note: 'x'.repeat(500) } }),
    ).join('\n')
    const { status, stdout } = agsec(['check', '--ndjson', '--agsec-home', home], asked, ROOT, ['--max-old-space-size=64', ...CLI])
    expect({ status, answers: stdout.split('\n').length - 1 }).toEqual({ status: 0, answers: 60_000 })
  })
})
