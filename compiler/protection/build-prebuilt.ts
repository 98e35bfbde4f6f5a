/**
 * Reads the built-in statements, compiles their patterns and those of the default policies, and proves what it made; runs when the
 * package is built, never on a user's machine.
 */
import { rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { compile } from '../compile.js'
import { loadSources } from '../load.js'
import { rejectedTogether } from '../lower/interning.js'
import { PREBUILT_FILE, prebuiltText } from '../patterns/prebuilt.js'
import { BUILT_FILE, packStatements, parseProtection } from './protection.js'

const pathOf = (file: string) => fileURLToPath(new URL(`../../../${file}`, import.meta.url))
const file = pathOf(PREBUILT_FILE)

writeFileSync(pathOf(BUILT_FILE), packStatements(parseProtection()))

// Not those of the last build: without the file, all is compiled and proved from the patterns.
rmSync(file, { force: true })
const { ir, verification, diagnostics } = compile(loadSources([pathOf('policies')]).sources, { emit: false, passes: [] })
if (ir === undefined || diagnostics.length > 0) throw new Error(diagnostics[0]?.message)
if (verification === undefined || verification.patterns.unproved.length > 0) throw new Error('a pattern of the package is not proved')
const automata = ir.patterns.flatMap(pattern => (pattern.kind === 'automaton' ? [[pattern.source, pattern.automaton] as const] : []))
writeFileSync(file, prebuiltText([...automata, ...rejectedTogether()]))
