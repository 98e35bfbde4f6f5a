import { describe, expect, it } from 'vitest'
import { adapterOf } from '../../../runtime/agents/adapters.js'
import type { HostFacts, PlatformName } from '../../../runtime/agents/contract.js'

function facts(texts: Readonly<Record<string, string>>): HostFacts {
  const files = { readText: (path: string) => texts[path], list: () => undefined, kind: () => 'unknown' as const }
  return { home: '/home/u', platform: 'linux', realPath: path => path, files }
}

const CALLS: Readonly<Partial<Record<PlatformName, (tool: string) => object>>> = {
  'copilot-cli': toolName => ({ toolName, toolArgs: {}, sessionId: 's', cwd: '/w' }),
  crush: tool_name => ({ event: 'PreToolUse', tool_name, tool_input: {}, cwd: '/w' }),
}

/** The action, and what else the name can be read as. */
function actions(platform: PlatformName, tool: string, texts: Readonly<Record<string, string>> = {}): readonly string[] {
  const parsed = adapterOf(platform)?.read(CALLS[platform]?.(tool), facts(texts))
  if (parsed?.kind !== 'call') throw new Error('no call')
  return parsed.toolCall.call.map(({ request }) => request.action)
}

const SERVERS = JSON.stringify({ mcpServers: { web: {}, 'web-shop': {}, '': {} } })

describe('a tool whose name does not say where its server ends', () => {
  it('is of a server that the agent’s files name, the longest counting', () => {
    expect(actions('copilot-cli', 'web-shop-buy', { '/home/u/.copilot/mcp-config.json': SERVERS })).toEqual([
      'mcp.web-shop.buy',
      'mcp.web.shop-buy',
    ])
    expect(actions('copilot-cli', 'web-shop-buy', { '/w/.mcp.json': SERVERS })).toEqual(['mcp.web-shop.buy', 'mcp.web.shop-buy'])
    expect(actions('copilot-cli', 'web-open-page', { '/w/.github/mcp.json': SERVERS })).toEqual(['mcp.web.open-page', 'mcp.web-open.page'])
    const crush = { '/w/crush.json': '{"mcp":{"git_hub":{}}}' }
    expect(actions('crush', 'mcp_git_hub_list_issues', crush)[0]).toBe('mcp.git_hub.list_issues')
  })
  it('is looked at as every other that it can be, since the agent may have named the server', () => {
    const others = ['mcp.git.hub_list_issues', 'mcp.git_hub_list.issues']
    expect(actions('crush', 'mcp_git_hub_list_issues', { '/w/crush.json': '{"mcp":{"git_hub":{}}}' }).slice(1)).toEqual(others)
  })
  it('is of the server that comes with the agent', () => {
    expect(actions('copilot-cli', 'github-mcp-server-list_issues')[0]).toBe('mcp.github-mcp-server.list_issues')
  })
  it('is of none that is known where no file names it, or none that can be read', () => {
    const unknown = ['mcp.*.a-b-c', 'mcp.a.b-c', 'mcp.a-b.c']
    expect(actions('copilot-cli', 'a-b-c', { '/home/u/.copilot/mcp-config.json': SERVERS })).toEqual(unknown)
    for (const text of ['', '{', '[]', 'null', '{"mcpServers":[]}', '{"mcpServers":{"a-b-c":{}}}'])
      expect(actions('copilot-cli', 'a-b-c', { '/home/u/.copilot/mcp-config.json': text })).toEqual(unknown)
  })
})

it('numbers that an agent writes as text are numbers', () => {
  const adapter = adapterOf('antigravity')
  const read = (StartLine: string) => {
    const toolCall = { name: 'view_file', args: { AbsolutePath: '/w/a', StartLine } }
    const parsed = adapter?.read({ toolCall, stepIdx: 1, workspacePaths: ['/w'] }, facts({}))
    return parsed?.kind === 'call' ? parsed.toolCall.call[0]?.request.params['offset'] : undefined
  }
  expect([read('12'), read('1e3'), read('x')]).toEqual([12, '1e3', 'x'])
})
