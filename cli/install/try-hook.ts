/** A hook that is about to be installed, asked once as the platform would: it has to answer. */
import { spawnSync } from 'node:child_process'
import { UsageError } from '../usage-error.js'

const LIMIT_MS = 60_000

/** A call that changes nothing, whatever the policy says of it. */
const HARMLESS = { session_id: 'install', cwd: '/', hook_event_name: 'PreToolUse', tool_name: 'Read', tool_input: { file_path: '/' } }

/** @throws UsageError where it fails, which would block every call */
export function tryHook(command: string): void {
  const input = JSON.stringify({ ...HARMLESS, tool_use_id: 'install' })
  const { status, stdout, stderr } = spawnSync('/bin/sh', ['-c', command], { input, env: {}, encoding: 'utf8', timeout: LIMIT_MS })
  const decided = status === 0 || (status === 2 && stdout !== '' && !stderr.includes('[agsec] blocked:'))
  if (!decided)
    throw new UsageError(`the hook does not answer: ${stderr.trim()}`, 'nothing was installed; `agsec compile` makes the bundle anew')
}
