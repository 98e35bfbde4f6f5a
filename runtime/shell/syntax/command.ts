import type { Command } from './ast.js'
import { OPEN } from './characters.js'
import { readReserved } from './compound.js'
import { reservedWord } from './reserved.js'
import type { Scanner } from './scanner.js'
import { nothing, readSimple } from './simple.js'

/** One command of a pipeline; fails where none begins. */
export function readCommand(s: Scanner): Command {
  const code = s.code()
  const word = code === OPEN ? '(' : reservedWord(s)
  if (word === '') return readSimple(s)
  const start = s.at
  if (!s.enter()) return nothing(s)
  const command = readReserved(s, word, start)
  s.leave()
  return command
}
