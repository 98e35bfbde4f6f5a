import { allow, createGuard, deny, param, review } from 'agsec/sdk'
import { agsecMiddleware } from 'agsec/sdk/langchain'
import { createAgent, ToolMessage, tool } from 'langchain'
import { z } from 'zod'

const guard = createGuard({
  rules: [
    allow('refund').when(param('amount').lte(100)),
    review('refund').when(param('amount').gt(100)).because('large refunds need a person'),
    deny('delete_account').because('accounts are never deleted by an agent').instead('offer to deactivate the account'),
  ],
  onReview: async ({ tool: name, params }) => {
    console.log('asked:', name, params)
    return params['customer'] === 'c-7'
  },
})

const refund = tool(
  ({ amount, customer }) => {
    console.log('run: refund', amount, customer)
    return 'refunded'
  },
  { name: 'refund', description: 'Refunds an order.', schema: z.object({ amount: z.number(), customer: z.string() }) },
)

const deleteAccount = tool(
  ({ customer }) => {
    console.log('run: delete_account', customer)
    return 'deleted'
  },
  { name: 'delete_account', description: 'Deletes an account.', schema: z.object({ customer: z.string() }) },
)

const agent = createAgent({
  model: 'openai:gpt-5.4',
  tools: [refund, deleteAccount],
  // The last one: middleware after it could change a call that has been decided.
  middleware: [agsecMiddleware(guard, ToolMessage)],
})

const { messages } = await agent.invoke({ messages: [{ role: 'user', content: 'Refund c-7 and delete the account.' }] })
console.log(messages.at(-1)?.text)
