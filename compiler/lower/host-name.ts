/** Host names as policies write them. */
import { domainName, hostOf } from '../../runtime/decide/host.js'

/** The name in the form that hosts of requests are brought to; undefined where the text is none. */
export function hostName(text: string): string | undefined {
  if (!text.startsWith('[')) return domainName(text)
  const host = hostOf(text)
  return host.kind === 'host' ? host.name : undefined
}
