import { readPackageFile } from '../package-root.js'

/** What a bundle is made for: `node` runs on Node, Bun and Deno; `qjs` on QuickJS, as the hook alone. */
export type BundleTarget = 'node' | 'qjs'

const FILES: Readonly<Record<BundleTarget, string>> = { node: 'dist/kernel.js', qjs: 'dist/kernel-qjs.js' }

/**
 * The text of the prebuilt kernel, as the package carries it.
 * @throws where the package has not been built
 */
export function loadKernel(target: BundleTarget): string {
  try {
    return readPackageFile(FILES[target])
  } catch (cause) {
    throw new Error('the kernel is missing from this installation; install the package again, or run `npm run build` in a checkout', {
      cause,
    })
  }
}
