/** An analysis as lines of text, for assertions. */
import type { Text } from '../../../../runtime/shell/analysis.js'
import { analyse } from '../../../../runtime/shell/analyse.js'
import type { Analysis, Files } from '../../../../runtime/shell/analysis.js'
import { showString } from '../../../../runtime/decide/abstract-string.js'

export function analyseIn(command: string, files?: Files): Analysis {
  return analyse({ command, cwd: '/proj', home: '/home/me', projectRoot: '/proj', user: 'me', ...(files !== undefined && { files }) })
}

const words = (texts: readonly Text[]) => texts.map(text => showString(text)).join(' ')

/** Each exec as its words, with `…` where more may follow. */
export function execs(command: string, files?: Files): readonly string[] {
  return analyseIn(command, files).execs.map(exec => words(exec.argv) + (exec.open ? ' …' : ''))
}

/** Each effect on a file that the shell itself has, as `write /proj/out`. */
export function shellFiles(command: string): readonly string[] {
  return analyseIn(command).files.flatMap(file => (file.by === -1 ? [`${file.operation} ${showString(file.path)}`] : []))
}

export function unknowns(command: string): readonly string[] {
  return analyseIn(command).unknowns.map(({ scope, why }) => `${scope}: ${why}`)
}
