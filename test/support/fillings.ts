/** Texts to put into holes: enough for every pattern of three short pieces to show whether it matches. */
import type { HoleKind } from '../../runtime/decide/abstract-string.js'

/** @param alphabet single characters, `/` among them */
export function fillingsOf(alphabet: readonly string[]): Readonly<Record<HoleKind, readonly string[]>> {
  const any = textsUpTo(4, alphabet)
  const named = (length: number) =>
    textsUpTo(
      length,
      alphabet.filter(char => char !== '/'),
    ).filter(text => text !== '')
  return {
    any,
    below: ['', ...paths([named(3)]), ...paths([named(2), named(2)]), ...paths([named(1), named(1), named(1)])],
    segment: any.filter(text => !text.includes('/')),
    char: alphabet.filter(char => char !== '/'),
    visible: named(4).filter(text => !text.startsWith('.')),
  }
}

function textsUpTo(length: number, alphabet: readonly string[]): readonly string[] {
  if (length === 0) return ['']
  const shorter = textsUpTo(length - 1, alphabet)
  const longest = shorter.filter(text => [...text].length === length - 1)
  return [...shorter, ...longest.flatMap(text => alphabet.map(char => text + char))]
}

/** Every path with one name of each list. */
function paths(names: readonly (readonly string[])[]): readonly string[] {
  return names.reduce<readonly string[]>((before, list) => before.flatMap(path => list.map(name => `${path}/${name}`)), [''])
}
