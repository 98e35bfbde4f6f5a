import { readPackageFile } from '../package-root.js'

/**
 * The text of the prebuilt kernel, as the package carries it.
 * @throws where the package has not been built
 */
export function loadKernel(): string {
  try {
    return readPackageFile('dist/kernel.js')
  } catch (cause) {
    throw new Error('the kernel is missing from this installation; install the package again, or run `npm run build` in a checkout', {
      cause,
    })
  }
}
