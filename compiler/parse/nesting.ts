/** How deep a document is nested, found without recursion. */
import type { CST } from 'yaml'

/** The offset of a value below `limit` lists and maps, if there is one. */
export function findTooDeep(token: CST.Token, limit: number): number | undefined {
  const pending: { readonly token: CST.Token; readonly depth: number }[] = [{ token, depth: 0 }]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { token, depth } = next
    if (depth > limit) return 'offset' in token ? token.offset : 0
    for (const child of childrenOf(token)) pending.push({ token: child, depth: depth + 1 })
  }
  return undefined
}

function childrenOf(token: CST.Token): readonly CST.Token[] {
  if (token.type === 'document') return token.value === undefined ? [] : [token.value]
  if (!('items' in token)) return []
  return token.items.flatMap(item => [item.key, item.value].filter(child => child != null))
}
