/** The parser held against others: a grammar of its own for a generator of parsers, the parser of the package unbash, and bash. */
import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { forEachChild, parse, type SyntaxNode } from 'unbash'
import { describe, expect, it } from 'vitest'
import type { Redirection, Simple } from '../../../../runtime/shell/syntax/ast.js'
import { parseScript } from '../../../../runtime/shell/syntax/parse.js'
import { shellPrograms } from '../../../arbitrary/shell-programs.js'
import { outlineReference } from '../../../reference/shell/grammar.js'
import { outlineScript } from '../../../support/shell-outline.js'

/** The simple commands as they are written, by where they begin. */
type Written = readonly string[]

function isSimple(node: object): node is Simple {
  return 'kind' in node && node.kind === 'simple'
}

/** What stands in backticks has no place of its own. */
function collectOurs(node: unknown, text: string, found: Map<number, string[]>): void {
  if (typeof node !== 'object' || node === null) return
  if ('kind' in node && node.kind === 'command' && 'start' in node && text.charAt(Number(node.start)) === '`') return
  if (isSimple(node)) found.set(node.start, piecesOf(node, text))
  for (const child of Object.values(node)) collectOurs(child, text, found)
}

function piecesOf(command: Simple, text: string): string[] {
  const pieces = [...command.assignments, ...command.words, ...command.redirections.filter(redirection => !isPipe(redirection, text))]
  return pieces.sort((a, b) => a.start - b.start).map(piece => text.slice(piece.start, piece.end))
}

/** `|&` is a redirection that is not written as one. */
function isPipe(redirection: Redirection, text: string): boolean {
  return text.charAt(redirection.start) === '|'
}

function collectTheirs(node: SyntaxNode, text: string, found: Map<number, string[]>): void {
  if (node.type === 'CommandExpansion' && text.charAt(node.pos) === '`') return
  if (node.type === 'Command') {
    const pieces = [...node.prefix, ...(node.name === undefined ? [] : [node.name]), ...node.suffix]
    found.set(
      node.pos,
      pieces.map(piece => text.slice(piece.pos, piece.end)),
    )
  }
  forEachChild(node, child => {
    collectTheirs(child, text, found)
  })
}

function inOrder(found: ReadonlyMap<number, string[]>): readonly Written[] {
  return [...found].sort(([a], [b]) => a - b).map(([, pieces]) => pieces)
}

function ourCommands(text: string): readonly Written[] {
  const found = new Map<number, string[]>()
  collectOurs(parseScript(text), text, found)
  return inOrder(found)
}

function theirCommands(text: string): readonly Written[] {
  const found = new Map<number, string[]>()
  collectTheirs(parse(text), text, found)
  return inOrder(found)
}

/** It ends a word where a process substitution does; bash goes on with the word. */
function canRead(text: string): boolean {
  return parse(text).errors === undefined && !/[<>]\(/.test(text)
}

describe('programs drawn by the grammar of bash', () => {
  it('have the trees of another grammar', () => {
    fc.assert(
      fc.property(shellPrograms({ paired: true, hereDocuments: false }), text => {
        expect(outlineScript(parseScript(text))).toBe(outlineReference(text))
      }),
      { numRuns: 300 },
    )
  })

  it('have the commands that another parser finds', () => {
    fc.assert(
      fc.property(shellPrograms({ paired: false, hereDocuments: true }), text => {
        expect(parseScript(text).error).toBeUndefined()
        if (canRead(text)) expect(ourCommands(text)).toEqual(theirCommands(text))
      }),
      { numRuns: 500 },
    )
  })

  // What bash reads as the body of a function is read and not run.
  it.skipIf(spawnSync('bash', ['--version']).status !== 0)('are programs to bash', () => {
    const programs = fc.sample(shellPrograms({ paired: false, hereDocuments: true }), { numRuns: 300, seed: 1 })
    const script = programs.map((text, i) => `eval ${quoted(`f() {\n${text}\n}`)} || echo ${String(i)}`).join('\n')
    const run = spawnSync('bash', { input: script, encoding: 'utf8' })
    const refused = run.stdout.split('\n').filter(line => line !== '')
    expect(refused.map(line => programs[Number(line)])).toEqual([])
  })
})

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
