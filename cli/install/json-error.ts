/** Where and why a text is no JSON, as `:line:column: what`, from the engine's own error. */
export function jsonError(text: string, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  const offset = Number(/position (\d+)/.exec(message)?.[1] ?? Number.NaN)
  const what = message.replace(/ in JSON at position.*| \(line.*/s, '')
  if (Number.isNaN(offset)) return `: ${what}`
  const before = text.slice(0, offset).split('\n')
  return `:${before.length}:${(before.at(-1)?.length ?? 0) + 1}: ${what}`
}
