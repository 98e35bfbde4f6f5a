/** The analysis of a command for machines. */
import type { HoleKind } from '../../runtime/decide/abstract-string.js'
import { AbstractString } from '../../runtime/decide/abstract-string.js'
import type { Value } from '../../runtime/decide/request.js'
import type { ActionEffect, Analysis, Exec, FileEffect, Text, Unknown } from '../../runtime/shell/analysis.js'
import { ANY, join } from '../../runtime/shell/text.js'

type JsonHole = 'any' | 'segment' | 'char'
type JsonText = string | { readonly parts: readonly (string | { readonly hole: JsonHole })[] }

export interface AnalysisJson {
  readonly execs: readonly { readonly program: JsonText; readonly argv: readonly JsonText[]; readonly via: readonly string[] }[]
  readonly files: readonly { readonly op: string; readonly path: JsonText }[]
  readonly nets: readonly { readonly [key: string]: unknown }[]
  readonly unknowns: readonly { readonly scope: string; readonly why: string; readonly span: readonly [start: number, end: number] }[]
}

export function analysisJson({ execs, files, actions, unknowns }: Analysis): AnalysisJson {
  return {
    execs: execs.filter(isOfProgram).map(execJson),
    files: files.flatMap(fileJson),
    nets: actions.filter(isNet).map(netJson),
    unknowns: unknowns.map(({ scope, why, span }: Unknown) => ({ scope, why, span: [span.start, span.end] })),
  }
}

/** Redirections alone run none. */
export function isOfProgram({ argv }: Exec): boolean {
  return argv.length > 0
}

/** Arguments that may follow are one that may be anything. */
function execJson({ program, argv, open, via }: Exec): AnalysisJson['execs'][number] {
  return { program: textJson(program), argv: (open ? [...argv, ANY] : argv).map(textJson), via }
}

/** What is done to everything beneath a path is done to whatever begins with it. */
function fileJson({ operation, path, recursive }: FileEffect): readonly AnalysisJson['files'][number][] {
  const paths = recursive ? [path, join(path, '/', ANY)] : [path]
  return paths.map(each => ({ op: operation, path: textJson(each) }))
}

/** Actions that name where they connect to. */
function isNet({ action, params }: ActionEffect): boolean {
  return action.startsWith('web.') || action.startsWith('net.') || 'url' in params || 'host' in params
}

function netJson({ action, params }: ActionEffect): { readonly [key: string]: unknown } {
  return { action, ...Object.fromEntries(Object.entries(params).map(([key, value]) => [key, valueJson(value)])) }
}

function valueJson(value: Value): unknown {
  if (typeof value === 'string' || value instanceof AbstractString) return textJson(value)
  return isList(value) ? value.map(valueJson) : value
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value)
}

const HOLES: Readonly<Record<HoleKind, JsonHole>> = { any: 'any', below: 'any', segment: 'segment', visible: 'segment', char: 'char' }

function textJson(text: Text): JsonText {
  if (typeof text === 'string') return text
  return { parts: text.parts.map(part => (typeof part === 'string' ? part : { hole: HOLES[part.hole] })) }
}
