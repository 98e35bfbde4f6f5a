import OpenAI from 'openai'
import { createGuard } from 'agsec/sdk'
import { protect } from 'agsec/sdk/openai'

const guard = createGuard({
  rules: [
    { effect: 'allow', actions: 'bash.execute', conditions: { 'params.command': { op: 'starts_with', value: 'echo ' } } },
    { effect: 'deny', actions: 'file.delete', reason: 'files are not deleted', guidance: 'move them to /tmp' },
  ],
})

const client = protect(new OpenAI(), guard)

// A refused call does not run; the model is told why in the tool's result and goes on.
const runner = client.chat.completions.runTools({
  model: 'gpt-5.6',
  messages: [{ role: 'user', content: 'Say hello, then clean up.' }],
  tools: [
    {
      type: 'function',
      function: {
        name: 'bash',
        description: 'Runs a command.',
        parameters: { type: 'object', properties: { command: { type: 'string' } }, required: ['command'] },
        parse: JSON.parse,
        function: ({ command }: { command: string }) => {
          console.log('run:', command)
          return 'done'
        },
      },
    },
  ],
})
console.log(await runner.finalContent())
