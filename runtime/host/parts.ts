/** The parts of the kernel that are parsed only when a call needs them: text in a file beside the bundle. */

/** Reads so many characters from such a place of the file. @throws where the file is missing or too short */
export type ReadPart = (offset: number, length: number) => string

let read: ReadPart | undefined

/** Says where the parts are; to be called before anything may need one. */
export function partsAt(reader: ReadPart): void {
  read = reader
}

/** @throws where the part cannot be read as a whole */
export function partText(offset: number, length: number): string {
  const text = read?.(offset, length) ?? ''
  if (text.length !== length) throw new Error('a part of the bundle is missing; run `agsec compile`')
  return text
}
