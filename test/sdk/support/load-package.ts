/** Inside a process that `runMatrix` or `runExample` started: the packages of its release. */

/** @param name what an application would import */
export async function loadPackage(name: string): Promise<unknown> {
  const loader: { load(name: string): Promise<unknown> } = await import(process.env.AGSEC_SDK_LOADER ?? './load.mjs')
  return loader.load(name)
}
