import Anthropic from '@anthropic-ai/sdk'
import { betaTool } from '@anthropic-ai/sdk/helpers/beta/json-schema'
import { createGuard } from 'agsec/sdk'
import { protect } from 'agsec/sdk/anthropic'

const guard = createGuard({
  rules: [
    { effect: 'allow', actions: 'bash.execute', conditions: { 'params.command': { op: 'starts_with', value: 'echo ' } } },
    { effect: 'deny', actions: 'file.delete', reason: 'files are not deleted', guidance: 'move them to /tmp' },
  ],
})

const client = protect(new Anthropic(), guard)

const shell = betaTool({
  name: 'bash',
  description: 'Runs a command.',
  inputSchema: { type: 'object', properties: { command: { type: 'string' } }, required: ['command'] },
  run: ({ command }) => {
    console.log('run:', command)
    return 'done'
  },
})

// A refused call does not run; the model is told why in the tool's result and goes on.
const answer = await client.beta.messages.toolRunner({
  model: 'claude-sonnet-5-5',
  max_tokens: 1024,
  tools: [shell],
  messages: [{ role: 'user', content: 'Say hello, then clean up.' }],
})
for (const block of answer.content) if (block.type === 'text') console.log(block.text)
