/** Text laid out in columns, each as wide as its widest cell. The last column is left ragged. */
export function columns(rows: readonly (readonly string[])[], gap = '  '): string {
  const widths: number[] = []
  for (const row of rows) row.forEach((cell, at) => void (widths[at] = Math.max(widths[at] ?? 0, displayWidth(cell))))
  return rows
    .map(
      row =>
        `${row
          .map((cell, at) => (at === row.length - 1 ? cell : pad(cell, widths[at] ?? 0)))
          .join(gap)
          .trimEnd()}\n`,
    )
    .join('')
}

function pad(cell: string, width: number): string {
  return cell + ' '.repeat(Math.max(0, width - displayWidth(cell)))
}

const ESCAPES = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g')

/** Code points, colours not counted. Wide East Asian characters are counted as one: a ragged column is no harm. */
function displayWidth(text: string): number {
  return [...text.replace(ESCAPES, '')].length
}

/** The text on one line, control characters made visible, cut to `width` code points. */
export function oneLine(text: string, width = Number.POSITIVE_INFINITY): string {
  const visible = [...text].map(visibleCharacter)
  return visible.length <= width ? visible.join('') : `${visible.slice(0, width - 1).join('')}…`
}

/** What an agent wrote must not steer the terminal that shows it. */
function visibleCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (character === '\n') return '⏎'
  if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return `\\x${code.toString(16).padStart(2, '0')}`
  if (isInvisible(code)) return `\\u{${code.toString(16)}}`
  return character
}

/** Directional and zero-width characters and lone surrogates, which show as something else than they are. */
function isInvisible(code: number): boolean {
  return (
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x2028 && code <= 0x202e) ||
    (code >= 0x2066 && code <= 0x2069) ||
    code === 0xfeff ||
    (code >= 0xd800 && code <= 0xdfff)
  )
}
