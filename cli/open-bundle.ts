/** Bundles as libraries, for commands that ask a compiled policy. */
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { emitData } from '../compiler/emit/bundle.js'
import { loadKernel } from '../compiler/emit/kernel.js'
import { AbstractString } from '../runtime/decide/abstract-string.js'
import type { Decider } from '../runtime/decide/decider.js'
import { openDecider } from '../runtime/decide/open.js'
import type { TableFile } from '../runtime/decide/table.js'
import type { Call, ExpandedRequest, Request, Value, ValueMap } from '../runtime/decide/request.js'
import type { BundleApi } from '../runtime/host/bundle-api.js'
import { isMap } from './asked.js'
import { bundleParts, type BundleParts, tableOfBundle } from './bundle-parts.js'
import { UsageError } from './usage-error.js'

const NO_BUNDLE_HELP = 'run `agsec compile`; end the name in `.cjs`, since `.js` may mean an ES module where a `package.json` says so'

/**
 * Opens a bundle for any engine: one that Node loads decides by its own kernel, one for QuickJS by ours over its table.
 * @param project layers of a project that decide with it; then, too, our kernel does
 * @throws UsageError where there is none, or it is damaged
 */
export function openBundle(path: string, project?: Uint8Array | TableFile): Decider {
  if (!existsSync(path)) throw new UsageError(`there is no bundle \`${path}\``, 'run `agsec compile`')
  const parts = bundleParts(readFileSync(path, 'utf8'))
  return parts !== undefined && (parts.target === 'qjs' || project !== undefined)
    ? openTableOf(path, parts, project)
    : deciderOf(requireBundle(path))
}

/**
 * Opens a bundle that may have another content than the last time, keeping no file open and nothing of an earlier one: one with the
 * kernel of this package is decided by that kernel, over a table of which every byte is as it was compiled.
 * @throws UsageError where there is none, or it is damaged
 */
export function openBundleAnew(path: string, project?: Uint8Array | TableFile): Decider {
  if (!existsSync(path)) throw new UsageError(`there is no bundle \`${path}\``, 'run `agsec compile`')
  const parts = bundleParts(readFileSync(path, 'utf8'))
  if (parts === undefined) throw new UsageError(`\`${path}\` is no agsec bundle`, NO_BUNDLE_HELP)
  if (isOwnKernel(parts)) return openWholeTable(path, parts, project)
  delete createRequire(import.meta.url).cache[path]
  return openBundle(path, project)
}

function isOwnKernel({ target, kernel }: BundleParts): boolean {
  return kernel === loadKernel(target).text.trim()
}

function openWholeTable(path: string, parts: BundleParts, project?: Uint8Array | TableFile): Decider {
  try {
    const table = tableOfBundle(path, parts)
    if (emitData(parts.target, table).data.name !== parts.place.file) throw new Error(`\`${parts.place.file}\` is damaged`)
    return openDecider(table, project)
  } catch (error) {
    throw notLoading(path, error)
  }
}

function openTableOf(path: string, parts: BundleParts, project?: Uint8Array | TableFile): Decider {
  try {
    return openDecider(tableOfBundle(path, parts), project)
  } catch (error) {
    throw notLoading(path, error)
  }
}

function deciderOf(api: BundleApi): Decider {
  return {
    info: api.info,
    decide: (call, options) => api.decideCall(forKernel(call, api), options),
    explain: call => api.explain(forKernel(call, api)),
  }
}

function notLoading(path: string, error: unknown): UsageError {
  const why = error instanceof Error ? error.message : String(error)
  return new UsageError(`the bundle \`${path}\` does not load: ${why}`, 'run `agsec compile`')
}

function requireBundle(path: string): BundleApi {
  let loaded: unknown
  try {
    loaded = createRequire(import.meta.url)(path)
  } catch (error) {
    throw notLoading(path, error)
  }
  if (!isMap(loaded) || typeof loaded['decideCall'] !== 'function') throw new UsageError(`\`${path}\` is no agsec bundle`, NO_BUNDLE_HELP)
  // The bundle's own kernel made this; `decideCall` is what tells it from any other module.
  return loaded as unknown as BundleApi
}

/** A bundle knows strings known only in part by its own kernel's class, not by ours. */
function forKernel(call: Call, api: BundleApi): Call {
  return call.map(each => ({ ...each, request: requestFor(each.request, api), ...realFor(each, api) }))
}

function realFor(each: ExpandedRequest, api: BundleApi): { readonly real?: Request } {
  return each.real === undefined ? {} : { real: requestFor(each.real, api) }
}

function requestFor(request: Request, api: BundleApi): Request {
  return { ...request, params: mapFor(request.params, api), context: mapFor(request.context, api) }
}

function mapFor(map: ValueMap, api: BundleApi): ValueMap {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, valueFor(value, api)]))
}

function valueFor(value: Value, api: BundleApi): Value {
  if (value instanceof AbstractString) return api.AbstractString.of(value.parts)
  if (isList(value)) return value.map(each => valueFor(each, api))
  return isValueMap(value) ? mapFor(value, api) : value
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value)
}

function isValueMap(value: Value): value is ValueMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof AbstractString)
}
