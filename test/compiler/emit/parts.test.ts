/** The names that stand in for tables which are not loaded: a name that is missing would be a program without a model. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { parse } from '@babel/parser'
import type * as babelTraverse from '@babel/traverse'
import { describe, expect, it } from 'vitest'
import { type BundleTarget, COMMENT_START, loadKernel, quickjsTexts } from '../../../compiler/emit/kernel.js'
import { kernelParts } from '../../../compiler/emit/parts.js'

const { default: traverse } = createRequire(import.meta.url)('@babel/traverse') as typeof babelTraverse.default

const root = join(import.meta.dirname, '../../..')
const built = join(root, 'dist')

/** Every word of every table. */
function allWords(): ReadonlySet<string> {
  const folders = ['runtime/shell/programs', 'runtime/shell/evaluate', 'runtime/shell/other'].map(folder => join(root, folder))
  const texts = folders.flatMap(folder => readdirSync(folder).map(file => readFileSync(join(folder, file), 'utf8')))
  return new Set(texts.flatMap(text => text.split(/[\s'"`,;:|]+/)))
}

describe('the parts of the kernel', async () => {
  const shell = (await kernelParts(root, built)).find(({ name }) => name === 'shell')
  const parts = shell?.inner ?? []

  it('know all names of their tables', async () => {
    const words = allWords()
    const missing: string[] = []
    for (const { entries, names } of parts) {
      for (const entry of entries) {
        const module = (await import(pathToFileURL(join(built, entry.replace(/\.ts$/, '.js'))).href)) as Record<
          string,
          (word: string) => unknown
        >
        for (const name of Object.keys(names ?? {}).filter(each => each in module))
          for (const word of words)
            if (module[name]?.(word) !== undefined && names?.[name]?.includes(word) !== true) missing.push(`${name} ${word}`)
      }
    }
    expect(missing).toEqual([])
  })

  it('are many hundreds of programs, the common ones in one part', () => {
    const names = parts.flatMap(part => Object.values(part.names ?? {}).flat())
    expect(new Set(names).size).toBeGreaterThan(900)
    expect(parts.find(({ name }) => name === 'programs/files')?.names?.['FILES']).toEqual(
      expect.arrayContaining(['cat', 'ls', 'rm', 'tee']),
    )
  })

  it('have entries of functions alone, which is all that a stub can stand for', async () => {
    for (const { entries } of parts) {
      for (const entry of entries) {
        const module: object = await import(pathToFileURL(join(built, entry.replace(/\.ts$/, '.js'))).href)
        for (const [name, value] of Object.entries(module))
          expect(typeof value === 'function' && !String(value).startsWith('class'), `${entry} ${name}`).toBe(true)
      }
    }
  })
})

describe.each<BundleTarget>(['node', 'qjs'])('the texts of the kernel for %s', target => {
  const { text, parts } = loadKernel(target)
  const all = Buffer.from(parts).toString('latin1')
  const texts = target === 'node' ? [kernelText(text)] : [text.slice(0, text.lastIndexOf(`\n${COMMENT_START}`)), quickjsTexts().kernel]
  const own = texts.length
  // Each part is named by place and length where it is made; the bundler writes 233000 as 233e3.
  for (const each of texts)
    for (const [, at, length] of each.matchAll(/\((\d[\de]*),(\d[\de]*)\)\(/g))
      texts.push(all.slice(Number(at), Number(at) + Number(length)))

  it('are all of the parts', () => {
    expect(texts.slice(own).reduce((sum, { length }) => sum + length, 0)).toBe(all.length)
    expect(texts.length).toBeGreaterThan(100)
  })

  it('use no name that nothing gives them', () => {
    const unknown = texts.flatMap(each => globalsOf(each).filter(name => !(name in globalThis) && !OF_ENGINES.has(name)))
    expect(unknown).toEqual([])
  })
})

const OF_ENGINES: ReadonlySet<string> = new Set([
  'require',
  'module',
  'std',
  'os',
  'bjson',
  'navigator',
  'scriptArgs',
  'agsecCore',
  'arguments',
])

/** What stands in the bundle as a comment. */
function kernelText(start: string): string {
  return /\{\/\*(\(function\(require\).*return agsecKernel\}\))\*\/\}/s.exec(start)?.[1] ?? ''
}

function globalsOf(text: string): readonly string[] {
  let names: readonly string[] = []
  traverse(parse(text), {
    Program: ({ scope }) => {
      names = Object.keys((scope as unknown as { globals: object }).globals)
    },
  })
  return names
}
