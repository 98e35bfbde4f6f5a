/** Writes `docs/diagnostics/`; with `--check`, only tells whether it is current. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packageFile } from '../package-root.js'
import { catalogue } from './catalogue.js'
import { explainAll, explainCode } from './explain.js'

const FOLDER = fileURLToPath(packageFile('docs/diagnostics/'))

/** File name → text. */
export function diagnosticPages(): ReadonlyMap<string, string> {
  const pages = [...catalogue.keys()].map(code => [`${code}.md`, explainCode(code) ?? ''] as const)
  return new Map([['README.md', explainAll()], ...pages])
}

/** The pages that are missing, out of date or of no code. */
export function outdatedPages(): readonly string[] {
  const pages = diagnosticPages()
  const present = new Map(readdirSync(FOLDER).map(name => [name, readFileSync(join(FOLDER, name), 'utf8')]))
  const names = new Set([...pages.keys(), ...present.keys()])
  return [...names].filter(name => pages.get(name) !== present.get(name)).sort()
}

function writePages(): void {
  rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(FOLDER, { recursive: true })
  for (const [name, text] of diagnosticPages()) writeFileSync(join(FOLDER, name), text)
}

function main(): number {
  if (!process.argv.includes('--check')) {
    writePages()
    return 0
  }
  const outdated = outdatedPages()
  if (outdated.length > 0) process.stderr.write(`docs/diagnostics is not current: ${outdated.join(', ')}\n`)
  return outdated.length === 0 ? 0 : 1
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = main()
