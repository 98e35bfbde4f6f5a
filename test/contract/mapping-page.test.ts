/** docs/agents-mapping.md is written from the adapters: `UPDATE=1` writes it anew. */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { adapterOf, platformNames } from '../../runtime/agents/adapters.js'
import { failure } from '../../runtime/agents/answer.js'
import type { Adapter, McpNames, PlatformName, Reply } from '../../runtime/agents/contract.js'

const PAGE = fileURLToPath(new URL('../../docs/agents-mapping.md', import.meta.url))
const START = '<!-- what follows is written by test/contract/mapping-page.test.ts -->\n'

/** Where the knowledge of each platform comes from; the header of its adapter says more. */
const KNOWN: Readonly<Record<PlatformName, string>> = {
  'claude-code': 'runs of 2.1.330; `Glob`, `Grep` and `PowerShell` from documents',
  codex: 'runs of 0.169.0',
  'copilot-cli': 'runs of 1.0.102; the cloud agent from documents',
  'copilot-vscode': 'documents and captures that others published; not run',
  cursor: 'documents and captures that others published (3.9.16); not run',
  windsurf: 'documents and captures that others published; not run',
  cline: 'runs of the CLI 3.0.65; the extension from its source',
  'gemini-cli': 'runs of 0.61.0',
  'qwen-code': 'runs of 0.24.4',
  opencode: 'runs of 1.18.33; `apply_patch` from its source',
  crush: 'its source; arguments from documents; not run',
  goose: 'its source; arguments of the editor are not documented; not run',
  droid: 'documents; arguments partly not documented; not run',
  kiro: 'documents; arguments partly not documented; not run',
  antigravity: 'captures that others published (1.1.2, 1.1.27); not run',
  amp: 'documents and its type declarations; not run',
}

const SHAPES: Readonly<Record<string, string>> = {
  '@patch': '`file.write`, `file.edit`, `file.move`, `file.delete` for each file of the patch',
  '@edit': '`file.edit`, or `file.write` where nothing is replaced; a patch is one for each file',
  '@verb': '`file.read`, `file.write` or `file.edit`, as `command` says',
  '@links': '`web.fetch` for each address in the text',
  '@globs': '`file.read` for each path; `file.glob` for each pattern, with a `file.read` of what it matches as an effect',
  '@download': '`web.fetch` and `file.write`',
  '@mcp': '`mcp.<server>.<tool>`',
  '@resource': '`mcp.<server>.resources/read`',
}

function meaning(word: string): string {
  const shape = SHAPES[word]
  if (shape !== undefined) return shape
  const [action = '', path] = word.split(':')
  if (action.endsWith('.*')) return `\`${action.slice(0, -1)}<tool>\``
  if (action.endsWith('*')) return `\`${action.slice(0, -1)}\`, one for each of the arguments`
  return path === undefined ? `\`${action}\`` : `\`${action}\` of \`${path}\``
}

function mcp([prefix, separator]: McpNames): string {
  if (separator === undefined) return `\`${prefix}<tool>\` is \`mcp.*.<tool>\`: the server is not told`
  const name = `\`${prefix}<server>${separator}<tool>\` is \`mcp.<server>.<tool>\``
  if (separator === '__') return name
  return `${name}; where \`${separator}\` stands in it more than once, and neither the platform nor its files tell the server, it is \`mcp.*.<the rest>\``
}

function row(line: string): string {
  const [word = '', ...tools] = line.split(' ')
  return `| ${tools.map(tool => `\`${tool}\``).join(', ')} | ${meaning(word)} |`
}

function bytes({ stdout, stderr, status }: Reply, { exits }: Adapter): string {
  const exit = status === 10 ? exits.allow : status === 11 ? exits.ask : exits.deny
  return `| \`${stdout === '' ? ' ' : stdout}\` | \`${stderr === '' ? ' ' : stderr.trim()}\` | ${exit} |`
}

function section(adapter: Adapter): string {
  const { name, events, tools } = adapter
  const asked = adapter.reply('review', 'why')
  return [
    `## ${name}`,
    '',
    `Known from: ${KNOWN[name]}.${
      events === ''
        ? ''
        : ` Events: ${events
            .split(' ')
            .map(event => `\`${event}\``)
            .join(', ')}.`
    }`,
    '',
    '| tool | action |',
    '|---|---|',
    ...tools.split('|').map(row),
    '',
    `Tools of MCP servers: ${mcp(adapter.mcp)}.`,
    '',
    '| answer | stdout | stderr | status |',
    '|---|---|---|---|',
    `| allow ${bytes(adapter.reply('allow', ''), adapter)}`,
    `| deny ${bytes(adapter.reply('deny', 'why'), adapter)}`,
    ...(ASKING.includes(name) ? [`| review ${bytes(asked, adapter)}`] : []),
    `| failure ${bytes(failure(adapter, 'why'), adapter)}`,
    '',
  ].join('\n')
}

/** Those that ask a person, at least about some calls; what needs one is denied elsewhere. */
const ASKING: readonly PlatformName[] = ['claude-code', 'copilot-cli', 'copilot-vscode', 'cursor', 'qwen-code', 'droid']

it('says what the adapters do', () => {
  const page = readFileSync(PAGE, 'utf8')
  const sections = platformNames().flatMap(name => adapterOf(name) ?? [])
  const fresh = page.slice(0, page.indexOf(START) + START.length) + sections.map(adapter => `\n${section(adapter)}`).join('')
  if (process.env['UPDATE'] === '1') writeFileSync(PAGE, fresh)
  expect(readFileSync(PAGE, 'utf8')).toBe(fresh)
})
