/** One question a line in, one answer a line out, in the same order. */
import { once } from 'node:events'
import { RequestError } from './asked.js'
import { type Line, LineSplitter, MAX_LINE_BYTES } from './lines.js'

/** @throws RequestError where the line's JSON is no question */
export type Answer = (json: unknown) => object

/** Reads until the input ends. Each chunk's answers are written before the next chunk is read: the reader sets the pace. */
export async function answerStream(
  input: AsyncIterable<Uint8Array>,
  answer: Answer,
  write: (text: string) => Promise<void>,
): Promise<void> {
  const splitter = new LineSplitter()
  for await (const chunk of input) await answerLines(splitter.push(chunk), answer, write)
  await answerLines(splitter.end(), answer, write)
}

/** Long outputs go out in slices, so that a chunk of ten thousand short lines is answered as it goes. */
async function answerLines(lines: readonly Line[], answer: Answer, write: (text: string) => Promise<void>): Promise<void> {
  let text = ''
  for (const line of lines) {
    text += answerLine(line, answer)
    if (text.length > 65536) {
      await write(text)
      text = ''
    }
  }
  if (text !== '') await write(text)
}

/** One line of output; nothing for an empty line. A line that cannot be answered is an error of that line alone. */
function answerLine(line: Line, answer: Answer): string {
  if (line.kind === 'text' && line.text.trim() === '') return ''
  return `${JSON.stringify(outcome(line, answer))}\n`
}

function outcome(line: Line, answer: Answer): object {
  try {
    return answer(jsonOf(line))
  } catch (error) {
    return {
      error: error instanceof RequestError ? error.message : `internal error: ${error instanceof Error ? error.message : String(error)}`,
    }
  }
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

/** Waits where the reader is slower than we are. */
export async function writePaced(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain')
}
