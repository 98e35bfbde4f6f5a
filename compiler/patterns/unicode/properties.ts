/** The Unicode sets that pattern syntax can name, from the committed tables. */
import { allChars, type CharSet, charRange, charRanges, complement, singleChar, union } from '../char-set.js'
import { unpackAscending } from './run-lengths.js'
import { categoryTables, propertyTables, scriptExtensionTables, scriptTables } from './tables.js'

/** Unpacked once each: a set is one object however often it is named, which the automaton builder counts on for speed. */
const unpacked = new Map<string, CharSet>()

function once(key: string, make: () => CharSet): CharSet {
  const known = unpacked.get(key)
  if (known !== undefined) return known
  const set = make()
  unpacked.set(key, set)
  return set
}

function table(tables: Readonly<Record<string, string>>, prefix: string, name: string): CharSet | undefined {
  const packed = Object.hasOwn(tables, name) ? tables[name] : undefined
  return packed === undefined ? undefined : once(`${prefix}:${name}`, () => unpackAscending(packed))
}

/** A general category by its short name: two letters, one letter, or `LC`. */
export function category(name: string): CharSet | undefined {
  if (name === 'LC') return once('group:LC', () => categories(['Lu', 'Ll', 'Lt']))
  if (name.length === 1) return categoryGroup(name)
  return table(categoryTables, 'category', name)
}

function categoryGroup(letter: string): CharSet | undefined {
  const members = Object.keys(categoryTables).filter(name => name.startsWith(letter))
  return members.length === 0 ? undefined : once(`group:${letter}`, () => categories(members))
}

function categories(names: readonly string[]): CharSet {
  return names.reduce<CharSet>((set, name) => union(set, table(categoryTables, 'category', name) ?? []), [])
}

/** A binary property by its long name. */
export function binaryProperty(name: string): CharSet | undefined {
  switch (name) {
    case 'Any':
      return allChars
    case 'ASCII':
      return once('ASCII', () => charRange(0, 0x7f))
    case 'Assigned':
      return once('Assigned', () => complement(categories(['Cn'])))
    default:
      return table(propertyTables, 'property', name)
  }
}

export function script(name: string): CharSet | undefined {
  return table(scriptTables, 'script', name)
}

/** Everything used in a script, also what several scripts share. */
export function scriptExtensions(name: string): CharSet | undefined {
  return table(scriptExtensionTables, 'extensions', name) ?? script(name)
}

export function categoryNames(): readonly string[] {
  return Object.keys(categoryTables)
}

export function propertyNames(): readonly string[] {
  return ['Any', 'ASCII', 'Assigned', ...Object.keys(propertyTables)]
}

export function scriptNames(): readonly string[] {
  return Object.keys(scriptTables)
}

/** `\w` of Python: letters, numbers and `_`. */
export function pythonWord(): CharSet {
  return once('python:w', () => union(categories(['Lu', 'Ll', 'Lt', 'Lm', 'Lo', 'Nd', 'Nl', 'No']), singleChar(0x5f)))
}

export function pythonDigit(): CharSet {
  return once('python:d', () => categories(['Nd']))
}

/** `\s` of Python: white space, and the four separators of ASCII that `str.isspace` counts too. */
export function pythonSpace(): CharSet {
  return once('python:s', () => union(table(propertyTables, 'property', 'White_Space') ?? [], charRange(0x1c, 0x1f)))
}

export const asciiWord = charRanges([
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
])

export const asciiDigit = charRange(0x30, 0x39)

/** `\s` of Python under `(?a)`. */
export const asciiSpace = charRanges([
  [0x09, 0x0d],
  [0x20, 0x20],
])

/** `\s` of ECMAScript: its white space and line terminators. */
export function esSpace(): CharSet {
  return once('es:s', () =>
    union(
      categories(['Zs', 'Zl', 'Zp']),
      charRanges([
        [0x09, 0x0d],
        [0xfeff, 0xfeff],
      ]),
    ),
  )
}
