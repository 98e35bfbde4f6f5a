/** Every target, for the ordinary tests, for the fuzzer and for the cases that it has found. */
import { abstractStrings } from './abstract-strings.js'
import { damagedTable } from './damage.js'
import { equivalence, passes, sameBytes } from './equivalence.js'
import { addingProject, layerFiles, layersEquivalence, silentLayer, trusting } from './layers.js'
import { mutatedText } from './mutated-text.js'
import { negation } from './negation.js'
import { globs, patterns } from './patterns.js'
import { addingAllow, addingDeny, defaults, duplicates, order, splitActions, splitFiles } from './statements.js'
import { shellOracle } from './shell-oracle.js'
import type { Target } from './target.js'
import { uncertainty } from './uncertainty.js'
import { verify } from './verify.js'

export const targets: readonly Target[] = [
  equivalence,
  passes,
  sameBytes,
  addingDeny,
  addingAllow,
  order,
  duplicates,
  splitFiles,
  splitActions,
  defaults,
  negation,
  uncertainty,
  abstractStrings,
  patterns,
  globs,
  verify,
  mutatedText,
  damagedTable,
  layersEquivalence,
  addingProject,
  trusting,
  silentLayer,
  layerFiles,
  shellOracle,
]
