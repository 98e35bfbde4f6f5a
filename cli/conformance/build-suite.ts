/** Writes `dist/conformance.json`; runs when the package is built. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { packageFile } from '../../compiler/package-root.js'
import { readSuite } from './read-suite.js'

mkdirSync(packageFile('dist'), { recursive: true })
writeFileSync(packageFile('dist/conformance.json'), JSON.stringify(readSuite(fileURLToPath(packageFile('test/conformance')))))
