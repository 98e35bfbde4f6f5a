/** Every technique; names are unique. */
import { calls } from './calls.js'
import { channels } from './channels.js'
import { commandTechniques } from './commands.js'
import { controlFlow } from './control-flow.js'
import { detours } from './detours.js'
import { interpreters } from './interpreters.js'
import { options } from './options.js'
import { pathTechniques } from './paths.js'
import { programs } from './programs.js'
import type { Technique } from './technique.js'
import { wordTechniques } from './words.js'
import { wrappers } from './wrappers.js'

export const techniques: readonly Technique[] = [
  ...pathTechniques,
  ...programs,
  ...options,
  ...wrappers,
  ...wordTechniques,
  ...commandTechniques,
  ...controlFlow,
  ...calls,
  ...interpreters,
  ...detours,
  ...channels,
]
