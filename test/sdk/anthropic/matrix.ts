/** What the Anthropic client does behind a guard, against the scripted server; run by `anthropic.test.ts`, one process per release. */
await import('./messages.js')
await import('./streams.js')
await import('./clients.js')
await import('./tool-runner.js')
