import { describe, expect, it } from 'vitest'
import { PLATFORM_NAMES } from '../../../cli/install/detect.js'
import { isOurs, type HookPaths } from '../../../cli/install/hook-command.js'
import { withJsonEntry } from '../../../cli/install/json-edit.js'
import { PLATFORM_ENTRIES } from '../../../cli/install/platforms.js'
import { scriptOfWindowsCommand, windowsCommand, windowsScript } from '../../../cli/install/windows-command.js'
import { adapterOf } from '../../../runtime/agents/adapters.js'
import type { Adapter, PlatformName } from '../../../runtime/agents/contract.js'

const PATHS: HookPaths = {
  engine: ['C:\\Program Files\\nodejs\\node.exe'],
  bundle: "C:\\Users\\O'Neil\\.agsec\\policy.bundle.cjs",
  agsecHome: "C:\\Users\\O'Neil\\.agsec",
  home: "C:\\Users\\O'Neil",
  user: 'oneil',
  cli: ['C:\\Program Files\\nodejs\\node.exe', 'C:\\npm\\agsec\\main.js'],
}

function adapter(platform: PlatformName): Adapter {
  const found = adapterOf(platform)
  if (found === undefined) throw new Error(`there is no adapter for ${platform}`)
  return found
}

describe.each(PLATFORM_NAMES)('%s on Windows', platform => {
  const script = windowsScript(PATHS, adapter(platform))

  it('is started by anything, with nothing to quote', () => {
    const command = windowsCommand(PATHS, adapter(platform))
    expect(command).toMatch(/^powershell\.exe [-A-Za-z ]+ [A-Za-z0-9+/=]+$/)
    // What `cmd` takes on one line.
    expect(command.length).toBeLessThan(8191)
    expect(scriptOfWindowsCommand(command)).toBe(script)
    expect(isOurs(scriptOfWindowsCommand(command))).toBe(true)
  })

  it('starts the engine with the flags that were asked for', () => {
    expect(windowsScript({ ...PATHS, quickFlags: ['--quick'] }, adapter(platform))).toContain("@('--quick','C:\\Users\\O''Neil\\.agsec")
  })

  it('clears the environment, leaves the folder, has a deadline, and blocks by default', () => {
    expect(script).toContain('$p.EnvironmentVariables.Clear()')
    expect(script).toContain('$p.WorkingDirectory=$env:SystemRoot')
    expect(script).toContain('$h.WaitForExit(10000)')
    expect(script).toContain("$p.FileName='C:\\Program Files\\nodejs\\node.exe'")
    expect(script).toContain("'C:\\Users\\O''Neil\\.agsec\\policy.bundle.cjs','hook'")
    const { allow, ask, deny } = adapter(platform).exits
    expect(script).toContain(`if($c -eq 10){[Console]::Out.Write($o);exit ${allow}}`)
    expect(script).toContain(`if($c -eq 11){[Console]::Out.Write($o);exit ${ask}}`)
    expect(script).toContain(`exit ${deny}}`)
    expect(script).toMatch(/exit 2$/)
  })
})

it('stands under the name that each platform reads on Windows', () => {
  const command = windowsCommand(PATHS, adapter('copilot-cli'))
  const texts = { system: 'win32', scope: 'user', command, allow: 0 } as const
  const text = (platform: PlatformName) => {
    const entry = PLATFORM_ENTRIES[platform](texts)
    if (entry.kind === 'file') return entry.text
    return entry.kind === 'json' ? withJsonEntry('x', undefined, entry.entry, isOurs) : ''
  }
  expect(JSON.parse(text('copilot-cli')).hooks.preToolUse[0]).toEqual({ type: 'command', powershell: command, timeoutSec: 20 })
  expect(JSON.parse(text('windsurf')).hooks.pre_run_command[0]).toEqual({ powershell: command, show_output: true })
  expect(text('cline')).toContain(`\r\n${command}\r\nexit $LASTEXITCODE\r\n`)
  expect(text('opencode')).toContain('["cmd.exe", "/d", "/s", "/c", COMMAND]')
})
