/**
 * The files of a patch in the format of `apply_patch`: `*** Add File: p`, `*** Update File: p` with `*** Move to: q`, `*** Delete File: p`.
 * Read as loosely as any program reads it: a context line taken for a header names a file too many, never one too few.
 * Source: the grammar and the parser of Codex (codex-rs/apply-patch).
 */
import { type Draft, MOST } from './canonical.js'
import { BEGIN } from './patcher.js'

/** After the end of one patch another one may begin. */
const NO_HEADERS: readonly string[] = [BEGIN, '*** End Patch', '*** End of File']

/** The files of every patch in the text. Undefined where the text is no patch, names no file or too many, or holds a header that is not known. */
export function draftsOfPatch(text: string): readonly Draft[] | undefined {
  const lines = text.split('\n')
  const start = lines.findIndex(line => line.trim() === BEGIN)
  const drafts: Draft[] = []
  for (let i = start + 1; i < lines.length; i++) {
    const line = (lines[i] ?? '').trim()
    if (!line.startsWith('***') || NO_HEADERS.includes(line)) continue
    const draft = draftOfHeader(line.slice(3).trim(), lines, i + 1, drafts)
    if (draft === undefined || drafts.length === MOST) return undefined
    drafts.push(draft)
  }
  return start === -1 || drafts.length === 0 ? undefined : drafts
}

function draftOfHeader(header: string, lines: readonly string[], next: number, before: readonly Draft[]): Draft | undefined {
  const colon = header.indexOf(':')
  const path = header.slice(colon + 1).trim()
  if (path === '') return undefined
  switch (header.slice(0, colon).toLowerCase()) {
    case 'add file':
      return { action: 'file.write', params: { file_path: path, content: added(lines, next) } }
    case 'update file':
      return { action: 'file.edit', params: { file_path: path } }
    case 'delete file':
      return { action: 'file.delete', params: { file_path: path } }
    case 'move to': {
      const moved = before[before.length - 1]?.params['file_path']
      return moved === undefined ? undefined : { action: 'file.move', params: { file_path: moved, dest_path: path } }
    }
    default:
      return undefined
  }
}

function added(lines: readonly string[], from: number): string {
  let content = ''
  for (let i = from; lines[i]?.startsWith('+'); i++) content += `${(lines[i] ?? '').slice(1)}\n`
  return content
}
