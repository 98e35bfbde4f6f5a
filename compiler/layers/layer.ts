/** The layers of a policy: which there are, and what each may do. */
import type { LayerTraits } from '../../runtime/decide/layers.js'
import type { Source } from '../source.js'

/** A layer before it is compiled. */
export interface LayerSources {
  readonly traits: LayerTraits
  /** In the order in which they are merged. */
  readonly sources: readonly Source[]
}

/** The administrator's: in every mode. */
export const MANAGED: LayerTraits = { name: 'managed', always: true }

export const USER: LayerTraits = { name: 'user' }

export function agentLayer(agent: string): LayerTraits {
  return { name: `agent:${agent}`, agent }
}

/** A project's policy comes with the repository: until the user trusts it, it can only tighten. */
export function projectLayer(isTrusted: boolean): LayerTraits {
  return isTrusted ? { name: 'project' } : { name: 'project', tightens: true }
}

/** The policy file as people see it: those of the user's layer by their names alone. */
export function layerPath({ name }: LayerTraits, file: string): string {
  return name === USER.name ? file : `${name}:${file}`
}
