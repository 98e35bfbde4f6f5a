/** The passes in the order in which they run: those that renumber and rewrite first, then those that index what is left. */
import { dedupe } from './dedupe.js'
import { fold } from './fold.js'
import { indexActions } from './index-actions.js'
import { indexLiterals } from './index-literals.js'
import { indexValues } from './index-values.js'
import { order } from './order.js'
import type { Pass } from './pass.js'

export const PASSES: readonly Pass[] = [dedupe, fold, order, indexActions, indexValues, indexLiterals]
