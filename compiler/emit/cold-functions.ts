/**
 * Functions that few calls use, taken out of a text that an engine parses in every process. Each leaves a stub behind; neighbours are a
 * part together, which gets what they use of the text around them as arguments.
 */
import { createRequire } from 'node:module'
import { parse } from '@babel/parser'
import type * as babelTraverse from '@babel/traverse'
import type { Binding, Node, NodePath } from '@babel/traverse'
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping'

/** What a bundler made: JavaScript and its source map, as JSON. */
export interface BuiltText {
  readonly text: string
  readonly map: string
}

/** Where a function stands in the sources. */
export type Place = string

/** What making code of texts costs an engine. */
export interface CodeCosts {
  /** A function that a smaller share of the calls uses is not worth its place. */
  readonly share: number
  /** The length of a part of such functions, which is made as a whole: the shorter, the less of it is not needed, the more are made. */
  readonly partLength: number
  /** A text that is a function. */
  readonly functionText: (code: string) => string
}

export interface FunctionSpan {
  readonly start: number
  readonly bodyStart: number
  readonly end: number
}

/** What a part calls the text around it. */
export const OUTSIDE = 'Q$'

/** A text calls it with the function that makes a part of its place and length; the call is taken out. */
export const PART_MAKER = 'PART_MAKER'

// A CommonJS module, whose `default` importers do not agree on.
const { default: traverse } = createRequire(import.meta.url)('@babel/traverse') as typeof babelTraverse.default

/** No other name begins so. */
const LOADER = 'K$'
/** A shorter function costs as much as what would stand for it. */
const SHORTEST = 60

/** All functions, in the same order for any texts that differ in names and constants alone. */
export function functionsOf(text: string): readonly FunctionSpan[] {
  return parsed(text).functions.map(({ node }) => ({ start: startOf(node), bodyStart: startOf(node.body), end: endOf(node) }))
}

/** Where each of `functionsOf` stands in the sources. */
export function placesOf({ text, map }: BuiltText): readonly Place[] {
  const placeOf = placesBy(map)
  return parsed(text).functions.map(({ node }) => placeOf(node))
}

/**
 * @param shareOf how many of the calls that make code of the text use the function, 0 to 1; undefined where nothing is known: it stays
 * @param keepPart takes the text of a part and tells its place
 * @returns the text without the functions that are not worth their place
 */
export function withoutColdFunctions(
  { text, map }: BuiltText,
  shareOf: (place: Place) => number | undefined,
  keepPart: (part: string) => number,
  costs: CodeCosts,
): string {
  const { functions, maker } = parsed(text)
  if (maker === undefined) throw new Error('nothing in the text makes parts')
  const placeOf = placesBy(map)
  const cold = functions.flatMap(path => {
    const share = shareOf(placeOf(path.node)) ?? 1
    const moved = share < costs.share ? movable(path, maker.scope, text) : undefined
    return moved === undefined ? [] : [{ isUsed: share > 0, moved }]
  })
  // A part of functions that some calls use shall hold none that no call does.
  const groups = [true, false].flatMap(isUsed =>
    neighbours(
      cold.flatMap(each => (each.isUsed === isUsed ? [each.moved] : [])),
      costs,
    ),
  )
  const loaders = groups.map((group, i) => {
    const outside = [...new Set(group.flatMap(each => each.outside))].join()
    const members = group.map(({ code }, member) => `f${member}:${code}`).join()
    const part = costs.functionText(`function(${outside}){'use strict';return{${members}}}`)
    const made = `${maker.name}(${keepPart(part)},${part.length})(${outside})`
    return `var ${LOADER}${i}v;function ${LOADER}${i}(){return ${LOADER}${i}v||(${LOADER}${i}v=${made})}`
  })
  return edited(text, [
    { start: maker.scopeStart, end: maker.scopeStart, text: loaders.join('') },
    { ...maker.call, text: '0' },
    ...groups.flatMap((group, i) => group.map(({ span, stub }, member) => ({ ...span, text: stub(`${LOADER}${i}().f${member}`) }))),
  ])
}

interface Span {
  readonly start: number
  readonly end: number
}

interface MovedFunction {
  /** What the stub stands in place of. */
  readonly span: Span
  readonly stub: (moved: string) => string
  /** As an expression. */
  readonly code: string
  /** The names of the text around it that it uses. */
  readonly outside: readonly string[]
}

type FunctionNode = Extract<Node, { params: unknown; body: unknown; async?: boolean }>
type FunctionPath = NodePath<Exclude<FunctionNode, { type: 'ClassPrivateMethod' }>>
type Scope = FunctionPath['scope']

interface Parsed {
  readonly functions: readonly FunctionPath[]
  /** The call of `PART_MAKER`: its argument, and the scope whose functions may be moved. */
  readonly maker?: { readonly call: Span; readonly name: string; readonly scope: Scope; readonly scopeStart: number }
}

function parsed(text: string): Parsed {
  const functions: FunctionPath[] = []
  let maker: Parsed['maker']
  traverse(parse(text, { sourceType: 'module' }), {
    Function(path) {
      functions.push(path as FunctionPath)
    },
    CallExpression({ node, scope }) {
      const [argument] = node.arguments
      if (node.callee.type !== 'Identifier' || node.callee.name !== PART_MAKER || argument?.type !== 'Identifier') return
      const around = scope.getFunctionParent() ?? scope.getProgramParent()
      const body = around.path.isFunction() ? startOf(around.path.node.body) + 1 : 0
      maker = { call: spanOf(node), name: argument.name, scope: around, scopeStart: body }
    },
  })
  return maker === undefined ? { functions } : { functions, maker }
}

/** @returns undefined for a function that cannot stand anywhere else, or need not */
function movable(path: FunctionPath, scope: Scope, text: string): MovedFunction | undefined {
  const { node } = path
  const { start, end } = spanOf(node)
  if (end - start < SHORTEST || node.async || node.generator) return undefined
  if ((path.parentPath?.scope.getFunctionParent() ?? scope.getProgramParent()) !== scope) return undefined
  const outside = namesOutside(path, scope)
  if (outside === undefined) return undefined
  const usesThis = hasOwnThis(path)
  const names = node.params.map((param, i) => `${param.type === 'RestElement' ? '...' : ''}a${i}`)
  const call = (moved: string) => (usesThis ? `${moved}.call(${['this', ...names].join()})` : `${moved}(${names.join()})`)
  const rest = (moved: string) => `(${names.join()}){return ${call(moved)}}`
  if (node.type === 'ArrowFunctionExpression') {
    if (usesThis) return undefined
    return { span: { start, end }, stub: moved => `(${names.join()})=>${call(moved)}`, code: text.slice(start, end), outside }
  }
  if (node.type === 'ClassMethod' || node.type === 'ObjectMethod') {
    if (node.kind === 'constructor' || node.computed) return undefined
    const span = { start: endOf(node.key), end }
    return { span, stub: rest, code: `function${text.slice(span.start, end)}`, outside }
  }
  const name = node.id?.name ?? ''
  return {
    span: { start, end },
    stub: moved => `function ${name}${rest(moved)}`,
    code: text.slice(start, end),
    outside: outside.filter(each => each !== name),
  }
}

/** @returns undefined where it uses something that a part cannot be given: what changes, what is of another scope or of the text alone */
function namesOutside(path: FunctionPath, scope: Scope): readonly string[] | undefined {
  const names = new Set<string>()
  let bound = false
  path.traverse({
    Identifier(inner) {
      const { name } = inner.node
      const isName = inner.isReferencedIdentifier() || (inner as NodePath).isBindingIdentifier()
      if (!isName) return
      const binding = inner.scope.getBinding(name)
      if (binding === undefined) bound ||= OF_THE_TEXT.has(name)
      else if (binding.scope === scope && isFixed(binding)) names.add(name)
      else bound ||= !isWithin(binding.scope, path)
    },
    'Super|MetaProperty|PrivateName'() {
      bound = true
    },
  })
  return bound ? undefined : [...names]
}

/** What looks like a global name, and is none: what is passed to the whole text, or to the function itself. */
const OF_THE_TEXT: ReadonlySet<string> = new Set(['arguments', 'require', OUTSIDE])

function isWithin(scope: Scope, path: FunctionPath): boolean {
  return scope.path === path || scope.path.isDescendant(path)
}

/** It has its value once the text has been run, and keeps it. */
function isFixed({ constant, path }: Binding): boolean {
  return constant && (!path.isVariableDeclarator() || path.node.init != null)
}

function hasOwnThis(path: FunctionPath): boolean {
  let found = false
  path.traverse({
    ThisExpression() {
      found = true
    },
    'FunctionDeclaration|FunctionExpression|ObjectMethod|Class'(inner) {
      inner.skip()
    },
  })
  return found
}

function neighbours(moved: readonly MovedFunction[], { partLength }: CodeCosts): readonly (readonly MovedFunction[])[] {
  const groups: MovedFunction[][] = []
  let room = 0
  for (const each of moved) {
    room -= each.code.length
    if (room < 0) {
      groups.push([])
      room = partLength - each.code.length
    }
    groups.at(-1)?.push(each)
  }
  return groups
}

function edited(text: string, edits: readonly (Span & { readonly text: string })[]): string {
  const sorted = [...edits].sort((a, b) => a.start - b.start)
  return sorted.map((edit, i) => text.slice(sorted[i - 1]?.end ?? 0, edit.start) + edit.text).join('') + text.slice(sorted.at(-1)?.end ?? 0)
}

/** @returns the place of a node, as far as the map knows */
function placesBy(map: string): (node: Node) => Place {
  const trace = new TraceMap(map)
  return ({ loc }) => {
    const { source, line, column } = originalPositionFor(trace, loc?.start ?? { line: 1, column: 0 })
    return `${source}:${line}:${column}`
  }
}

const spanOf = (node: Node): Span => ({ start: startOf(node), end: endOf(node) })
const startOf = (node: Node): number => node.start ?? 0
const endOf = (node: Node): number => node.end ?? 0
