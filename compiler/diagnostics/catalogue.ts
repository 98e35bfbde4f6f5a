/** Every diagnostic code, with what there is to know about it. The pages under `docs/diagnostics/` are made from this. */
import type { CatalogueEntry } from './catalogue/entry.js'
import { fileCodes } from './catalogue/files.js'
import { meaningCodes } from './catalogue/meaning.js'
import { patternCodes } from './catalogue/patterns.js'
import { proofCodes } from './catalogue/proof.js'
import { shapeCodes } from './catalogue/shape.js'
import { whenCodes } from './catalogue/when.js'
import { variableCodes } from './catalogue/variables.js'
import { yamlCodes } from './catalogue/yaml.js'

const entries = {
  ...fileCodes,
  ...yamlCodes,
  ...shapeCodes,
  ...meaningCodes,
  ...variableCodes,
  ...patternCodes,
  ...proofCodes,
  ...whenCodes,
}

export type Code = keyof typeof entries

export const catalogue: ReadonlyMap<string, CatalogueEntry> = new Map(Object.entries(entries))
