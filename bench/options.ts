/** The command line of the bench. */
import { parseArgs } from 'node:util'
import { EFFORTS, type Effort } from './effort.js'

export const PARTS = ['cold', 'engines', 'warm', 'peers', 'matchers', 'compile'] as const
export type Part = (typeof PARTS)[number]

export interface Options {
  readonly effort: Effort
  readonly parts: ReadonlySet<Part>
  readonly format: 'text' | 'markdown' | 'json'
  /** Whether peers and engines may be installed from npm. */
  readonly mayInstall: boolean
}

export const USAGE = `npm run bench -- [--quick | --smallest] [--only ${PARTS.join('|')}]... [--markdown | --json] [--no-install]`

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
      'no-install': { type: 'boolean' },
    },
  })
  return {
    effort: values.smallest ? EFFORTS.smallest : values.quick ? EFFORTS.quick : EFFORTS.full,
    parts: new Set(values.only?.map(partNamed) ?? PARTS),
    format: values.json ? 'json' : values.markdown ? 'markdown' : 'text',
    mayInstall: values['no-install'] !== true,
  }
}

function partNamed(name: string): Part {
  const part = PARTS.find(each => each === name)
  if (part === undefined)
    throw new Error(`expected one of ${PARTS.map(each => `\`${each}\``).join(', ')} after \`--only\`, found \`${name}\``)
  return part
}
