/**
 * One process per release: a file of `node:test` tests that runs under any Node, with the packages of the release. It asks
 * `loadPackage` for them.
 */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { packageFile } from '../../../compiler/package-root.js'
import { loaderOf, nodeOf, type Release } from './releases.js'

export interface MatrixRun {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  /** Everything that the tests printed, for people. */
  readonly output: string
}

/** @param file the file of tests, from the root of the repository */
export async function runMatrix(file: string, release: Release): Promise<MatrixRun> {
  const output = await printed(release, ['--import', 'tsx', '--test-reporter=tap', '--test', path(file)])
  const count = (of: string) => Number(new RegExp(`^# ${of} (\\d+)$`, 'm').exec(output)?.[1] ?? Number.NaN)
  return { passed: count('pass'), failed: count('fail'), skipped: count('skipped'), output }
}

/** What a program of the repository prints when a release runs it, and how it ended: an example, say. */
export async function runExample(file: string, release: Release, env: Readonly<Record<string, string>>): Promise<string> {
  return printed(release, ['--import', 'tsx', path(file)], env)
}

function path(file: string): string {
  return fileURLToPath(packageFile(file))
}

function printed(release: Release, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
  const options = { env: { ...process.env, NODE_OPTIONS: '', NODE_NO_WARNINGS: '1', AGSEC_SDK_LOADER: loaderOf(release), ...env } }
  const child = spawn(nodeOf(release), args, { ...options, cwd: fileURLToPath(packageFile('.')) })
  const chunks: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => chunks.push(chunk))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', code => resolve(`${Buffer.concat(chunks).toString()}${code === 0 ? '' : `\nexit status ${code}`}`))
  })
}
