/** A client at a terminal of its own, where somebody answers what it asks: `script` makes the terminal. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { stripVTControlCharacters } from 'node:util'
import type { Client, Interactive, Place } from './clients.js'
import { MAIN_MARK, type ModelServer, type Recording, type Script } from './model-server.js'
import { startOf } from './run-client.js'

export const HAS_TERMINALS = existsSync('/usr/bin/script') && process.platform === 'linux'

export interface Dialogue extends Recording {
  /** Whether the client's own question was seen, and answered. */
  readonly asked: boolean
  readonly screen: string
}

const STEP_MS = 100
const QUESTION_LIMIT_MS = 45_000
/** A client may not listen yet when its question is drawn. */
const READING_MS = 700
/** A turn that is refused may end without another word to the model. */
const ENDING_MS = 6000

/** Plays the script until the client asks, answers with the keys, and lets it go on until the last call is through. */
export async function answerAtTerminal(
  client: Client & { readonly interactive: Interactive },
  place: Place,
  server: ModelServer,
  script: Script,
  keys: string,
): Promise<Dialogue> {
  client.interactive.prepare?.(place)
  const recording = server.play(script)
  const child = start(client, place, server.url)
  let screen = ''
  child.stdout.on('data', (chunk: Buffer) => {
    screen += chunk.toString('utf8')
    answerQueries(child, chunk)
  })
  try {
    const asked = await until(() => plain(screen).includes(client.interactive.question), QUESTION_LIMIT_MS)
    await wait(READING_MS)
    child.stdin.write(keys)
    await until(() => recording.waits.length >= script.main.length, ENDING_MS)
    return { asked, screen: plain(screen), ...recording }
  } finally {
    child.kill('SIGKILL')
  }
}

function start(client: Client & { readonly interactive: Interactive }, place: Place, url: string): ChildProcessWithoutNullStreams {
  const words = [...startOf(client), ...client.interactive.args(`${MAIN_MARK} go on`)]
  const command = `stty rows 50 cols 160; exec ${words.map(word => `'${word.replaceAll("'", String.raw`'\''`)}'`).join(' ')}`
  const env = {
    PATH: process.env['PATH'],
    HOME: place.home,
    SHELL: '/bin/sh',
    TERM: 'xterm-256color',
    LANG: 'C.UTF-8',
    ...client.env(place, url),
  }
  return spawn('/usr/bin/script', ['-qfec', command, '/dev/null'], { cwd: place.project, env })
}

/** Where the cursor is, and what kind of terminal it is: some clients wait for that. */
function answerQueries(child: ChildProcessWithoutNullStreams, chunk: Buffer): void {
  if (chunk.includes('\u001b[6n')) child.stdin.write('\u001b[1;1R')
  if (chunk.includes('\u001b[c')) child.stdin.write('\u001b[?62c')
}

async function until(holds: () => boolean, limitMs: number): Promise<boolean> {
  for (let waited = 0; waited < limitMs && !holds(); waited += STEP_MS) await wait(STEP_MS)
  return holds()
}

/** What is on the screen without blanks, which clients draw by moving the cursor. */
function plain(screen: string): string {
  return stripVTControlCharacters(screen).replaceAll(/\s+/g, '')
}
