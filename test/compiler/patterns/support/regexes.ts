/** Random regular expressions as text. */
import fc from 'fast-check'

export interface RegexGrammar {
  /** Parts that read one character, or none. */
  readonly atoms: readonly string[]
  /** Groups around a part, with `@` for the part; look-around among them. */
  readonly groups: readonly string[]
  /** Assertions, which take no quantifier. */
  readonly assertions: readonly string[]
  /** Look-arounds with `@` for the body, which take no quantifier either. */
  readonly looks: readonly string[]
  readonly quantifiers: readonly string[]
}

export function regexes(grammar: RegexGrammar): fc.Arbitrary<string> {
  const { alternation } = fc.letrec<{
    alternation: string
    sequence: string
    term: string
    repeated: string
    single: string
    group: string
  }>(tie => ({
    alternation: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      { weight: 3, arbitrary: tie('sequence') },
      { weight: 1, arbitrary: fc.array(tie('sequence'), { minLength: 2, maxLength: 3 }).map(parts => parts.join('|')) },
    ),
    sequence: fc.array(tie('term'), { minLength: 0, maxLength: 4 }).map(parts => parts.join('')),
    term: fc.oneof(
      { maxDepth: 6, depthSize: 'small' },
      { weight: 5, arbitrary: tie('single') },
      { weight: 3, arbitrary: tie('repeated') },
      { weight: 2, arbitrary: fc.constantFrom(...grammar.assertions) },
      { weight: 2, arbitrary: filled(grammar.looks, tie('alternation')) },
    ),
    repeated: fc.tuple(tie('single'), fc.constantFrom(...grammar.quantifiers)).map(([part, quantifier]) => part + quantifier),
    single: fc.oneof(
      { maxDepth: 6, depthSize: 'small' },
      { weight: 4, arbitrary: fc.constantFrom(...grammar.atoms) },
      { weight: 1, arbitrary: tie('group') },
    ),
    group: filled(grammar.groups, tie('alternation')),
  }))
  return alternation
}

function filled(templates: readonly string[], body: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(fc.constantFrom(...templates), body).map(([template, part]) => template.replace('@', () => part))
}

/** A grammar of everything, over few characters. */
export const commonGrammar: RegexGrammar = {
  atoms: [
    'a',
    'B',
    'b',
    '-',
    '\\n',
    'é',
    '.',
    '\\w',
    '\\W',
    '\\s',
    '[aB]',
    '[^a]',
    '[a-é]',
    '[^\\w]',
    '\\p{L}',
    '\\P{Lu}',
    '😀',
    '[]',
    '[^]',
  ],
  groups: ['(@)', '(?:@)'],
  assertions: ['\\b', '\\B', '^', '$'],
  looks: ['(?=@)', '(?!@)', '(?<=@)', '(?<!@)'],
  quantifiers: ['*', '+', '?', '*?', '{2}', '{0,2}', '{1,}'],
}
