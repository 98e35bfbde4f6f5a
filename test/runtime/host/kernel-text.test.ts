/** The kernel stands in a bundle as a comment: every way to it, and what happens where it is not all there. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { emitBundle } from '../../../compiler/emit/bundle.js'
import { compile } from '../../../compiler/compile.js'

const POLICY =
  'default: allow\nstatements:\n  - { sid: NoSecrets, effect: deny, actions: file.read, conditions: { params.file_path: /app/.env } }\n'

const folder = mkdtempSync(join(tmpdir(), 'agsec-kernel-text-'))
const { table } = compile([{ path: 'policy.yaml', text: POLICY }], { protection: [], emit: false })
const { text, data } = emitBundle('node', table ?? new Uint8Array(), { sourceDigest: '0', statementCount: 1 })

/** Loads a bundle of the text as a library, in a process that runs something first, and decides by it. */
function decided(name: string, bundle: string, before = ''): string {
  const own = join(folder, name)
  mkdirSync(own)
  writeFileSync(join(own, data.name), data.bytes)
  writeFileSync(join(own, 'policy.cjs'), bundle)
  const ask = `process.stdout.write(require('./policy.cjs').decide({ action: 'file.read', params: { file_path: '/app/.env' } }).sid)`
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', `${before};${ask}`], { cwd: own, encoding: 'utf8' })
  return stdout + stderr
}

/** As engines do that compile to another JavaScript first. */
const NO_COMMENTS = `
  const { toString } = Function.prototype
  Function.prototype.toString = function () { return toString.call(this).replace(/\\/\\*.*\\*\\//s, '') }`

describe('the text of the kernel', () => {
  it('is what a function of the bundle says that it is', () => {
    expect(decided('own', text)).toBe('NoSecrets')
  })

  it('is read from the bundle where the engine keeps no comments', () => {
    expect(decided('stripped', text, NO_COMMENTS)).toBe('NoSecrets')
  })

  it.each([
    ['cut off', text.replace(/return agsecKernel\}\)\*\//, '*/')],
    ['longer', text.replace(/return agsecKernel\}\)\*\//, 'return agsecKernel}) */')],
    ['missing', text.replace(/agsecKernelText\(\)\{.*\*\/\}/s, 'agsecKernelText(){}')],
  ])('is not used where it is %s', (name, bundle) => {
    expect(bundle).not.toBe(text)
    expect(decided(name, bundle)).toContain('the bundle is damaged; run `agsec compile`')
  })
})
