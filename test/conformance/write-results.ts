/** Writes results into a file of the suite, as one line of JSON at the end of each case; everything else stays as it is. */
import type { Result } from '../../runtime/decide/result.js'

const CASE = /^ {2}- name:/
const RESULT = /^ {4}result:/

/** @param results of the file's cases, in their order; `cases` is its last key */
export function withResults(text: string, results: readonly Result[]): string {
  const lines: string[] = []
  let next = -1
  const endCase = () => {
    if (next >= 0) lines.push(`    result: ${JSON.stringify(results[next])}`)
    next++
  }
  for (const line of text.trimEnd().split('\n')) {
    if (CASE.test(line)) endCase()
    if (!RESULT.test(line)) lines.push(line)
  }
  endCase()
  return `${lines.join('\n')}\n`
}
