import { nodeHost } from '../runtime/host/node.js'
import type { MachineFacts } from './calls.js'
import { type Home, userHome } from './home.js'
import { readMode } from './mode.js'

/** The facts of this machine, as its hooks know them. */
export function machineFacts(home: Home): MachineFacts {
  return { home: userHome(), platform: process.platform, mode: readMode(home).mode, realPath: path => nodeHost.realPath(path) }
}
