/** What `ai` does against the scripted server; run by `vercel-ai.test.ts`, one process per release. */
await import('./tools.js')
await import('./approval.js')
await import('./model.js')
