/**
 * The floor in the rules of each platform that has any.
 *
 *   claude-code    permissions.deny: `Bash(words *)`, `Read(path)`, `Edit(path)`, `WebFetch(domain:host)`, `mcp__server__tool` (its settings reference)
 *   codex          prefix_rule() in a `.rules` file; the same as `[rules]` of `requirements.toml` (run: codex 0.169)
 *   opencode       permission: bash, read, edit, webfetch with patterns, the last that fits counting (run: opencode 1.18)
 *   copilot-cli    permissions.deny of the managed settings: `Shell(words *)`, `Read(path)`, `Edit(path)`, `Domain(host)` (docs.github.com)
 *   cursor         permissions.deny of `cli-config.json`: `Shell(program)`, `Read(path)`, `Write(path)` (cursor.com/docs); programs only, no arguments
 *   zed            agent.tool_permissions with regular expressions (zed.dev/docs)
 */
import { agentFiles } from '../install/locations.js'
import { tomlString } from '../install/toml-edit.js'
import type { Floor } from './floor.js'

export interface Export {
  /** Where the rules belong. */
  readonly file: string
  readonly text: string
  /** What of the floor the platform cannot say. */
  readonly unsayable: readonly string[]
}

type Format = (floor: Floor, scope: 'user' | 'managed') => Export

const FORMATS: Readonly<Record<string, Format>> = { 'claude-code': claude, codex, opencode, 'copilot-cli': copilot, cursor, zed }

export const EXPORTED = Object.keys(FORMATS)

/** Undefined for a platform that has no rules of its own. */
export function exportFor(platform: string, floor: Floor, scope: 'user' | 'managed'): Export | undefined {
  return Object.hasOwn(FORMATS, platform) ? FORMATS[platform]?.(floor, scope) : undefined
}

/** What it is called; Zed has rules and no hooks. */
export function exportTitle(platform: string): string {
  return platform === 'zed' ? 'Zed' : (agentFiles(platform)?.title ?? platform)
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

/** Relative to nothing: `//` begins at the root, `~/` in the home. */
function gitignoreLike(pattern: string): string {
  return pattern.startsWith('~/') ? pattern : pattern.startsWith('/') ? `/${pattern}` : `//${pattern}`
}

function claude({ commands, reads, writes, hosts, mcpTools }: Floor, scope: 'user' | 'managed'): Export {
  const deny = [
    ...commands.flatMap(({ what }) => [`Bash(${what.join(' ')})`, `Bash(${what.join(' ')} *)`]),
    ...reads.map(({ what }) => `Read(${gitignoreLike(what)})`),
    ...writes.map(({ what }) => `Edit(${gitignoreLike(what)})`),
    ...hosts.map(({ what }) => `WebFetch(domain:${what})`),
    ...mcpTools.map(({ what }) => `mcp__${what.replace('.', '__')}`),
  ]
  const file = scope === 'managed' ? '/etc/claude-code/managed-settings.d/60-agsec-floor.json' : '~/.claude/settings.json'
  return { file, text: json({ permissions: { deny } }), unsayable: [] }
}

function copilot({ commands, reads, writes, hosts, mcpTools }: Floor): Export {
  const deny = [
    ...commands.flatMap(({ what }) => [`Shell(${what.join(' ')})`, `Shell(${what.join(' ')} *)`]),
    ...reads.map(({ what }) => `Read(${gitignoreLike(what)})`),
    ...writes.map(({ what }) => `Edit(${gitignoreLike(what)})`),
    ...hosts.map(({ what }) => `Domain(${what})`),
  ]
  const unsayable = counted('MCP tools', mcpTools)
  return { file: 'the managed settings of Copilot', text: json({ permissions: { deny } }), unsayable }
}

function codex(floor: Floor, scope: 'user' | 'managed'): Export {
  const unsayable = besideCommands(floor)
  if (scope === 'managed') return { file: '/etc/codex/requirements.toml', text: requirementRules(floor), unsayable }
  const rules = floor.commands.map(({ what, reason }) => {
    const words = what.map(word => JSON.stringify(word)).join(', ')
    return `prefix_rule(pattern = [${words}], decision = "forbidden", justification = ${JSON.stringify(`${reason} (agsec)`)})\n`
  })
  return { file: '~/.codex/rules/agsec.rules', text: rules.join(''), unsayable }
}

/** The same for the administrator's file, where no flag switches it off. */
function requirementRules({ commands }: Floor): string {
  const rules = commands.map(({ what, reason }) => {
    const pattern = what.map(word => `{ token = ${tomlString(word)} }`).join(', ')
    return `  { pattern = [${pattern}], decision = "forbidden", justification = ${tomlString(`${reason} (agsec)`)} },\n`
  })
  return `[rules]\nprefix_rules = [\n${rules.join('')}]\n`
}

function opencode({ commands, reads, writes, hosts, mcpTools }: Floor, scope: 'user' | 'managed'): Export {
  const paths = (rules: Floor['reads']) => denied(rules.flatMap(({ what }) => wildcards(what)))
  const permission = {
    bash: denied(commands.flatMap(({ what }) => [what.join(' '), `${what.join(' ')} *`])),
    read: paths(reads),
    edit: paths(writes),
    ...denied(mcpTools.map(({ what }) => what.replace('.', '_'))),
  }
  const unsayable = counted('hosts', hosts)
  const file = scope === 'managed' ? '/etc/opencode/opencode.json' : '~/.config/opencode/opencode.json'
  return { file, text: json({ permission }), unsayable }
}

/** One star stands for everything there, slashes included. */
function wildcards(pattern: string): readonly string[] {
  const plain = pattern.replaceAll('**', '*')
  return plain.startsWith('*/') ? [plain.slice(2), plain] : [plain]
}

function denied(patterns: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(patterns.map(pattern => [pattern, 'deny']))
}

/** Its rules name programs; a rule for `git` because of `git push --force` would deny all of git. */
function cursor({ commands, reads, writes, hosts, mcpTools }: Floor): Export {
  const deny = [
    ...commands.filter(({ what }) => what.length === 1).map(({ what }) => `Shell(${what.join('')})`),
    ...reads.map(({ what }) => `Read(${what})`),
    ...writes.map(({ what }) => `Write(${what})`),
  ]
  const long = commands.filter(({ what }) => what.length > 1)
  const unsayable = [...counted('commands with arguments', long), ...counted('hosts', hosts), ...counted('MCP tools', mcpTools)]
  return { file: '~/.cursor/cli-config.json', text: json({ permissions: { deny } }), unsayable }
}

function zed(floor: Floor): Export {
  const rule = (pattern: string) => ({ pattern })
  const writes = floor.writes.map(({ what }) => rule(pathRegex(what)))
  const tools = {
    terminal: { always_deny: floor.commands.map(({ what }) => rule(`^${what.map(escaped).join('\\s+')}(\\s|$)`)) },
    ...Object.fromEntries(['edit_file', 'delete_path', 'move_path', 'create_directory'].map(tool => [tool, { always_deny: writes }])),
    fetch: { always_deny: floor.hosts.map(({ what }) => rule(hostRegex(what))) },
    ...Object.fromEntries(floor.mcpTools.map(({ what }) => [`mcp:${what.replace('.', ':')}`, { default: 'deny' }])),
  }
  const unsayable = counted('files that are not to be read', floor.reads)
  return { file: '~/.config/zed/settings.json', text: json({ agent: { tool_permissions: { tools } } }), unsayable }
}

function escaped(text: string): string {
  return text.replace(/[.+*?^${}()|[\]\\]/g, '\\$&')
}

function pathRegex(pattern: string): string {
  const body = escaped(pattern.replace(/^(?:~|\*\*)\//, ''))
    .replaceAll('\\*\\*', '.*')
    .replaceAll('\\*', '[^/]*')
  return pattern.startsWith('/') ? `^${body}$` : `(^|/)${body}$`
}

function hostRegex(host: string): string {
  return host.startsWith('*.') ? `^https?://[^/]*\\.${escaped(host.slice(2))}([:/]|$)` : `^https?://${escaped(host)}([:/]|$)`
}

function besideCommands({ reads, writes, hosts, mcpTools }: Floor): readonly string[] {
  const files = [...counted('files that are not to be read', reads), ...counted('files that are not to be written', writes)]
  return [...files, ...counted('hosts', hosts), ...counted('MCP tools', mcpTools)]
}

function counted(what: string, rules: readonly unknown[]): readonly string[] {
  return rules.length === 0 ? [] : [`${what} (${rules.length})`]
}
