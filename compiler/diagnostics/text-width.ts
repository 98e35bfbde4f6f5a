/** How many columns a terminal gives to a text. */

// The blocks that terminals draw two columns wide: East Asian scripts and emoji. A few code points more or less move a caret, nothing else.
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u
const EMOJI = /^\p{Emoji_Presentation}|^\p{Extended_Pictographic}\ufe0f/u
const INVISIBLE = /^[\p{Mn}\p{Me}\p{Cf}]+$/u

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

export interface Glyph {
  readonly text: string
  /** In UTF-16 units. */
  readonly offset: number
  readonly columns: number
}

/** What a reader sees as one character each: a family emoji is one, however many code points it has. */
export function glyphsOf(text: string): readonly Glyph[] {
  return Array.from(graphemes.segment(text), ({ segment, index }) => ({ text: segment, offset: index, columns: columnsOf(segment) }))
}

function columnsOf(glyph: string): number {
  if (WIDE.test(glyph) || EMOJI.test(glyph)) return 2
  return INVISIBLE.test(glyph) ? 0 : 1
}
