/** Redirections (manual 3.6): what they open, what a command reads, and where goes what it prints. */
import type { Text } from '../analysis.js'
import type { Output } from '../programs/model.js'
import type { Redirection, Span, Word } from '../syntax/ast.js'
import { expandBraces, mayHaveBraces } from '../syntax/braces.js'
import { ANY, dropPrefix, join, prefixOf, splitOnce } from '../text.js'
import { MORE, NUMBER } from '../noted-holes.js'
import { fieldsOf, type Pieces, textOf } from './pieces.js'
import { type Result, concatenate } from './result.js'
import type { Shell } from './shell.js'
import { widen, bounded } from './state.js'
import { plainText, fieldRules, expandText } from './texts.js'

interface Sink {
  readonly paths: readonly Text[]
  readonly append: boolean
}

interface Streams {
  /** What is read on standard input, where that is redirected. */
  input: { readonly text: Output; readonly file?: Text; readonly terminal?: boolean } | undefined
  /** Where standard output goes: the caller, a file, or where it is lost sight of. */
  output: 'caller' | 'elsewhere' | 'unknown' | Sink
  readonly shown: Text[]
}

const NOTHING_SHOWN: readonly Text[] = []

/** Runs a body with redirections. @param compound what it prints may come from several commands */
export function redirect(
  shell: Shell,
  redirections: readonly Redirection[],
  compound: boolean,
  body: (stdin: Output, shown: readonly Text[]) => Result,
): { readonly result: Result } {
  if (redirections.length === 0) return { result: body(shell.frame.stdin, NOTHING_SHOWN) }
  const streams: Streams = { input: undefined, output: 'caller', shown: [] }
  for (const each of redirections) open(shell, each, streams, compound)
  const { input } = streams
  const change = input === undefined ? {} : { stdin: input.text, stdinFile: input.file, piped: input.terminal !== true }
  const { output, status } = shell.within(change, () => body(shell.frame.stdin, streams.shown))
  // A file that cannot be opened keeps the command from running.
  const certain = status !== true || streams.shown.length === 0
  return { result: { output: deliver(shell, streams.output, output), status: certain ? status : undefined } }
}

function deliver(shell: Shell, to: Streams['output'], output: Output): Output {
  if (to === 'caller') return output
  if (to === 'unknown') return undefined
  if (to === 'elsewhere') return ''
  for (const path of to.paths) shell.store(path, output, to.append)
  return ''
}

function open(shell: Shell, redirection: Redirection, streams: Streams, compound: boolean): void {
  const { operator, descriptor, target } = redirection
  if (typeof descriptor === 'string') shell.assign(descriptor, [NUMBER])
  if (operator === '<<' || operator === '<<-' || operator === '<<<') return openText(shell, redirection, streams)
  const paths = targetsOf(shell, target)
  const shown = paths[0] ?? ''
  streams.shown.push(
    join(`${typeof descriptor === 'string' ? `{${descriptor}}` : (descriptor ?? '')}${operator}`, bounded(paths, 1)[0] ?? shown),
  )
  if (isDuplication(operator, shown)) {
    if (operator === '>&' && typeof shown !== 'string' && shown.isUnrestricted) openFile(shell, shown, false, true, target)
    return duplicate(redirection, shown, streams, compound)
  }
  const reads = operator === '<' || operator === '<>' || operator === '<&'
  const writes = operator !== '<' && operator !== '<&'
  for (const path of paths) openFile(shell, path, reads, writes, target)
  if (reads && (descriptor ?? 0) === 0 && shown === '/dev/tty') streams.input = { text: undefined, terminal: true }
  else if (reads && (descriptor ?? 0) === 0)
    streams.input = { text: either(paths.flatMap(path => shell.made(path))), file: bounded(paths, 1)[0] ?? ANY }
  // It writes where it would anyway.
  else if (writes && (descriptor ?? 1) === 1 && STANDARD.has(shown)) return
  else if (writes && ((descriptor ?? 1) === 1 || operator.startsWith('&'))) streams.output = { paths, append: operator.endsWith('>>') }
  else if (writes) for (const path of paths) shell.store(path, undefined, operator.endsWith('>>'))
}

const STANDARD: ReadonlySet<Text> = new Set<Text>(['/dev/stdout', '/dev/fd/1', '/proc/self/fd/1'])

function either(texts: readonly Output[]): Output {
  return texts.every((text): text is Text => text !== undefined) ? widen(texts) : undefined
}

function openText(shell: Shell, { operator, descriptor, target, body }: Redirection, streams: Streams): void {
  const text =
    operator === '<<<'
      ? join(oneText(expandText(shell, target)), '\n')
      : body === undefined
        ? ''
        : oneText(shell.expand(body, true).map(textOf))
  if ((descriptor ?? 0) === 0) streams.input = { text }
}

/** Of a text that may be any or one that is known, as a listing may, that one before more; of others what all have in common. */
function oneText(texts: readonly Text[]): Text {
  const [first = '', known, ...others] = texts
  const isListing = typeof first === 'object' && first.isUnrestricted && typeof known === 'string' && others.length === 0
  return isListing ? join(known, '\n', MORE) : (bounded(texts, 1)[0] ?? '')
}

/** The target undergoes every expansion, patterns included; it must become one word. */
function targetsOf(shell: Shell, target: Word): readonly Text[] {
  const plain = plainText(target, mayHaveBraces(target))
  if (plain !== undefined) return [plain]
  const rules = { ...fieldRules(shell), settle: apart(shell) }
  const texts = (expandBraces(target) ?? [target])
    .flatMap(word => shell.expand(word, false))
    .flatMap(pieces => [...fieldsOf(pieces, rules).flatMap(({ texts: fields }) => (fields.length === 1 ? fields : [])), textOf(pieces)])
  return bounded(texts)
}

/** The names that a pattern finds, each by itself. */
function apart(shell: Shell): (field: Pieces, may: readonly Text[]) => readonly (readonly Text[])[] | undefined {
  return (field, may) => shell.settle(field, may)?.flatMap(names => (names.length === 1 ? [names] : names.map(name => [name])))
}

function isDuplication(operator: string, target: Text): boolean {
  if (operator !== '>&' && operator !== '<&') return false
  return typeof target === 'string'
    ? /^(\d+-?|-)$/.test(target)
    : target.parts.every(part => typeof part !== 'string' || /^[\d-]*$/.test(part))
}

function duplicate({ operator, descriptor }: Redirection, target: Text, streams: Streams, compound: boolean): void {
  if (operator === '<&') {
    if ((descriptor ?? 0) === 0) streams.input = { text: target === '-' ? '' : undefined }
  } else if ((descriptor ?? 1) === 1) streams.output = target === '2' || target === '-' ? 'elsewhere' : 'unknown'
  else if (descriptor === 2 && target === '1' && compound && streams.output === 'caller') streams.output = 'unknown'
}

function openFile(shell: Shell, path: Text, reads: boolean, writes: boolean, node: Span): void {
  const prefix = prefixOf(path)
  if (prefix.startsWith('/dev/tcp/') || prefix.startsWith('/dev/udp/')) {
    const [host, port] = splitOnce(dropPrefix(path, 9), '/') ?? [dropPrefix(path, 9), ANY]
    const url = join(prefix.slice(5, 8), '://', host, ':', port)
    shell.findings.act('net.connect', { url, host, port, upload: writes }, -1, shell.span(node))
    return
  }
  if (reads) shell.file('read', path, false, -1, node)
  if (writes) shell.file('write', path, false, -1, node)
}

/** The text of a file to which something was added. */
export function appended(before: Output, added: Output): Output {
  return before === undefined && added === undefined ? undefined : concatenate([before, added])
}
