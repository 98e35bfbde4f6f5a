/** Programs and options that no table lists: what they are given as a path they may read. */
import type { Text } from '../analysis.js'
import { prefixOf, splitOnce } from '../text.js'
import type { Invocation, Output, World } from './model.js'

/** Whether a word can hardly be anything but a path: it has a slash or begins with a dot or a tilde, and is no address. */
export function isPathLike(word: Text): boolean {
  const prefix = prefixOf(word)
  if (prefix.includes(' ') || prefix.includes('\n') || prefix.includes('://') || prefix.includes('=')) return false
  return prefix.startsWith('~') || prefix.includes('/') || (prefix.startsWith('.') && prefix.length > 1)
}

/** `tool x/y`, `tool --file=.env`, `tool key=@x/y`. */
export function readArguments({ args }: Invocation, world: World): Output {
  for (const word of args) {
    const value = splitOnce(word, '=')?.[1] ?? (prefixOf(word).startsWith('-') ? '' : word)
    const path = prefixOf(value).startsWith('@') ? (splitOnce(value, '@')?.[1] ?? value) : value
    if (isPathLike(path)) world.file('read', path)
  }
  return undefined
}
