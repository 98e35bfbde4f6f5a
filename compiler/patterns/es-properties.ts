/** `\p{…}` of ECMAScript: a binary property, a general category, or `Name=Value`. */
import type { CharSet } from './char-set.js'
import { nearest } from './did-you-mean.js'
import type { PatternScanner } from './pattern-scanner.js'
import { categoryAliases, propertyAliases, scriptAliases } from './unicode/names.js'
import { binaryProperty, category, categoryNames, propertyNames, script, scriptExtensions, scriptNames } from './unicode/properties.js'

/** Reads `{…}` after `\p` or `\P`, which stands at `start`. */
export function readProperty(scanner: PatternScanner, start: number): CharSet {
  const content = scanner.match('{') ? scanner.takeUntil('}') : undefined
  if (content === undefined) scanner.reject('expected a property in braces, as `\\p{Letter}`', start)
  const separator = content.indexOf('=')
  if (separator === -1) return loneProperty(content) ?? rejectUnknown(scanner, start, content, loneNames())
  const [name, value] = [content.slice(0, separator), content.slice(separator + 1)]
  const { find, names } = kindOfValue(name) ?? rejectUnknown(scanner, start, name, Object.keys(valueKinds))
  return find(value) ?? rejectUnknown(scanner, start, value, names())
}

function loneProperty(name: string): CharSet | undefined {
  return binaryProperty(alias(propertyAliases, name)) ?? byCategory(name)
}

function byCategory(name: string): CharSet | undefined {
  return category(alias(categoryAliases, name))
}

function alias(aliases: Readonly<Record<string, string>>, name: string): string {
  return (Object.hasOwn(aliases, name) ? aliases[name] : undefined) ?? name
}

interface ValueKind {
  readonly find: (value: string) => CharSet | undefined
  readonly names: () => readonly string[]
}

const generalCategory: ValueKind = { find: byCategory, names: () => [...categoryNames(), ...Object.keys(categoryAliases)] }
const scriptKind: ValueKind = { find: value => script(alias(scriptAliases, value)), names: allScriptNames }
const extensionsKind: ValueKind = { find: value => scriptExtensions(alias(scriptAliases, value)), names: allScriptNames }

const valueKinds: Readonly<Record<string, ValueKind>> = {
  General_Category: generalCategory,
  gc: generalCategory,
  Script: scriptKind,
  sc: scriptKind,
  Script_Extensions: extensionsKind,
  scx: extensionsKind,
}

function kindOfValue(name: string): ValueKind | undefined {
  return Object.hasOwn(valueKinds, name) ? valueKinds[name] : undefined
}

function allScriptNames(): readonly string[] {
  return [...scriptNames(), ...Object.keys(scriptAliases)]
}

function loneNames(): readonly string[] {
  return [...propertyNames(), ...Object.keys(propertyAliases), ...generalCategory.names()]
}

function rejectUnknown(scanner: PatternScanner, start: number, name: string, known: readonly string[]): never {
  const near = nearest(name, known)
  const isScript = script(alias(scriptAliases, name)) !== undefined
  const help = isScript ? `scripts are written \`\\p{Script=${name}}\`` : near === undefined ? undefined : `did you mean \`${near}\`?`
  scanner.reject(`unknown property \`${name}\``, start, help)
}
