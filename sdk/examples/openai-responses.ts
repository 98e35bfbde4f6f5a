import OpenAI from 'openai'
import { allow, createGuard, deny } from 'agsec/sdk'
import { protect } from 'agsec/sdk/openai'

const guard = createGuard({
  rules: [allow('get_weather'), deny('send_mail').because('mail is not sent by an agent').instead('show the text instead')],
})

const client = protect(new OpenAI(), guard)
const tools = ['get_weather', 'send_mail'].map(name => ({ type: 'function' as const, name, parameters: {}, strict: false }))

const first = await client.responses.create({ model: 'gpt-5.6', tools, input: 'Mail me the weather.' })
const results = first.output.flatMap(item => {
  if (item.type !== 'function_call') return []
  console.log('run:', item.name)
  return [{ type: 'function_call_output' as const, call_id: item.call_id, output: 'sunny' }]
})

// The model gets the refusal as the result of the call that is missing here.
const next = await client.responses.create({ model: 'gpt-5.6', tools, previous_response_id: first.id, input: results })
console.log(next.output_text)
