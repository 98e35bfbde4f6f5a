import type { Analysis, Exec, FileEffect } from '../../../runtime/shell/analysis.js'

/** A simple command by its words, all of it known. */
export function anExec(argv: Exec['argv'], more: Partial<Exec> = {}): Exec {
  return {
    program: argv[0] ?? '',
    argv,
    open: false,
    flags: [],
    operands: argv.slice(1),
    via: [],
    cwd: '/p',
    assignments: [],
    redirections: [],
    transparent: false,
    span: { start: 0, end: 1 },
    ...more,
  }
}

export function aFile(operation: FileEffect['operation'], path: FileEffect['path'], more: Partial<FileEffect> = {}): FileEffect {
  return { operation, path, recursive: false, by: 0, span: { start: 0, end: 1 }, ...more }
}

export function anAnalysis(more: Partial<Analysis>): Analysis {
  return { execs: [], files: [], actions: [], unknowns: [], syntax: 'ok', ...more }
}
