/** Policies that `check` and `explain` compile for themselves, where no bundle was made of them. */
import { existsSync } from 'node:fs'
import type { LayersOptions } from '../compiler/layers/compile-layers.js'
import { hasErrors, report } from './compile-paths.js'
import type { Home } from './home.js'
import type { Invocation } from './invocation.js'
import { type CompiledLayers, compileHome, compileUserLayer } from './layers/compiled-layers.js'
import { compileProject } from './layers/compile-project.js'
import { projectAt } from './layers/trust-project.js'
import { isTrusted } from './layers/trusted-projects.js'
import { packagedPolicies } from './package-files.js'
import { UsageError } from './usage-error.js'

/** A table that nobody keeps is not proved: to do so takes as long as to make it, and whoever compiles one to keep does. */
const UNPROVED: LayersOptions = { verify: false }

/** @param paths the default policies where there are none. @returns undefined where they do not compile, which has then been reported */
export function policyTable(call: Invocation<object>, paths: readonly string[] | undefined): Uint8Array | undefined {
  const { table, diagnostics } = paths === undefined ? defaultPolicies(call.home) : compileUserLayer(paths, UNPROVED)
  // Warnings are for `validate` and `compile`: whoever asks for a decision has asked for nothing else.
  if (table !== undefined && !hasErrors(diagnostics)) return table
  report(call, diagnostics)
  return undefined
}

/** The user's policies, else those that come with the package; under those of the administrator. */
function defaultPolicies(home: Home): CompiledLayers {
  return compileHome(home, UNPROVED, existsSync(home.policies) ? undefined : [packagedPolicies()])
}

/** The layer of a project, as its hooks would have it if they saw it for the first time. */
export function projectTable(home: Home, project: string): Uint8Array {
  const root = projectAt(project)
  const compiled = compileProject(root, digest => isTrusted(home, root, digest))
  if (compiled.kind === 'compiled') return compiled.table
  if (compiled.kind === 'none') throw new UsageError(`\`${root}\` has no policy`, 'a project has its policy in `.agsec/policies`')
  throw new UsageError(`the policy of \`${root}\` is not known: ${compiled.why}`, `run \`agsec validate ${project}/.agsec/policies\``)
}
