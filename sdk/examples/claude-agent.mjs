import { query } from '@anthropic-ai/claude-agent-sdk'
import { allow, createGuard, deny, param, review } from 'agsec/sdk'
import { guardOptions } from 'agsec/sdk/claude-agent'

const guard = createGuard({
  agent: 'claude-agent',
  rules: [
    allow('file.*', 'bash.execute'),
    deny('file.*').when(param('file_path').path('**/.env')).because('secrets are not read'),
    review('file.delete').because('deleting needs a person'),
  ],
  onReview: async ({ tool, params }) => {
    console.log('asked:', tool, params)
    return false
  },
})

const options = guardOptions(
  { permissionMode: 'acceptEdits', settingSources: [], pathToClaudeCodeExecutable: process.env.CLAUDE_CODE },
  guard,
)

for await (const message of query({ prompt: process.argv[2] ?? 'What is in this folder?', options })) {
  if (message.type === 'result') console.log(message.subtype)
}
