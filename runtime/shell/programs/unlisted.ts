/** Programs and options that no table lists: what they are given as a path they may read. */
import type { Text } from '../analysis.js'
import { dropPrefix, prefixOf, splitOnce } from '../text.js'
import type { Invocation, Output, World } from './model.js'

/** Whether a word can hardly be anything but a path: it has a slash or begins with a dot or a tilde, and is no address. */
export function isPathLike(word: Text): boolean {
  const prefix = prefixOf(word)
  if (prefix.includes(' ') || prefix.includes('\n') || prefix.includes('://') || prefix.includes('=')) return false
  return prefix.startsWith('~') || prefix.includes('/') || (prefix.startsWith('.') && prefix.length > 1)
}

/** Files of languages of which no interpreter is listed. */
const CODE =
  /\.(?:java|jl|R|nims?|zig|v|cr|kts?|scala|groovy|ml|hs|rkt|scm|ss|lisp|el|cljs?|fsx|csx|d|exs?|erl|swift|raku|tcl|applescript|c|awk|ipynb)$/

/** `tool x/y`, `tool --file=.env`, `tool key=@x/y`, `tool file:///x/y`. */
export function readArguments({ args }: Invocation, world: World): Output {
  for (const word of args) {
    const value = splitOnce(word, '=')?.[1] ?? (prefixOf(word).startsWith('-') ? '' : word)
    const named = prefixOf(value).startsWith('@') ? (splitOnce(value, '@')?.[1] ?? value) : value
    const isUrl = prefixOf(named).startsWith('file')
    const path = isUrl ? dropPrefix(named, /^fileb?:\/\//.exec(prefixOf(named))?.[0].length ?? 0) : named
    if (world.wrote(path) && CODE.test(prefixOf(path))) world.unknown('any', 'code that the command itself wrote')
    if (isPathLike(path) || path !== named) world.file('read', path)
  }
  return undefined
}
