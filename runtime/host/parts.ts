/** The parts of the kernel that are parsed only when a call needs them: text in a file beside the bundle. */

/** Reads so many characters from such a place of the file. @throws where the file is missing or too short */
export type ReadPart = (offset: number, length: number) => string

/** Makes the function that the text is an expression of; the name tells it from the others of this kernel. Whoever has it compiled need not read the text. */
export type MakeCode = (name: string, text: () => string) => Function

/** In the scope of the whole program, by the language alone: the text is the package's own, as the rest of the bundle is. */
// oxlint-disable-next-line no-eval
export const codeOfText: MakeCode = (_, text) => (0, eval)(text())

let read: ReadPart | undefined
let make: MakeCode = codeOfText

/** Says where the parts are; to be called before anything may need one. */
export function partsAt(reader: ReadPart, maker = codeOfText): void {
  read = reader
  make = maker
}

/** The function that a part is. @throws where the part cannot be read as a whole */
export function partCode(offset: number, length: number): Function {
  return make(String(offset), () => partText(offset, length))
}

function partText(offset: number, length: number): string {
  const text = read?.(offset, length) ?? ''
  if (text.length !== length) throw new Error('a part of the bundle is missing; run `agsec compile`')
  return text
}
