/** Words of a policy → what they mean. The schema has checked them; other words give undefined. */
import type { Effect, PossibleOutcome } from '../../runtime/decide/result.js'
import type { Dialect, Policy } from '../ast.js'
import { type Located, textAt } from './located.js'

export interface Settings {
  readonly default?: Effect
  readonly onPossible?: PossibleOutcome
  readonly onUnknown?: PossibleOutcome
  readonly effects?: Policy['effects']
}

export function effectAt(map: Located, key: string): Effect | undefined {
  switch (textAt(map, key)?.toLowerCase()) {
    case 'allow':
      return 'allow'
    case 'review':
      return 'review'
    case 'deny':
    case 'block':
      return 'deny'
    default:
      return undefined
  }
}

export function outcomeAt(map: Located, key: string): PossibleOutcome | undefined {
  const outcome = textAt(map, key)
  return outcome === 'deny' || outcome === 'review' || outcome === 'ignore' ? outcome : undefined
}

export function dialectAt(map: Located | undefined): Dialect | undefined {
  const dialect = textAt(map, 'dialect')
  return dialect === 'python' || dialect === 'es' ? dialect : undefined
}

export function readSettings(root: Located): Settings {
  const effect = effectAt(root, 'default')
  const onPossible = outcomeAt(root, 'on_possible')
  const onUnknown = outcomeAt(root, 'on_unknown')
  const effects = textAt(root, 'effects')
  return {
    ...(effect === undefined ? {} : { default: effect }),
    ...(onPossible === undefined ? {} : { onPossible }),
    ...(onUnknown === undefined ? {} : { onUnknown }),
    ...(effects === 'full' || effects === 'explicit' ? { effects } : {}),
  }
}

const effectsByStrictness: readonly Effect[] = ['deny', 'review', 'allow']
const outcomesByStrictness: readonly PossibleOutcome[] = ['deny', 'review', 'ignore']

/** The strictest of what the files set. */
export function mergeSettings(files: readonly Settings[]): Pick<Policy, 'default' | 'onPossible' | 'onUnknown' | 'effects'> {
  const effect = effectsByStrictness.find(each => files.some(file => file.default === each))
  const onPossible = outcomesByStrictness.find(each => files.some(file => file.onPossible === each))
  const onUnknown = outcomesByStrictness.find(each => files.some(file => file.onUnknown === each))
  return {
    effects: files.some(file => file.effects === 'full') ? 'full' : 'explicit',
    ...(effect === undefined ? {} : { default: effect }),
    ...(onPossible === undefined ? {} : { onPossible }),
    ...(onUnknown === undefined ? {} : { onUnknown }),
  }
}
