/** One question a line in, one answer a line out, in the same order. */
import { setFlagsFromString } from 'node:v8'
import { isMap, RequestError } from './asked.js'
import { type Line, LineSplitter, MAX_LINE_BYTES } from './lines.js'
import { optimiseAsUsual } from './optimise-late.js'

/** @throws RequestError where the line's JSON is no question */
export type Answer = (json: unknown) => object

/** Gives answers as the text of a JSON map that is not empty. */
export interface Answerer {
  /** Called before the lines of each chunk: the time to look at what may have changed. */
  begin(): void
  /** @throws RequestError where the line's JSON is no question */
  answer(json: unknown): string
}

export function answererOf(answer: Answer): Answerer {
  return { begin: () => undefined, answer: json => JSON.stringify(answer(json)) }
}

/**
 * To compile the analysis of commands with all of its small functions inlined took a stream's first ten thousand commands as long as to
 * analyse them, and made it no faster: V8 is told to inline a fifth.
 */
function inlineLess(): void {
  if (process.versions['bun'] === undefined) setFlagsFromString('--max-inlined-bytecode-size-cumulative=200')
}

/** Reads until the input ends. Each chunk's answers are written before the next chunk is read: the reader sets the pace. */
export async function answerStream(
  input: AsyncIterable<Uint8Array>,
  answerer: Answerer,
  write: (text: string) => Promise<void>,
): Promise<void> {
  optimiseAsUsual()
  inlineLess()
  const splitter = new LineSplitter()
  for await (const chunk of input) await answerLines(splitter.push(chunk), answerer, write)
  await answerLines(splitter.end(), answerer, write)
}

/** Long outputs go out in slices, so that a chunk of ten thousand short lines is answered as it goes. */
async function answerLines(lines: readonly Line[], answerer: Answerer, write: (text: string) => Promise<void>): Promise<void> {
  if (lines.length > 0) answerer.begin()
  let text = ''
  for (const line of lines) {
    text += answerLine(line, answerer)
    if (text.length > 65536) {
      await write(text)
      text = ''
    }
  }
  if (text !== '') await write(text)
}

/** One line of output; nothing for an empty line. A line that cannot be answered is an error of that line alone. */
function answerLine(line: Line, answerer: Answerer): string {
  if (line.kind === 'text' && line.text.trim() === '') return ''
  let id: string | undefined
  try {
    const json = jsonOf(line)
    id = idOf(json)
    return asLine(answerer.answer(json), id)
  } catch (error) {
    return asLine(JSON.stringify({ error: messageOf(error) }), id)
  }
}

/** What a line is called by whoever asks, as JSON: its answer is called the same. */
function idOf(json: unknown): string | undefined {
  return isMap(json) && Object.hasOwn(json, 'id') ? JSON.stringify(json['id']) : undefined
}

function asLine(map: string, id: string | undefined): string {
  return id === undefined ? `${map}\n` : `{"id":${id},${map.slice(1)}\n`
}

function messageOf(error: unknown): string {
  return error instanceof RequestError ? error.message : `internal error: ${error instanceof Error ? error.message : String(error)}`
}

function jsonOf(line: Line): unknown {
  switch (line.kind) {
    case 'text':
      return parseJson(line.text)
    case 'too-long':
      throw new RequestError(`the line is longer than ${MAX_LINE_BYTES} bytes`)
    case 'not-utf8':
      throw new RequestError('the line is not valid UTF-8')
  }
}

function parseJson(text: string): unknown {
  try {
    const json: unknown = JSON.parse(text)
    return json
  } catch (error) {
    throw new RequestError(error instanceof SyntaxError ? `not valid JSON: ${error.message}` : 'not valid JSON: nested too deeply')
  }
}
