/** The packages and Nodes are installed once, before the tests that share them. */
import { installAll } from './support/releases.js'

export async function setup(): Promise<void> {
  await installAll()
}
