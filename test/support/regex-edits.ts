/** Regular expressions with one slip of the pen: the mistakes that a translation of patterns could make, and their authors do. */

const REPLACEMENTS: readonly (readonly [from: string, to: string])[] = [
  ['*', '+'],
  ['+', '*'],
  ['?', ''],
  ['+', ''],
  ['*', ''],
  ['^', ''],
  ['$', ''],
  ['|', ''],
  ['.', '\\.'],
  ['\\.', '.'],
  ['\\b', ''],
  ['\\b', '\\B'],
  ['\\s', ' '],
  ['\\s', '\\S'],
  ['\\w', '[a-z]'],
  ['\\w', '\\W'],
  ['\\S', '.'],
  ['\\d', '\\w'],
  ['(?!', '(?='],
  ['(?<!', '(?<='],
  ['(?<=', '(?<!'],
  ['(?i)', ''],
  ['[^', '['],
  ['-z', '-y'],
  ['a-', 'b-'],
  ['0-', '1-'],
  ['A-', 'B-'],
]

/** Every text that one edit makes of the pattern; not all of them are patterns, and some mean what it means. */
export function oneEditAway(source: string): readonly string[] {
  const edits = Array.from(source, (char, at) => [
    source.slice(0, at) + source.slice(at + 1),
    ...(/[a-z]/.test(char) ? [put(source, at, char, otherLetter(char)), put(source, at, char, char.toUpperCase())] : []),
    ...(/[1-8]/.test(char) ? [put(source, at, char, String(Number(char) + 1)), put(source, at, char, String(Number(char) - 1))] : []),
    ...REPLACEMENTS.filter(([from]) => source.startsWith(from, at)).map(([from, to]) => put(source, at, from, to)),
  ])
  return [...new Set(edits.flat())].filter(edited => edited !== source)
}

function put(source: string, at: number, from: string, to: string): string {
  return source.slice(0, at) + to + source.slice(at + from.length)
}

function otherLetter(letter: string): string {
  return letter === 'z' ? 'a' : String.fromCharCode(letter.charCodeAt(0) + 1)
}
