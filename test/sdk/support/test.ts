/** `node:test` as the matrices use it: its promises are the runner's business. */
import { test as nodeTest } from 'node:test'

export { after } from 'node:test'

export function test(name: string, run: () => void | Promise<void>): void {
  void nodeTest(name, { timeout: 20_000 }, run)
}
