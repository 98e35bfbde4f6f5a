/** What Codex itself says of its hooks: whether each is trusted, which no file tells in the open. */
import { type ChildProcess, spawn } from 'node:child_process'

export interface CodexHook {
  /** What the hook goes by in `config.toml`. */
  readonly key: string
  readonly command: string
  readonly enabled: boolean
  readonly isManaged: boolean
  readonly currentHash: string
  readonly trustStatus: string
}

const LIMIT_MS = 15_000

/** The answer to the second of these is what we want. */
function questions(folder: string): string {
  const list = [
    { id: 1, method: 'initialize', params: { clientInfo: { name: 'agsec', version: '1' } } },
    { method: 'initialized' },
    { id: 2, method: 'hooks/list', params: { cwds: [folder] } },
  ]
  return list.map(each => `${JSON.stringify(each)}\n`).join('')
}

/**
 * Asks `codex app-server`.
 * @param program the words that start Codex
 * @param folder the project that the hooks are for
 * @returns undefined where it gives no answer that is understood: a version without it, say
 */
export function codexHooks(
  [program, ...args]: readonly [string, ...string[]],
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<readonly CodexHook[] | undefined> {
  const child = spawn(program, [...args, 'app-server'], { cwd: folder, env, stdio: ['pipe', 'pipe', 'ignore'] })
  child.stdin.on('error', () => {}) // it has ended, which `exit` tells
  child.stdin.write(questions(folder))
  return answerOf(child).finally(() => child.kill())
}

function answerOf(child: ChildProcess): Promise<readonly CodexHook[] | undefined> {
  return new Promise(resolve => {
    const limit = setTimeout(() => resolve(undefined), LIMIT_MS)
    const done = (hooks: readonly CodexHook[] | undefined) => {
      clearTimeout(limit)
      resolve(hooks)
    }
    let text = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8')
      const line = text
        .split('\n')
        .slice(0, -1)
        .find(each => each.startsWith('{"id":2,'))
      if (line !== undefined) done(hooksIn(line))
    })
    child.on('error', () => done(undefined))
    child.on('exit', () => done(undefined))
  })
}

function hooksIn(line: string): readonly CodexHook[] | undefined {
  try {
    const { result } = JSON.parse(line) as { readonly result?: { readonly data?: readonly { readonly hooks?: readonly CodexHook[] }[] } } // as Codex 0.169 answers
    return result?.data?.flatMap(({ hooks }) => hooks ?? [])
  } catch {
    return undefined
  }
}
