import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { agsec } from './run-cli.js'
import { samplePolicies } from './sample-policy.js'
import { tempFolder } from './temp-folder.js'

it('agsec compile --target esm writes one module, checks and proves it, and says where it was changed', async () => {
  const home = tempFolder()
  const policies = samplePolicies(home, 'policies')
  const module = join(home, 'policy.bundle.mjs')
  const compile = (...args: string[]) => agsec(['compile', policies, '--agsec-home', home, ...args])

  expect(compile('--target', 'esm')).toMatchObject({ status: 2, stderr: expect.stringContaining('`--target esm` goes with `--output`') })
  expect(compile('--target', 'esm', '-o', module)).toMatchObject({ status: 0, stderr: '' })
  const { bundle } = (await import(pathToFileURL(module).href)) as {
    readonly bundle: { decide(request: object): { readonly decision: string } }
  }
  expect(bundle.decide({ action: 'bash.execute', params: { command: 'rm -rf x' } }).decision).toBe('deny')

  expect(compile('--target', 'esm', '-o', module, '--check').status).toBe(0)
  expect(compile('--verify', module)).toMatchObject({ status: 0, stdout: expect.stringContaining('says what the policies say') })
  writeFileSync(module, readFileSync(module, 'utf8').replace('agsecKernel=', 'agsecKernel =').replace('var agsecKernel', 'let agsecKernel'))
  expect(compile('--verify', module)).toMatchObject({ status: 1, stderr: expect.stringContaining('its kernel differs') })
  expect(compile('--target', 'esm', '-o', module, '--check').status).toBe(1)
})
