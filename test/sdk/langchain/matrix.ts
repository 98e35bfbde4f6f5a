/** What LangChain does against the scripted server; run by `langchain.test.ts`, one process per release. */
await import('./agents.js')
await import('./agents-more.js')
await import('./tool-node.js')
await import('./tools.js')
