/** The scripted server's models: of the release's `@ai-sdk/openai-compatible`, or, with `--import`, behind every name of a model that a program uses. */
import { loadPackage } from '../support/load-package.js'

interface Provider {
  chatModel(id: string): never // The SDK's own type of models, which each release has another.
}

interface Package {
  createOpenAICompatible(options: { readonly name: string; readonly baseURL: string; readonly apiKey: string }): Provider
}

export async function providerOf(url: string): Promise<Provider> {
  // Loaded by its path, which has no types of its own.
  const loaded = (await loadPackage('@ai-sdk/openai-compatible')) as Package
  return loaded.createOpenAICompatible({ name: 'scripted', baseURL: `${url}/v1`, apiKey: 'k' })
}

const { MODEL_SERVER } = process.env
if (MODEL_SERVER !== undefined) {
  const provider = await providerOf(MODEL_SERVER)
  Object.assign(globalThis, { AI_SDK_DEFAULT_PROVIDER: { languageModel: (id: string) => provider.chatModel(id) } })
}
