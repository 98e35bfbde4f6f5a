/** The lines of `strace -f -y`, as events. A call that was interrupted in print is told at its start: arguments are all that counts. */
import type { Event } from './event.js'

const TYPES: Readonly<Record<string, string>> = {
  execve: 'exec',
  creat: 'write',
  truncate: 'write',
  unlink: 'unlink',
  unlinkat: 'unlink',
  rmdir: 'rmdir',
  rename: 'rename',
  renameat: 'rename',
  renameat2: 'rename',
  mkdir: 'mkdir',
  mkdirat: 'mkdir',
  symlink: 'symlink',
  symlinkat: 'symlink',
  link: 'link',
  linkat: 'link',
  connect: 'connect',
}

/** @param cwd where the command began, for paths that strace gives without their folder */
export function eventsOf(trace: string, { cwd }: { readonly cwd: string }): readonly Event[] {
  const events: Event[] = []
  for (const line of trace.split('\n')) {
    const call = /^(?:\d+ +)?(\w+)\((.*)$/.exec(line)
    if (call !== null) events.push(...eventOf(call[1] ?? '', call[2] ?? '', cwd))
  }
  // The first program is the shell itself.
  return events.slice(1)
}

function eventOf(name: string, rest: string, cwd: string): readonly Event[] {
  const type = name.startsWith('open') ? openType(rest) : TYPES[name]
  if (type === undefined) return []
  if (type === 'exec') return execOf(rest)
  if (type === 'connect') return connectOf(rest)
  const paths = pathsOf(rest, cwd)
  // What is opened by such a name is a folder, whatever the flags say.
  if (type === 'read' && ['.', '..', '/'].includes(paths[0]?.written ?? '')) return []
  const [p, q] = type === 'symlink' ? [paths[0]?.written, paths[1]?.absolute] : paths.map(({ absolute }) => absolute)
  const real = name.startsWith('open') ? openedPath(rest) : undefined
  return p === undefined ? [] : [{ t: type, p, ...(q === undefined ? {} : { q }), ...(real === undefined ? {} : { real }) }]
}

/** What the descriptor that came of it leads to: `… = 3</proj/.env>`. */
function openedPath(rest: string): string | undefined {
  return /\) = \d+<(\/[^<>]*)>$/.exec(rest)?.[1]
}

function openType(rest: string): string | undefined {
  if (rest.includes('O_DIRECTORY') || rest.includes('O_PATH')) return 'opendir'
  return rest.includes('O_RDWR') ? 'rdwr' : rest.includes('O_WRONLY') ? 'write' : 'read'
}

function execOf(rest: string): readonly Event[] {
  // What is not there was only looked for.
  if (rest.includes('= -1 ENOENT')) return []
  const open = rest.indexOf('[')
  const [path] = textsOf(rest.slice(0, open))
  return path === undefined
    ? []
    : [{ t: 'exec', p: path.text, argv: textsOf(rest.slice(open, endOfList(rest, open))).map(({ text }) => text) }]
}

function endOfList(rest: string, open: number): number {
  let quoted = false
  for (let at = open; at < rest.length; at++) {
    if (rest.charAt(at) === '\\') at++
    else if (rest.charAt(at) === '"') quoted = !quoted
    else if (!quoted && rest.charAt(at) === ']') return at
  }
  return rest.length
}

function connectOf(rest: string): readonly Event[] {
  const address = /sin6?_addr=inet_(?:addr\(|pton\(AF_INET6, )"([^"]+)"|inet_pton\(AF_INET6, "([^"]+)"/.exec(rest)
  const port = /htons\((\d+)\)/.exec(rest)?.[1] ?? ''
  if (address === null) return []
  return [{ t: 'connect', p: `${address[1] ?? address[2] ?? ''}:${port}` }]
}

interface Path {
  readonly written: string
  readonly absolute: string
}

/** The paths of a call, each with the folder that `-y` tells in front of it: `AT_FDCWD</proj>, "a"`. */
function pathsOf(rest: string, cwd: string): readonly Path[] {
  return textsOf(rest).map(({ text, before }) => {
    const folder = /<([^<>]*)>, $/.exec(before)?.[1] ?? cwd
    return { written: text, absolute: text.startsWith('/') ? text : text === '' ? folder : `${folder === '/' ? '' : folder}/${text}` }
  })
}

/** The quoted texts, with what stands before each. */
function textsOf(rest: string): readonly { readonly text: string; readonly before: string }[] {
  return [...rest.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(match => ({ text: unescaped(match[1] ?? ''), before: rest.slice(0, match.index) }))
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', v: '\v', f: '\f', '"': '"', '\\': '\\' }

/** C escapes to bytes, bytes to text. */
function unescaped(text: string): string {
  const bytes = text.replace(/\\([0-7]{1,3}|x[0-9a-f]{2}|.)/g, (_, code: string) =>
    /^[0-7]/.test(code)
      ? String.fromCharCode(Number.parseInt(code, 8))
      : (ESCAPES[code] ?? String.fromCharCode(Number.parseInt(code.slice(1), 16))),
  )
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
