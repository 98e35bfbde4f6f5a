/** What a run was: figures without it mean nothing. */
import { availableParallelism } from 'node:os'
import { KERNEL_VERSION } from '../runtime/decide/version.js'
import { PEERS } from './peers/bundled.js'
import { GUARD } from './peers/guard.js'
import { RE2 } from './sections/matchers.js'

export function aboutRun(): string {
  const versions = [...PEERS.flatMap(({ npm }) => npm ?? []), GUARD, RE2].map(({ name, version }) => `${name} ${version}`)
  const machine = `${process.platform} ${process.arch}, ${availableParallelism()} cores`
  const day = new Date().toISOString().slice(0, 10)
  return `${day}, agsec kernel ${KERNEL_VERSION}, Node ${process.versions.node}, ${machine}; ${versions.join(', ')}`
}
