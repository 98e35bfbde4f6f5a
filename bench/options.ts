/** The command line of the bench. */
import { parseArgs } from 'node:util'
import { EFFORTS, type Effort } from './effort.js'

export const PARTS = ['cold', 'engines', 'warm', 'shell', 'sdk', 'ndjson', 'peers', 'matchers', 'compile'] as const
export type Part = (typeof PARTS)[number]

export interface Options {
  readonly effort: Effort
  readonly parts: ReadonlySet<Part>
  readonly format: 'text' | 'markdown' | 'json'
  /** Whether to use, and install, what comes from npm. */
  readonly withNpm: boolean
  /** The path of the `opa` program. */
  readonly opa: string | undefined
}

export const USAGE = `npm run bench -- [--quick | --smallest] [--only ${PARTS.join('|')}]... [--markdown | --json] [--no-npm] [--opa PATH]`

/** @throws where an argument is none of these */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean' },
      smallest: { type: 'boolean' },
      only: { type: 'string', multiple: true },
      markdown: { type: 'boolean' },
      json: { type: 'boolean' },
      'no-npm': { type: 'boolean' },
      opa: { type: 'string' },
    },
  })
  return {
    effort: values.smallest ? EFFORTS.smallest : values.quick ? EFFORTS.quick : EFFORTS.full,
    parts: new Set(values.only?.map(partNamed) ?? PARTS),
    format: values.json ? 'json' : values.markdown ? 'markdown' : 'text',
    withNpm: values['no-npm'] !== true,
    opa: values.opa,
  }
}

function partNamed(name: string): Part {
  const part = PARTS.find(each => each === name)
  if (part === undefined)
    throw new Error(`expected one of ${PARTS.map(each => `\`${each}\``).join(', ')} after \`--only\`, found \`${name}\``)
  return part
}
