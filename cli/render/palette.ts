import { styleText } from 'node:util'

/** Colour on a terminal, plain text everywhere else and under `NO_COLOR`. */
export interface Palette {
  readonly enabled: boolean
  readonly allow: (text: string) => string
  readonly review: (text: string) => string
  readonly deny: (text: string) => string
  readonly dim: (text: string) => string
  readonly bold: (text: string) => string
}

export function paletteFor(stream: { readonly isTTY?: boolean }): Palette {
  return palette(stream.isTTY === true && (process.env['NO_COLOR'] ?? '') === '')
}

export function palette(enabled: boolean): Palette {
  const painted = (format: 'green' | 'yellow' | 'red' | 'dim' | 'bold') => (text: string) =>
    enabled ? styleText(format, text, { validateStream: false }) : text
  return {
    enabled,
    allow: painted('green'),
    review: painted('yellow'),
    deny: painted('red'),
    dim: painted('dim'),
    bold: painted('bold'),
  }
}
