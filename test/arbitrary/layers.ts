/** Policies in layers: those of `policies.ts`, split among layers of every kind. */
import fc from 'fast-check'
import { agentLayer, layerPath, type LayerSources, MANAGED, projectLayer, USER } from '../../compiler/layers/layer.js'
import type { Call } from '../../runtime/decide/request.js'
import type { LayerTraits } from '../../runtime/decide/layers.js'
import { call, callAbout } from './calls.js'
import { policyFiles } from './policies.js'

export interface LayerJson {
  readonly traits: LayerTraits
  readonly files: readonly string[]
}

export interface LayersAndCalls {
  readonly layers: readonly LayerJson[]
  readonly calls: readonly Call[]
}

/** In their order: the most general first. Agents are those that `calls.ts` and the conditions of policies speak of. */
const ALL: readonly LayerTraits[] = [MANAGED, USER, agentLayer('claude-code'), agentLayer('a'), projectLayer(true), projectLayer(false)]

const kinds = fc.subarray([...ALL], { minLength: 1 })

/** Three of four calls are made of the constants of one of the layers. */
export function layersAndCalls(count: number): fc.Arbitrary<LayersAndCalls> {
  return kinds
    .chain(traits => fc.tuple(...traits.map(one => policyFiles.map((files): LayerJson => ({ traits: one, files })))))
    .chain(layers => {
      const about = fc.constantFrom(...layers).chain(({ files }) => callAbout(files))
      const anyCall = fc.oneof({ weight: 3, arbitrary: about }, { weight: 1, arbitrary: call })
      return fc.record({ layers: fc.constant(layers), calls: fc.array(anyCall, { minLength: count, maxLength: count }) })
    })
}

export function sourcesOf({ traits, files }: LayerJson): LayerSources {
  return { traits, sources: files.map((text, i) => ({ path: layerPath(traits, `${i}.yaml`), text })) }
}
