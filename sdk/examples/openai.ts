import OpenAI from 'openai'
import { allow, createGuard, deny, param, review } from 'agsec/sdk'
import { protect } from 'agsec/sdk/openai'

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

const client = protect(new OpenAI(), guard)

const stream = client.chat.completions.stream({
  model: 'gpt-5.6',
  tools: ['refund', 'delete_account'].map(name => ({ type: 'function', function: { name, parameters: { type: 'object' } } })),
  messages: [{ role: 'user', content: 'Refund order 12 and delete the account.' }],
})
stream.on('content', text => process.stdout.write(text))

// Only calls that are allowed are left; of a refused one there is text that says why, for the model and for you.
for (const call of (await stream.finalMessage()).tool_calls ?? []) {
  if (call.type === 'function') console.log('\nrun:', call.function.name, call.function.arguments)
}
