/** Files that disagree about the default: the strictest wins, which the others do not show. */
import type { Diagnostic } from '../diagnostic.js'
import { warning } from '../diagnostics/problem.js'
import { type Located, valueAt } from '../parse/located.js'
import { effectAt, mergeSettings, readSettings } from '../parse/read-settings.js'

export function checkDefaults(roots: readonly Located[]): readonly Diagnostic[] {
  const strictest = mergeSettings(roots.map(readSettings)).default
  const deciding = roots.find(root => effectAt(root, 'default') === strictest)
  const place = deciding === undefined ? undefined : valueAt(deciding, 'default')
  if (strictest === undefined || place === undefined) return []
  return roots.flatMap(root => {
    const value = valueAt(root, 'default')
    const effect = effectAt(root, 'default')
    if (value === undefined || effect === undefined || effect === strictest) return []
    const message = `this default has no effect: another file says \`${strictest}\`, and the strictest applies`
    const related = [{ span: place.span, message: 'this is the default of the policy' }]
    return [warning({ code: 'default-disagrees', span: value.span, message, help: 'write the default in one file only', related })]
  })
}
