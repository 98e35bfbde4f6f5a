import { existsSync, readFileSync } from 'node:fs'

/** Files of the package, found from the sources (`compiler/`) and from the built package (`dist/compiler/`) alike. */
const ROOT = existsSync(new URL('../package.json', import.meta.url)) ? new URL('../', import.meta.url) : new URL('../../', import.meta.url)

/** @param path relative to the root of the package, e.g. `compiler/schema/policy.schema.json` */
export function packageFile(path: string): URL {
  return new URL(path, ROOT)
}

export function readPackageFile(path: string): string {
  return readFileSync(packageFile(path), 'utf8')
}

/** A file of the package is not what was built: nobody's policy is wrong. */
export class DamagedPackage extends Error {
  override readonly name = 'DamagedPackage'
}
