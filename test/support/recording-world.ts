/** A world that writes down what a model of a program tells it, one line for each thing. */
import { AbstractString, showString } from '../../runtime/decide/abstract-string.js'
import type { Value } from '../../runtime/decide/request.js'
import { isList } from '../../runtime/decide/value.js'
import type { Text } from '../../runtime/shell/analysis.js'
import type { Invocation, Model, Output, World } from '../../runtime/shell/programs/model.js'

export interface Told {
  readonly lines: readonly string[]
  readonly output: Output
}

export interface Given extends Partial<Invocation> {
  /** Texts of files by path. */
  readonly texts?: Readonly<Record<string, string>>
  /** The files were written by an earlier part of the command. */
  readonly wrote?: boolean
}

/** Calls a model with words that blanks separate; a word ends in `⟨any⟩` where no more is known of it. */
export function told(model: Model | undefined, line: string, given: Given = {}): Told {
  const [name = '', ...words] = line.split(' ')
  const lines: string[] = []
  const args = words.map(word => (word.endsWith('⟨any⟩') ? AbstractString.of([word.slice(0, -5), { hole: 'any' }]) : word))
  const call: Invocation = { name, args, open: false, stdin: undefined, piped: false, environment: new Map(), ...given }
  return { output: model?.(call, recording(lines, given)), lines }
}

function recording(lines: string[], { texts = {}, wrote = false }: Given): World {
  const starts = (what: string) => {
    lines.push(what)
    return undefined
  }
  return {
    files: undefined,
    home: '/home/ann',
    cwd: '/proj',
    cwds: ['/proj'],
    madeIn: () => undefined,
    acted: () => [],
    written: () => (wrote ? Object.keys(texts) : []),
    names: () => undefined,
    madeText: path => (typeof path === 'string' ? texts[path] : undefined),
    readText: path => (typeof path === 'string' ? texts[path] : undefined),
    wrote: path => wrote && (Object.keys(texts).length === 0 || (typeof path === 'string' && path in texts)),
    hasWritten: wrote,
    file: (operation, path, recursive) => lines.push(`${operation} ${show(path)}${recursive === true ? ' **' : ''}`),
    act: (action, params) =>
      lines.push(
        `${action}${Object.entries(params)
          .map(([key, value]) => ` ${key}=${show(value)}`)
          .join('')}`,
      ), // prettier-ignore
    describe: (flags, operands) => lines.push(`flags [${flags.join(' ')}] operands ${show(operands)}`),
    run: (argv, how) => starts(`run ${show(argv)} via ${how.via}`),
    shell: (script, how) => starts(`shell ${show(script)} via ${how.via}`),
    script: (path, how) => starts(`script ${show(path)} via ${how.via}`),
    unknown: (scope, why) => lines.push(`unknown ${scope}: ${why}`),
  }
}

export function show(value: Value | Text | readonly Text[]): string {
  if (typeof value === 'string' || value instanceof AbstractString) return showString(value)
  return isList(value) ? `[${value.map(show).join(' ')}]` : JSON.stringify(value)
}
