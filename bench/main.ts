/** `npm run bench`: tables of what a decision costs. Read the ratios; the absolute figures are this machine's, this minute. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { aboutRun } from './about.js'
import { build, type Built } from './built.js'
import { goalsTable } from './goals.js'
import { type Options, type Part, readOptions, USAGE } from './options.js'
import { asMarkdown, asText, joined, type Section, type Table } from './report.js'
import { measureDoubling, measureHardPatterns } from './sections/adversarial.js'
import { measureColdHook } from './sections/cold-hook.js'
import { measureCompiling } from './sections/compile-costs.js'
import { measureEngines } from './sections/engines.js'
import { measureMatchers } from './sections/matchers.js'
import { measureNdjson } from './sections/ndjson.js'
import { measurePeers } from './sections/peers.js'
import { measureSdk } from './sections/sdk.js'
import { measureShell } from './sections/shell.js'
import { measureWarm } from './sections/warm.js'

const NOTHING: Section = { tables: [], figures: {} }

async function measure(folder: string, { effort, parts, withNpm, opa }: Options, tell: (section: Section) => void): Promise<void> {
  let known: readonly Built[] | undefined
  const built = () => (known ??= effort.sizes.map(size => build(folder, size)))
  const sections: Readonly<Record<Part, () => Section | Promise<Section>>> = {
    cold: () => measureColdHook(folder, built(), effort),
    engines: () => (withNpm ? measureEngines(join(folder, 'engines'), effort) : NOTHING),
    warm: () => measureWarm(built(), effort),
    shell: () => measureShell(folder, built(), effort),
    sdk: () => measureSdk(built(), effort),
    ndjson: () => measureNdjson(folder, effort),
    peers: () => measurePeers({ folder, effort, withNpm, opa }, built()),
    matchers: async () =>
      joined([measureMatchers(folder, effort, withNpm), await measureDoubling(effort), await measureHardPatterns(effort)]),
    compile: () => measureCompiling(folder, built()),
  }
  for (const part of parts) tell(await sections[part]())
}

async function main(options: Options): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'agsec-bench-'))
  const about = aboutRun()
  const print = (text: string) => {
    if (options.format !== 'json') process.stdout.write(`${text}\n`)
  }
  try {
    const tables: Table[] = []
    const figures: Record<string, number> = {}
    const tell = (table: Table) => {
      tables.push(table)
      print(options.format === 'markdown' ? asMarkdown(table) : asText(table))
    }
    print(`${about}\n`)
    await measure(folder, options, section => {
      section.tables.forEach(tell)
      Object.assign(figures, section.figures)
    })
    tell(goalsTable(figures))
    if (options.format === 'json') process.stdout.write(`${JSON.stringify({ about, tables, figures })}\n`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function optionsOrExit(): Options {
  try {
    return readOptions(process.argv.slice(2))
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`)
    process.exit(2)
  }
}

await main(optionsOrExit())
