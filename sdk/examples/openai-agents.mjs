import { Agent, run, shellTool, tool } from '@openai/agents'
import { allow, createGuard, deny, param } from 'agsec/sdk'
import { protect } from 'agsec/sdk/openai-agents'

const guard = createGuard({
  rules: [
    allow('read_note', 'bash.execute'),
    deny('bash.execute')
      .when(param('command').matches(/\brm\b/))
      .because('files are not deleted')
      .instead('move them to /tmp'),
    deny('drop_table').because('tables stay'),
  ],
})

const noParameters = { type: 'object', properties: {}, required: [], additionalProperties: false }
const named = name => ({ name, description: name, parameters: noParameters, strict: false })

const agent = new Agent({
  name: 'keeper',
  model: 'gpt-5.6',
  tools: [
    tool({ ...named('read_note'), execute: () => 'buy milk' }),
    tool({ ...named('drop_table'), execute: () => console.log('dropped') }),
    shellTool({
      shell: {
        async run({ commands }) {
          console.log('run:', commands.join('; '))
          return { output: commands.map(() => ({ stdout: 'ok', stderr: '', outcome: { type: 'exit', exitCode: 0 } })) }
        },
      },
    }),
  ],
})

// A refused call does not run; the model is told why in its result and goes on.
const { finalOutput } = await run(protect(agent, guard), 'Tidy up.')
console.log(finalOutput)
