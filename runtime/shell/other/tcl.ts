/** The commands of Tcl and expect that start a program. What else the code does is not known. */
import type { Text } from '../analysis.js'
import { ANY, joinWords } from '../text.js'
import type { Effects } from './effects.js'
import { flatten, unflatten } from './flat.js'

export function scanTcl(code: Text, effects: Effects): void {
  effects.unknown('any')
  for (const line of flatten(code).split(/[\n;[\]{}]/)) {
    const [name, ...words] = line.split(/[ \t]+/).filter(word => word !== '')
    const args = words.filter((word, i) => i > 0 || !word.startsWith('-')).map(textOf)
    if (args.length === 0) continue
    if (name === 'exec' || name === 'spawn') effects.run(args)
    else if (name === 'system') effects.shell(joinWords(args))
  }
}

function textOf(word: string): Text {
  return word.includes('$') ? ANY : unflatten(word.replace(/^"|"$/g, ''))
}
