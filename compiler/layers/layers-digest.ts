import type { LayerTraits } from '../../runtime/decide/layers.js'
import { digest } from '../emit/bundle.js'
import { USER } from './layer.js'

/** Whether there is nothing but the user's layer. */
export function isPlain(layers: readonly { readonly traits: LayerTraits }[]): boolean {
  return layers.length === 1 && layers[0]?.traits.name === USER.name
}

/** SHA-256 over names and digests of the layers; that of a user's layer alone is its own. */
export function layersDigest(layers: readonly { readonly traits: LayerTraits; readonly sourceDigest: string }[]): string {
  const [first] = layers
  if (isPlain(layers) && first !== undefined) return first.sourceDigest
  return digest(layers.map(({ traits, sourceDigest }) => `${traits.name}:${traits.tightens === true}:${sourceDigest}\n`).join(''))
}
