/** Compiles the patterns of the built-in statements; runs when the package is built, never on a user's machine. */
import { rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { compile } from '../compile.js'
import { patternKey } from '../lower/interning.js'
import { packed, PREBUILT_FILE } from '../patterns/prebuilt.js'

const file = fileURLToPath(new URL(`../../../${PREBUILT_FILE}`, import.meta.url))

// Not those of the last build.
rmSync(file, { force: true })
const { ir, diagnostics } = compile([{ path: 'none.yaml', text: 'default: deny\n' }], { emit: false, verify: false, passes: [] })
if (ir === undefined) throw new Error(diagnostics[0]?.message)
const machines = new Map(
  ir.patterns.flatMap(pattern => {
    const machine = packed(pattern)
    return machine === undefined ? [] : [[patternKey(pattern.source, false), machine]]
  }),
)
writeFileSync(file, JSON.stringify([...machines]))
