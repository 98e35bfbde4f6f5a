/** The entry of a bundle that is one ECMAScript module, with table and kernel in it: it needs no file, no engine's library, and makes no code of text. */
import { openDecider } from '../decide/open.js'
import { apiOf, type BundleApi } from './bundle-api.js'
import { decodeBase64 } from './base64.js'

/** @param table the decision table in base 64 */
export function openBundle(table: string): BundleApi {
  return apiOf(openDecider(decodeBase64(table)))
}
