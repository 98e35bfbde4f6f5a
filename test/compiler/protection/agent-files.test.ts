/** Every file of the table of agents' files is protected, on every system, in its spelling there: no platform can be forgotten. */
import { describe, expect, it } from 'vitest'
import { locationsOf, type Whereabouts } from '../../../cli/install/locations.js'
import { compile } from '../../../compiler/compile.js'
import { AGENT_FILES, type AgentSystem } from '../../../compiler/protection/agent-files.js'
import { wholeCall } from '../../../runtime/decide/check-request.js'
import { openDecider } from '../../../runtime/decide/open.js'
import { expandRequest } from '../../../runtime/shell/expand-request.js'

const { table } = compile([{ path: 'all.yaml', text: 'default: allow' }], { emit: false, verify: false })
if (table === undefined) throw new Error('a policy without statements does not compile')
const decider = openDecider(table)

const WHERE: Readonly<Record<AgentSystem, Whereabouts>> = {
  linux: { system: 'linux', home: '/home/u', project: '/home/u/app' },
  darwin: { system: 'darwin', home: '/Users/u', project: '/Users/u/app' },
  win32: { system: 'win32', home: 'C:\\Users\\u', project: 'D:\\work\\app' },
}

/** Settings of editors are daily work; what they say of agents is looked at, not where they lie. */
const BY_CONTENT = /Code[\\/]User[\\/]settings\.json$|\.vscode[\\/]settings\.json$/

function filesOf(where: Whereabouts): readonly string[] {
  const paths = AGENT_FILES.flatMap(({ name }) => locationsOf(name, where).map(({ path }) => path.replaceAll('*', 'other')))
  return [...new Set(paths)].filter(path => !BY_CONTENT.test(path))
}

function contextOf({ system, home, project = '' }: Whereabouts) {
  return { home, cwd: project, project_root: project, platform: system }
}

describe.each(Object.values(WHERE))('the files of every agent on $system', where => {
  const files = filesOf(where)

  it('are there', () => {
    expect(files.length).toBeGreaterThan(60)
  })
  it.each(['file.write', 'file.edit', 'file.delete', 'file.move'])('are protected from %s', action => {
    const open = files.filter(
      path => decider.decide(wholeCall({ action, params: { file_path: path }, context: contextOf(where) })).decision !== 'deny',
    )
    expect(open).toEqual([])
  })
  it('can be read', () => {
    const closed = files.filter(
      path =>
        decider.decide(wholeCall({ action: 'file.read', params: { file_path: path }, context: contextOf(where) })).decision !== 'allow',
    )
    expect(closed).toEqual([])
  })
  it('are protected from files that get their name', () => {
    const open = files.filter(
      path =>
        decider.decide(wholeCall({ action: 'file.move', params: { file_path: 'x', dest_path: path }, context: contextOf(where) }))
          .decision !== 'deny',
    )
    expect(open).toEqual([])
  })
  it.runIf(where.system !== 'win32')('are protected from commands', () => {
    const commands = files.flatMap(path => [`echo x > '${path}'`, `rm '${path}'`, `cp x '${path}'`, `ln -sf x '${path}'`])
    const open = commands.filter(command => {
      const request = { action: 'bash.execute', params: { command }, context: contextOf(where) }
      return decider.decide(expandRequest(request, { realPath: path => path })).decision !== 'deny'
    })
    expect(open).toEqual([])
  })
})

it('the settings of editors are protected where they speak of hooks', () => {
  for (const path of ['/home/u/.config/Code/User/settings.json', '/home/u/app/.vscode/settings.json']) {
    const decided = (content: string) =>
      decider.decide(wholeCall({ action: 'file.write', params: { file_path: path, content }, context: contextOf(WHERE.linux) })).decision
    expect([decided('{"chat.useHooks": false}'), decided('{"editor.tabSize": 2}')]).toEqual(['deny', 'allow'])
  }
})

/** Those that `npm run test:agents` runs. */
const RUN = ['claude-code', 'codex', 'copilot-cli', 'gemini-cli', 'qwen-code', 'opencode', 'cline']

it('no file is said to have been seen in use of an agent that nobody has run', () => {
  const claimed = AGENT_FILES.filter(({ name, files }) => !RUN.includes(name) && files.some(({ evidence }) => evidence === 'run'))
  expect(claimed.map(({ name }) => name)).toEqual([])
})
