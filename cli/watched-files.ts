/** Facts of the file system, and whether any was asked for. */
import { hostFiles } from '../runtime/host/host-files.js'
import { nodeHost } from '../runtime/host/node.js'
import type { Files } from '../runtime/shell/analysis.js'
import type { MachineFacts } from './calls.js'

export interface FileWatch {
  readonly facts: Omit<MachineFacts, 'mode'>
  /** How many looks at files there were so far. */
  looks: number
}

/** @param facts those of this machine */
export function watched(facts: Omit<MachineFacts, 'mode'>): FileWatch {
  const files = hostFiles(nodeHost)
  const watch = { looks: 0 }
  const looked =
    <A extends readonly unknown[], R>(look: (...args: A) => R) =>
    (...args: A): R => {
      watch.looks++
      return look(...args)
    }
  const seen: Files = {
    readText: looked((path: string) => files.readText(path)),
    list: looked((path: string) => files.list(path)),
    kind: looked((path: string) => files.kind(path)),
  }
  return Object.assign(watch, { facts: { ...facts, realPath: looked((path: string) => facts.realPath(path)), files: seen } })
}
