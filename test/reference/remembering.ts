/** Functions of texts that remember their answers: equal patterns become one object, which is worked out once. */

/** Beyond this many answers all are forgotten, so that a long run needs no more memory than a short one. */
const MOST_ANSWERS = 50_000

/** @param work a pure function */
export function remembering<Arguments extends readonly string[], Answer>(
  work: (...from: Arguments) => Answer,
): (...from: Arguments) => Answer {
  const answers = new Map<string, { readonly answer: Answer }>()
  return (...from) => {
    const key = JSON.stringify(from)
    const known = answers.get(key)
    if (known !== undefined) return known.answer
    const answer = work(...from)
    if (answers.size >= MOST_ANSWERS) answers.clear()
    answers.set(key, { answer })
    return answer
  }
}
