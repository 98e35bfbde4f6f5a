import { describe, expect, it } from 'vitest'
import type { Call } from '../../../runtime/decide/request.js'
import { expandRequest, isShellCall } from '../../../runtime/shell/expand-request.js'

const context = { cwd: '/p', home: '/home/u', project_root: '/p', user: 'u' }

function expanded(action: string, command: unknown): Call {
  return expandRequest({ action, params: { command: command as string }, context }, { realPath: path => path })
}

function brief(call: Call): readonly string[] {
  return call.map(({ role, request }) => `${role} ${request.action} ${String(request.params['command'] ?? request.params['file_path'])}`)
}

describe('a request of an agent', () => {
  it('is a whole with parts and effects where it is a shell command', () => {
    expect(brief(expanded('bash.execute', "cat '.env' && rm x"))).toEqual([
      "whole bash.execute cat '.env' && rm x",
      'part bash.execute cat .env',
      'part bash.execute rm x',
      'effect file.read /p/.env',
      'effect file.delete /p/x',
    ])
  })

  it('is taken as PowerShell where it is', () => {
    expect(brief(expanded('powershell.execute', 'Get-Content "it\'s"; Remove-Item x'))).toEqual([
      'whole powershell.execute Get-Content "it\'s"; Remove-Item x',
      "part powershell.execute get-content 'it'\\''s'",
      'part powershell.execute remove-item x',
      "effect file.read /p/it's",
      'effect file.delete /p/x',
    ])
    const parts = expanded('powershell.execute', '& $x').filter(({ role }) => role === 'part')
    expect(parts.every(({ request }) => request.params['dynamic'] === true)).toBe(true)
    expect(parts.length).toBeGreaterThan(0)
  })

  it('is itself alone where it is none, under its real path too', () => {
    const request = { action: 'file.read', params: { file_path: '/link' }, context }
    const real = { ...request, params: { file_path: '/real' } }
    expect(expandRequest(request, { realPath: () => '/real' })).toEqual([{ role: 'whole', request, real }])
    expect(brief(expanded('t.x', 'rm x'))).toEqual(['whole t.x rm x'])
  })

  it('is no shell command without a command that is text', () => {
    expect(isShellCall({ action: 'bash.execute', params: { command: 5 }, context })).toBe(false)
    expect(expanded('bash.execute', 5)).toHaveLength(1)
  })
})
