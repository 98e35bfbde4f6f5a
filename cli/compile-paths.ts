/** Compiling one policy for the command line: files in, diagnostics on stderr. */
import { type Compilation, type CompileOptions, compile } from '../compiler/compile.js'
import type { Diagnostic } from '../compiler/diagnostic.js'
import { renderDiagnostics } from '../compiler/diagnostics/render.js'
import { loadSources } from '../compiler/load.js'
import type { Source } from '../compiler/source.js'
import { Watch } from '../compiler/watch.js'
import type { Invocation } from './invocation.js'

export interface CompiledPaths extends Compilation {
  readonly sources: readonly Source[]
}

/** Compiles files and folders. What cannot be read is a diagnostic like the rest. */
export function compilePaths(paths: readonly string[], options: CompileOptions): CompiledPaths {
  const { watch = new Watch() } = options
  const loaded = watch.time('load', () => loadSources(paths))
  const compilation = compile(loaded.sources, { ...options, watch })
  const diagnostics = [...loaded.diagnostics, ...compilation.diagnostics]
  const rest = hasErrors(loaded.diagnostics) ? { sourceDigest: compilation.sourceDigest, statementCount: 0 } : compilation
  return { ...rest, diagnostics, sources: loaded.sources }
}

/** Compiles and shows every diagnostic; undefined where one of them is an error. */
export function compileOrReport(
  call: Invocation<object>,
  paths: readonly string[],
  options: CompileOptions = {},
): CompiledPaths | undefined {
  const compiled = compilePaths(paths, options)
  report(call, compiled.diagnostics)
  return hasErrors(compiled.diagnostics) ? undefined : compiled
}

export function report(call: Invocation<object>, diagnostics: readonly Diagnostic[]): void {
  if (diagnostics.length > 0) call.err(renderDiagnostics(diagnostics, { colour: call.errColour.enabled }))
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(diagnostic => diagnostic.severity === 'error')
}
