import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export const SAMPLE = `# A policy for tests.
version: "1.0"
default: deny

statements:
  # Everything that no other statement stops.
  - sid: AllowBash
    effect: allow
    actions: [bash.execute, file.read]

  - sid: BlockRm   # deleting
    effect: deny
    actions:   ["bash.execute"]
    conditions:
      params.command: { op: regex, value: '\\brm\\s' }
    reason: "Agents should not delete files"
    guidance: "Move it to the trash"
    tests:
      denies: ["rm -rf src"]
      allows: [ls]

  - sid: BlockEnv
    effect: deny
    actions: ["file.*"]
    conditions:
      params.file_path: { op: path, value: ["**/.env", "~/.ssh/**"] }
# the end
`

/** A folder of the name under \`parent\` with the sample policy in it, and what else is given. */
export function samplePolicies(parent: string, name: string, more: Readonly<Record<string, string>> = {}): string {
  const folder = join(parent, name)
  mkdirSync(folder, { recursive: true })
  for (const [file, text] of Object.entries({ '01_sample.yaml': SAMPLE, ...more })) writeFileSync(join(folder, file), text)
  return folder
}
