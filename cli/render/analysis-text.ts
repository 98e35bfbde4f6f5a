/** The analysis of a command for people: what runs and through what, what that does, and what is not known. */
import { codeFrame } from '../../compiler/diagnostics/code-frame.js'
import { AbstractString, showString } from '../../runtime/decide/abstract-string.js'
import type { Value } from '../../runtime/decide/request.js'
import type { Analysis, Exec, FileEffect, FileOperation, Scope, Unknown } from '../../runtime/shell/analysis.js'
import { canonicalLine } from '../../runtime/shell/canonical-line.js'
import { isOfProgram } from '../shell/analysis-json.js'
import { columns, oneLine } from './columns.js'
import type { Palette } from './palette.js'

const WIDTH = 160

export function analysisText(command: string, analysis: Analysis, colour: Palette): string {
  const shell = effectRows(analysis, -1, colour)
  const sections = [
    ...analysis.execs.map((exec, i) => (isOfProgram(exec) ? execText(exec, analysis, i, colour) : '')),
    shell.length === 0 ? '' : `${colour.dim('the shell itself')}\n${columns(shell)}`,
    unknownsText(command, analysis.unknowns, colour),
    analysis.syntax === 'ok' ? '' : colour.review(SYNTAX[analysis.syntax]),
  ].filter(text => text !== '')
  return sections.length === 0 ? 'nothing runs\n' : sections.join('')
}

const SYNTAX = {
  error: 'bash does not understand the rest of this: a syntax error\n',
  incomplete: 'the command ends too early: something is still open\n',
}

/** Indented by how many programs stand before it. */
function execText(exec: Exec, analysis: Analysis, index: number, colour: Palette): string {
  const depth = '  '.repeat(exec.via.length)
  const via = exec.via.length === 0 ? '' : colour.dim(`  via ${exec.via.map(each => oneLine(each, 60)).join(' › ')}`)
  const dynamic = exec.dynamic === undefined ? '' : colour.review(`  not known: ${exec.dynamic}`)
  const head = `${depth}${colour.bold(oneLine(showString(canonicalLine(exec)), WIDTH))}${via}${dynamic}\n`
  return head + columns(effectRows(analysis, index, colour).map(([verb = '', ...rest]) => [`${depth}${verb}`, ...rest]))
}

const VERBS: Readonly<Record<FileOperation, string>> = {
  read: 'reads',
  write: 'writes',
  delete: 'deletes',
  move: 'moves',
  list: 'lists',
  run: 'runs the file',
  permission: 'changes who may use',
}

function effectRows({ files, actions }: Analysis, by: number, colour: Palette): readonly (readonly string[])[] {
  return [
    ...files.filter(file => file.by === by).map(file => fileRow(file, colour)),
    ...actions.filter(action => action.by === by).map(({ action, params }) => [`  ${action}`, oneLine(paramsText(params), WIDTH)]),
  ]
}

function fileRow({ operation, path, recursive }: FileEffect, colour: Palette): readonly string[] {
  const beneath = recursive ? colour.dim(' and everything beneath it') : ''
  return [`  ${VERBS[operation]}`, `${oneLine(showString(path), WIDTH)}${beneath}`]
}

function paramsText(params: { readonly [key: string]: Value }): string {
  return Object.entries(params)
    .map(([name, value]) => `${name}=${valueText(value)}`)
    .join(' ')
}

function valueText(value: Value): string {
  return typeof value === 'string' || value instanceof AbstractString ? showString(value) : JSON.stringify(value)
}

const SCOPES: Readonly<Record<Scope, string>> = {
  exec: 'any program could run',
  read: 'any file could be read',
  write: 'any file could be written or deleted',
  net: 'it could connect to anywhere',
  any: 'anything could happen',
}

function unknownsText(command: string, unknowns: readonly Unknown[], colour: Palette): string {
  return unknowns.map(unknown => unknownText(command, unknown, colour)).join('')
}

function unknownText(command: string, { scope, why, span }: Unknown, colour: Palette): string {
  const head = `${colour.review('not known')}: ${oneLine(why, WIDTH)}; ${SCOPES[scope]}\n`
  const frame = codeFrame({ source: { path: '', text: command }, ...span })
  return frame === undefined ? head : `${head}  ${frame.line}\n  ${colour.review(frame.underline)}\n`
}
