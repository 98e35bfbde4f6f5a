/** Engines are installed or built once, before the tests that share them. */
import { ENGINES } from '../../bench/engine-programs.js'

export function setup(): void {
  for (const { program } of ENGINES) program()
}
