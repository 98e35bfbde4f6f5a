import { createGuard, allow, deny, param, review } from 'agsec/sdk'
import { guardTools } from 'agsec/sdk/vercel-ai'
import { jsonSchema, stepCountIs, streamText, tool } from 'ai'

const guard = createGuard({
  rules: [
    allow('refund').when(param('amount').lte(100)),
    review('refund').when(param('amount').gt(100)).because('large refunds need a person'),
    deny('delete_account').because('accounts are never deleted by an agent').instead('offer to deactivate the account'),
  ],
  onReview: async ({ tool: name, params }) => {
    console.log('\nasked:', name, params)
    return params['customer'] === 'c-7'
  },
})

const inputSchema = jsonSchema<object>({ type: 'object' })
const tools = guardTools(
  {
    refund: tool({
      inputSchema,
      execute(input) {
        console.log('\nrun: refund', input)
        return 'refunded'
      },
    }),
    delete_account: tool({
      inputSchema,
      execute(input) {
        console.log('\nrun: delete_account', input)
      },
    }),
  },
  guard,
)

const result = streamText({
  model: 'openai/gpt-5.2',
  prompt: 'Refund order 12 and delete the account.',
  tools,
  stopWhen: stepCountIs(5),
})

// A refused call does not run: it is a tool's error, whose message tells the model why, and the model goes on.
for await (const part of result.fullStream) {
  if (part.type === 'text-delta') process.stdout.write(part.text)
  if (part.type === 'tool-error') console.log('\nrefused:', part.toolName)
}
