/** Path patterns of policies, as far as the rules of platforms can say them: `**`, `*`, a home, and nothing else. */

const CHOICES_LIMIT = 8

/** The patterns that together say no more than one of a policy does. @param operator of the policy's test */
export function plainPatterns(operator: string, text: string): readonly string[] {
  switch (operator) {
    case '==':
    case 'in':
      return isPlain(text) && !text.includes('*') ? [text] : []
    case 'within':
      return isPlain(text) && !text.includes('*') ? [`${text.replace(/\/$/, '')}/**`] : []
    case 'path':
      return withoutClasses(text).filter(isPlain)
    default:
      return []
  }
}

/** Anchored: a pattern that begins anywhere would mean something else on each platform. */
function isPlain(pattern: string): boolean {
  return /^(?:~\/|\/|\*\*\/)[^[\]{}?!\\$:]+$/.test(pattern) && !pattern.includes('//') && /[^*/~.]/.test(pattern)
}

/** `[xX]` as `x`, other small classes as one pattern for each of their characters. */
function withoutClasses(pattern: string): readonly string[] {
  const found = /\[([^\]!^]+)\]/.exec(pattern)
  if (found === null) return [pattern]
  const members = membersOf(found[1] ?? '')
  const letters = new Set(members.map(letter => letter.toLowerCase()))
  const choices = letters.size === 1 ? [...letters] : members
  if (choices.length > CHOICES_LIMIT) return []
  return choices.flatMap(choice => withoutClasses(pattern.slice(0, found.index) + choice + pattern.slice(found.index + found[0].length)))
}

function membersOf(members: string): readonly string[] {
  // A range between two characters; a hyphen at either end is itself.
  if (/[^-]-[^-]/.test(members)) return []
  return [...members]
}

/** Paths that the pattern covers. */
export function samplesOf(pattern: string, home: string): readonly string[] {
  return ['x', 'some.other-name_1'].map(any => {
    const rooted = pattern.startsWith('**/') ? `${home}/project/${any}/${pattern.slice(3)}` : pattern.replace(/^~\//, `${home}/`)
    return rooted.replaceAll('**', `${any}/y`).replaceAll('*', any)
  })
}

/** Whether it covers one of these paths, which may be relative or in the home. */
export function coversAny(pattern: string, paths: readonly string[], home: string): boolean {
  const covering = new RegExp(`^${regexOf(pattern.replace(/^~\//, `${home}/`))}$`, 'i')
  return paths.some(path => covering.test(absolute(path, home)))
}

function absolute(path: string, home: string): string {
  if (path.startsWith('~/')) return home + path.slice(1)
  return path.startsWith('/') ? path : `${home}/project/${path}`
}

function regexOf(pattern: string): string {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&')
  return escaped.replace(/\*\*\/|\*\*|\*/g, stars => (stars === '**/' ? '(?:.*/)?' : stars === '**' ? '.*' : '[^/]*'))
}
