/** A request under the real paths of the files that it names: a link must not hide what it leads to. */
import { AbstractString, type Part } from './abstract-string.js'
import { normalizePath } from './path.js'
import type { Request, Value } from './request.js'
import { own } from './value.js'

/** A path with its links resolved; undefined where that cannot be told. */
export type RealPath = (path: string) => string | undefined

/** The parameters that name a file. */
const PATHS = ['file_path', 'path', 'dest_path'] as const

/** The same request under its real paths; undefined where they are as written. */
export function realRequest(request: Request, realPath: RealPath): Request | undefined {
  const changed: { [key: string]: Value } = {}
  for (const name of PATHS) {
    const written = own(request.params, name)
    if (typeof written !== 'string' && !(written instanceof AbstractString)) continue
    const path = normalizePath(written, request.context)
    const real = typeof path === 'string' ? (realPath(path) ?? UNKNOWN) : realFolder(path, realPath)
    if (real !== path) changed[name] = real
  }
  return Object.keys(changed).length === 0 ? undefined : { ...request, params: { ...request.params, ...changed } }
}

const UNKNOWN = AbstractString.of([{ hole: 'any' }])

/** Of a path known in part the folder that is known is resolved. */
function realFolder(path: AbstractString, realPath: RealPath): string | AbstractString {
  const [first, ...rest] = path.parts
  if (typeof first !== 'string') return path
  const end = isBelow(rest[0]) ? first.length : first.lastIndexOf('/')
  const folder = first.slice(0, end)
  if (folder === '') return path
  const real = realPath(folder)
  if (real === folder) return path
  return real === undefined ? UNKNOWN : AbstractString.of([real === '/' ? '' : real, first.slice(end), ...rest])
}

function isBelow(part: Part | undefined): boolean {
  return typeof part === 'object' && part.hole === 'below'
}
