/** Paths by way of the system's table of processes: `/proc/self/cwd/x` is `x` in the working directory, `/proc/$$/root/x` is `/x`. */
import { AbstractString } from '../../decide/abstract-string.js'
import type { Text } from '../analysis.js'
import { join, partsOf } from '../text.js'

/** @param path a normal one */
export function throughProcess(path: Text, cwd: Text): Text {
  const rest = afterProcess(path)
  if (rest === undefined) return path
  const [link, ...further] = rest
  const [first = '', ...names] = (typeof link === 'string' ? link : '').split('/').slice(1)
  const below = join(...names.map(name => `/${name}`), ...further)
  if (first === 'cwd') return throughProcess(join(cwd, below), cwd)
  return first === 'root' ? throughProcess(below === '' ? '/' : below, cwd) : path
}

/** What follows `/proc/` and the number of a process, which may not be known. */
function afterProcess(path: Text): readonly Text[] | undefined {
  const [first, second, ...rest] = partsOf(path)
  if (typeof first !== 'string' || !first.startsWith('/proc/')) return undefined
  const name = first.slice(6)
  const slash = name.indexOf('/')
  if (slash === -1) return name === '' && typeof second === 'object' && typeof rest[0] === 'string' ? rest.map(textOf) : undefined
  if (!['self', 'thread-self'].includes(name.slice(0, slash)) && Number.isNaN(Number(name.slice(0, slash)))) return undefined
  return [name.slice(slash), ...(second === undefined ? [] : [second, ...rest].map(textOf))]
}

function textOf(part: ReturnType<typeof partsOf>[number]): Text {
  return typeof part === 'string' ? part : AbstractString.of([part])
}
