/** Puts a client from npm into a cache of its own, at the version that the matrix is about. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Client } from './clients.js'
import { clientFolder, clientProgram } from './run-client.js'

export function installClient(client: Client): void {
  if (existsSync(clientProgram(client))) return
  const folder = clientFolder(client)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{}')
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--prefix', folder, `${client.package}@${client.version}`], {
    stdio: 'ignore',
  })
}
