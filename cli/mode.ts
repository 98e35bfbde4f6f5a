/** The mode file: one word. Whatever cannot be read as a mode means enforce. */
import { readFileSync, rmSync } from 'node:fs'
import type { Home } from './home.js'
import { replaceFile } from './replace-file.js'

export type Mode = 'enforce' | 'observe' | 'halt'

export interface ModeReading {
  readonly mode: Mode
  /** What the file says instead of a mode, where it says something else. */
  readonly unreadable?: string
}

const MODES: readonly Mode[] = ['enforce', 'observe', 'halt']

export function readMode(home: Home): ModeReading {
  return readModeFile(home.mode)
}

function readModeFile(path: string): ModeReading {
  let text: string
  try {
    text = readFileSync(path, 'utf8').trim()
  } catch (error) {
    return isMissing(error) ? { mode: 'enforce' } : { mode: 'enforce', unreadable: 'the file cannot be read' }
  }
  const mode = MODES.find(known => known === text)
  return mode === undefined ? { mode: 'enforce', unreadable: text.slice(0, 40) } : { mode }
}

function isMissing(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT'
}

export function writeMode(home: Home, mode: Mode): void {
  replaceFile(home.mode, `${mode}\n`)
}

/** Stops everything, and remembers what to go back to. The mode is written last: an interruption in between changes nothing. */
export function halt(home: Home): void {
  replaceFile(home.previousMode, `${readMode(home).mode}\n`)
  writeMode(home, 'halt')
}

/** Goes back to the mode before the halt and returns it; enforce where that was lost. */
export function resume(home: Home): Mode {
  const { mode } = readModeFile(home.previousMode)
  const previous = mode === 'halt' ? 'enforce' : mode
  writeMode(home, previous)
  rmSync(home.previousMode, { force: true })
  return previous
}
