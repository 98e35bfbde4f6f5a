/** Calls as JSON for another process: strings known only in part, and numbers that JSON lacks, stand behind a key that no generated map has. */
import { AbstractString, type Part } from '../../runtime/decide/abstract-string.js'

const TAG = '$abstract'
const NUMBER = '$number'

export function encode(value: unknown): unknown {
  if (value instanceof AbstractString) return { [TAG]: value.parts }
  if (typeof value === 'number' && (Object.is(value, -0) || !Number.isFinite(value)))
    return { [NUMBER]: Object.is(value, -0) ? '-0' : String(value) }
  if (Array.isArray(value)) return value.map(encode)
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, encode(item)]))
    : value
}

/** The source of the inverse, for a script that has the class of its own kernel. */
export const DECODE_SOURCE = `function decode(value, AbstractString) {
  if (Array.isArray(value)) return value.map(item => decode(item, AbstractString))
  if (typeof value !== 'object' || value === null) return value
  if (Object.hasOwn(value, '${TAG}')) return AbstractString.of(value['${TAG}'])
  if (Object.hasOwn(value, '${NUMBER}')) return Number(value['${NUMBER}'])
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, decode(item, AbstractString)]))
}`

/** The inverse in this process. */
export function decode(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decode)
  if (typeof value !== 'object' || value === null) return value
  const tagged = value as { [TAG]?: readonly Part[]; [NUMBER]?: string } // what `encode` writes for values of ours
  if (tagged[TAG] !== undefined) return AbstractString.of(tagged[TAG])
  if (tagged[NUMBER] !== undefined) return Number(tagged[NUMBER])
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, decode(item)]))
}
