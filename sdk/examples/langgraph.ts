import { MessagesAnnotation, START, StateGraph } from '@langchain/langgraph'
import { ToolNode, toolsCondition } from '@langchain/langgraph/prebuilt'
import { createGuard } from 'agsec/sdk'
import { guardTools } from 'agsec/sdk/langchain'
import { initChatModel, ToolMessage, tool } from 'langchain'
import { z } from 'zod'

const guard = createGuard({
  rules: [
    { effect: 'allow', actions: 'bash.execute', conditions: { 'params.command': { op: 'starts_with', value: 'echo ' } } },
    { effect: 'deny', actions: 'file.delete', reason: 'files are not deleted', guidance: 'move them to /tmp' },
  ],
})

const shell = tool(
  ({ command }) => {
    console.log('run:', command)
    return 'done'
  },
  { name: 'bash', description: 'Runs a command.', schema: z.object({ command: z.string() }) },
)

const tools = guardTools([shell], guard, ToolMessage)
const chat = await initChatModel('openai:gpt-5.4')

const graph = new StateGraph(MessagesAnnotation)
  .addNode('model', async ({ messages }) => ({ messages: [await chat.bindTools(tools).invoke(messages)] }))
  .addNode('tools', new ToolNode(tools))
  .addEdge(START, 'model')
  .addConditionalEdges('model', toolsCondition)
  .addEdge('tools', 'model')
  .compile()

const { messages } = await graph.invoke({ messages: [{ role: 'user', content: 'Say hello, then clean up.' }] })
console.log(messages.at(-1)?.text)
