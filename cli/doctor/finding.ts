/** What the doctor has to say of one thing. */
export interface Finding {
  /** A problem keeps agsec from working; a limit is what it cannot do there; a note is to be known. */
  readonly level: 'ok' | 'note' | 'limit' | 'problem'
  readonly message: string
  readonly help?: string
}

export function ok(message: string): Finding {
  return { level: 'ok', message }
}

export function note(message: string, help?: string): Finding {
  return { level: 'note', message, ...(help === undefined ? {} : { help }) }
}

export function limit(message: string): Finding {
  return { level: 'limit', message }
}

export function problem(message: string, help: string): Finding {
  return { level: 'problem', message, help }
}
