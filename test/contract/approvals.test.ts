import { describe } from 'vitest'
import { approvesCalls } from './approves-calls.js'
import { ownNode } from './claude-code/installed-hook.js'

describe('approvals', { timeout: 120_000 }, () => approvesCalls(ownNode))
