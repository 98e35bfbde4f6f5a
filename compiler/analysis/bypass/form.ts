/** A command on its way through the rewriting techniques. */

/** The shell that its text is written for: `bash` runs both. */
export type Shell = 'sh' | 'bash'

export interface Word {
  /** What the shell makes of it. */
  readonly value: string
  /** As it is spelled; without it, as `value` is quoted. A spelled word is not spelled again. */
  readonly source?: string
  readonly role?: 'path' | 'url'
}

/** What a simple command is there for, where other programs could do it too. */
export type Deed = 'delete' | 'read' | 'write' | 'fetch'

/** One simple command, and what must have been done before it in the same shell. */
export interface Command {
  readonly kind: 'command'
  readonly shell: Shell
  readonly before: readonly string[]
  readonly words: readonly Word[]
  /** Absent once the command is wrapped in another. */
  readonly deed?: Deed
}

export interface Script {
  readonly kind: 'script'
  readonly shell: Shell
  readonly text: string
}

/** A pipeline that prints the script. */
export interface Printer {
  readonly kind: 'printer'
  readonly shell: Shell
  readonly text: string
}

export type Form = Command | Script | Printer

export function word(value: string): Word {
  return { value }
}

/** A word that must stand as it is: a keyword, an operator. */
export function fixed(source: string): Word {
  return { value: source, source }
}

export function script(text: string, shell: Shell): Script {
  return { kind: 'script', text, shell }
}

export function command(words: readonly Word[], shell: Shell): Command {
  return { kind: 'command', before: [], words, shell }
}

/** The text that a shell runs. */
export function textOf(form: Form): string {
  switch (form.kind) {
    case 'command':
      return [...form.before, wordsText(form.words)].join('; ')
    case 'script':
      return form.text
    case 'printer':
      return `eval "$(${form.text})"`
  }
}

export function wordsText(words: readonly Word[]): string {
  return words.map(spelled).join(' ')
}

export function spelled({ value, source }: Word): string {
  return source ?? quoted(value)
}

const PLAIN = /^[\w@%+:,./-][\w@%+:,./=-]*$/

/** A word that the shell takes for this value. */
export function quoted(value: string): string {
  return PLAIN.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`
}

/** The text so that `;`, `)`, `&` may follow it: heredocs and comments end with their line, `&` is an operator itself. */
export function closed(text: string): string {
  // An alias holds from the next command that is read: a group is one.
  if (text.includes('shopt -s expand_aliases\n')) return `eval ${quoted(text)}`
  return /[\n#]|&$/.test(text) ? `{ ${text}\n}` : text
}

/** The text for a shell that knows no more than POSIX. */
export function forShell(form: Form, shell: Shell): string {
  const text = textOf(form)
  return shell === 'sh' && form.shell === 'bash' ? `bash -c ${quoted(text)}` : text
}

/** A shell that can do the one and the other. */
export function needed(...shells: readonly Shell[]): Shell {
  return shells.includes('bash') ? 'bash' : 'sh'
}
