/** The plugins for platforms that take no commands: a small module that runs the installed command and lets nothing but its allow through. */
import type { AgentSystem } from '../../compiler/protection/agent-files.js'
import { PLATFORM_TIMEOUT_S } from './deadline.js'
import type { HookTexts } from './entry.js'

const COMMAND_LINE = /^const COMMAND = (".*")$/m

function shellOf(system: AgentSystem): string {
  return system === 'win32' ? '["cmd.exe", "/d", "/s", "/c", COMMAND]' : '["/bin/sh", "-c", COMMAND]'
}

/** What both plugins have in common: `ask` returns where the call may run, and throws everywhere else. */
function asking({ system, command, allow }: HookTexts): string {
  return `import { spawnSync } from "node:child_process"

const COMMAND = ${JSON.stringify(command)}

function ask(call) {
  const [program, ...args] = ${shellOf(system)}
  const options = { input: JSON.stringify(call), env: environment(), cwd: "${system === 'win32' ? 'C:\\\\' : '/'}", encoding: "utf8", maxBuffer: 1 << 24 }
  const ran = spawnSync(program, args, { ...options, timeout: ${PLATFORM_TIMEOUT_S * 1000}, killSignal: "SIGKILL" })
  if (ran.status === ${allow} && ran.error === undefined && ran.signal === null) return
  const said = String(ran.stderr ?? "").trim()
  throw new Error(said === "" ? "agsec: the hook came to no answer; the call is blocked" : said)
}

function environment() {
  const { HOME, SystemRoot, USERPROFILE } = process.env
  return Object.fromEntries(Object.entries({ HOME, SystemRoot, USERPROFILE }).filter(([, value]) => value !== undefined))
}
`
}

export function opencodePlugin(texts: HookTexts): string {
  return `// Written by \`agsec install opencode\`, removed by \`agsec uninstall opencode\`.
${asking(texts)}
// The tools of MCP servers are named after their servers, and nothing else marks them.
let servers = []

export const Agsec = async ({ directory }) => ({
  config: async ({ mcp }) => {
    servers = Object.keys(mcp ?? {}).map(name => name.replace(/[^A-Za-z0-9_-]/g, "_"))
  },
  "tool.execute.before": async ({ tool, sessionID, callID }, output) => {
    ask({ tool, sessionID, callID, args: output.args, directory, servers })
    seal(output)
  },
})

// Plugins that come after this one could else change what was asked about.
function seal(value) {
  if (typeof value !== "object" || value === null) return
  Object.freeze(value)
  for (const part of Object.values(value)) seal(part)
}
`
}

export function ampPlugin(texts: HookTexts): string {
  return `// Written by \`agsec install amp\`, removed by \`agsec uninstall amp\`.
${asking(texts)}
const directory = process.cwd()

export default function (amp) {
  amp.on("tool.call", async ({ toolUseID, tool, input, thread }) => {
    try {
      ask({ tool, toolUseID, input, thread: { id: thread?.id }, directory })
      return { action: "allow" }
    } catch (error) {
      return { action: "reject-and-continue", message: error instanceof Error ? error.message : String(error) }
    }
  })
}
`
}

/** The command that a plugin of ours runs. */
export function commandInPlugin(text: string): string | undefined {
  const literal = COMMAND_LINE.exec(text)?.[1]
  return literal === undefined ? undefined : String(JSON.parse(literal))
}
