/** The table of files in docs/install.md is that of the code. `UPDATE=1` writes it into the page. */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { AGENT_FILES, type AgentFiles, type AgentScope } from '../../../compiler/protection/agent-files.js'

const PAGE = fileURLToPath(new URL('../../../docs/install.md', import.meta.url))
const TABLE = /(?<=<!-- files: begin -->\n)[^]*(?=<!-- files: end -->)/

function cell({ files }: AgentFiles, scope: AgentScope): string {
  const entry = files.find(file => file.scope === scope && file.role === 'entry')
  if (entry === undefined) return '–'
  const path = typeof entry.path === 'string' ? entry.path : entry.path.linux
  return `\`${path ?? ''}\` (${entry.evidence})`
}

function table(): string {
  const rows = AGENT_FILES.map(
    agent => `| ${agent.title} | \`${agent.name}\` | ${cell(agent, 'user')} | ${cell(agent, 'project')} | ${cell(agent, 'managed')} |`,
  )
  return ['| agent | name | for you | for a project | for the machine |', '|---|---|---|---|---|', ...rows, ''].join('\n')
}

it('is what the code says', () => {
  const fresh = readFileSync(PAGE, 'utf8').replace(TABLE, table())
  if (process.env['UPDATE'] === '1') writeFileSync(PAGE, fresh)
  expect(readFileSync(PAGE, 'utf8')).toBe(fresh)
  expect(fresh).toContain('| Claude Code | `claude-code` | `~/.claude/settings.json` (run) |')
})
