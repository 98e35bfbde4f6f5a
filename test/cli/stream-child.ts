/** `agsec check --ndjson` as a process that goes on, and policies for it to follow. */
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { writeBundle } from '../../cli/bundle-files.js'
import { compile } from '../../compiler/compile.js'
import { CLI } from './run-cli.js'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** Compiles a policy that gives every `bash.execute` that effect, and puts the bundle into a home. */
export function installPolicy(home: string, effect: 'allow' | 'deny' | 'review'): void {
  const text = `statements: [{ sid: All, effect: ${effect}, actions: ["bash.execute", "file.*"], reason: "we ${effect}" }]\n`
  const { bundle, diagnostics } = compile([{ path: '01.yaml', text }])
  if (bundle === undefined) throw new Error(diagnostics[0]?.message)
  writeBundle(join(home, 'policy.bundle.cjs'), bundle)
}

export interface StreamChild {
  readonly child: ChildProcessByStdio<Writable, Readable, Readable>
  /** Writes a line, which need not be JSON, and waits for the next answer. */
  ask(line: unknown): Promise<Readonly<Record<string, unknown>>>
  /** Closes its input and waits for its end. */
  end(): Promise<number | null>
  readonly stderr: () => string
}

export function startStream(home: string, ...args: readonly string[]): StreamChild {
  const child = spawn(process.execPath, [...CLI, 'check', '--ndjson', '--agsec-home', home, ...args], {
    cwd: ROOT,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let stderr = ''
  child.stderr.on('data', chunk => void (stderr += chunk))
  let lines: AsyncIterator<string> | undefined
  return {
    child,
    stderr: () => stderr,
    async ask(line) {
      child.stdin.write(`${typeof line === 'string' ? line : JSON.stringify(line)}\n`)
      lines ??= createInterface({ input: child.stdout })[Symbol.asyncIterator]()
      const { value, done } = await lines.next()
      if (done === true) throw new Error(`no answer: ${stderr}`)
      return JSON.parse(value)
    },
    async end() {
      child.stdin.end()
      if (child.exitCode === null) await once(child, 'close')
      return child.exitCode
    },
  }
}
