import type { Pattern, Width } from './ast.js'

export function widthOf(pattern: Pattern): Width {
  switch (pattern.kind) {
    case 'set':
      return { min: 1, max: 1 }
    case 'sequence':
      return pattern.of.map(widthOf).reduce((a, b) => ({ min: a.min + b.min, max: a.max + b.max }))
    case 'choice':
      return pattern.of.map(widthOf).reduce(either)
    case 'repeat':
      return repeated(widthOf(pattern.of), pattern.min, pattern.max)
    case 'empty':
    case 'before':
    case 'after':
    case 'ahead':
    case 'behind':
      return { min: 0, max: 0 }
    case 'group':
    case 'atomic':
      return widthOf(pattern.of)
    case 'reference':
      return pattern.width
    case 'conditional':
      return either(widthOf(pattern.yes), widthOf(pattern.no))
    default:
      return pattern satisfies never
  }
}

function either(a: Width, b: Width): Width {
  return { min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) }
}

/** No width however often is no width: 0 times infinity is not a number. */
function repeated(of: Width, min: number, max: number): Width {
  return { min: of.min * min, max: of.max === 0 || max === 0 ? 0 : of.max * max }
}
