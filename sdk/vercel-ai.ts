/** `agsec/sdk/vercel-ai`: the policy before the tools of the AI SDK (`ai`), where they run and, in release 7, where they are approved. */
export { agsecApproval, type ApprovalOptions, type ApprovalRequest, type ApprovalStatus } from './vercel-ai-approval.js'
export { agsecMiddleware, type GuardMiddleware, type MiddlewareOptions } from './vercel-ai-model.js'
export { guardTool, guardTools, type ToolsOptions } from './vercel-ai-tools.js'
