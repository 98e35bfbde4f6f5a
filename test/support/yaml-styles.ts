/** A text as a YAML value in each of the five styles that YAML has. */

export const styles = ['plain', 'single', 'double', 'folded', 'literal'] as const
export type Style = (typeof styles)[number]

/**
 * @param lines of one text, to be joined by white space of any kind
 * @param indent of the lines behind the first, deeper than the key
 */
export function inStyle(style: Style, lines: readonly string[], indent: string): string {
  const joined = (each: readonly string[]) => each.join(`\n${indent}`)
  switch (style) {
    case 'plain':
      return joined(lines)
    case 'single':
      return `'${joined(lines.map(line => line.replaceAll("'", "''")))}'`
    case 'double':
      return `"${joined(lines.map(line => line.replace(/[\\"]/g, '\\$&')))}"`
    case 'folded':
      return `>\n${indent}${joined(lines)}`
    case 'literal':
      return `|\n${indent}${joined(lines)}`
  }
}
