import Anthropic from '@anthropic-ai/sdk'
import { allow, createGuard, deny, param, review } from 'agsec/sdk'
import { protect } from 'agsec/sdk/anthropic'

const guard = createGuard({
  rules: [
    allow('refund').when(param('amount').lte(100)),
    review('refund').when(param('amount').gt(100)).because('large refunds need a person'),
    deny('delete_account').because('accounts are never deleted by an agent').instead('offer to deactivate the account'),
  ],
  onReview: async ({ tool, params }) => {
    console.log('\nasked:', tool, params)
    return params['customer'] === 'c-7'
  },
})

const client = protect(new Anthropic(), guard)

const stream = client.messages.stream({
  model: 'claude-sonnet-5-5',
  max_tokens: 1024,
  tools: ['refund', 'delete_account'].map(name => ({ name, input_schema: { type: 'object' } })),
  messages: [{ role: 'user', content: 'Refund order 12 and delete the account.' }],
})
stream.on('text', text => process.stdout.write(text))

// Only calls that are allowed are left; a refused one is text that says why, for the model and for you.
for (const block of (await stream.finalMessage()).content) {
  if (block.type === 'tool_use') console.log('\nrun:', block.name, block.input)
}
