/** Who asks, from the system. */
import { readSync } from 'node:fs'
import { isatty } from 'node:tty'
import { ancestorsOf } from './ancestors.js'
import type { Asker } from './person.js'

export const systemAsker: Asker = {
  ancestors: () => ancestorsOf(process.pid, process.platform),
  variables: Object.keys(process.env),
  atTerminal: isatty(0) && isatty(2),
  ask: question => {
    process.stderr.write(question)
    return readLine()
  },
}

const LONGEST = 4096

function readLine(): string {
  const chunk = Buffer.alloc(LONGEST)
  let text = ''
  while (text.length < LONGEST && !text.includes('\n')) {
    const count = readSync(0, chunk)
    if (count === 0) break
    text += chunk.toString('utf8', 0, count)
  }
  return text
}
