/** The suite on any implementation: a program that answers one line of JSON with another. */
import { spawnSync } from 'node:child_process'
import type { SuiteFile } from '../../cli/conformance/suite.js'

/**
 * Runs the command once in a shell and puts every case to it.
 * @returns per file the results of its cases, or `{ error }`; one text where the command failed
 */
export function askCommand(command: string, suite: readonly SuiteFile[]): readonly (readonly unknown[])[] | string {
  const lines = suite.flatMap(({ name, cases, ...policy }) =>
    cases.map(each => JSON.stringify({ topic: name, ...policy, call: each.call })),
  )
  const ran = spawnSync('/bin/sh', ['-c', command], { input: `${lines.join('\n')}\n`, encoding: 'utf8', maxBuffer: 1 << 28 })
  if (ran.status !== 0) return `the command ended with status ${ran.status ?? ran.signal}: ${ran.stderr.trim()}`
  const answers = ran.stdout.trimEnd().split('\n')
  if (answers.length !== lines.length) return `expected ${lines.length} lines, found ${answers.length}`
  return grouped(answers.map(parsed), suite)
}

function parsed(line: string): unknown {
  try {
    const json: unknown = JSON.parse(line)
    return json
  } catch {
    return { error: `no JSON: ${line.slice(0, 80)}` }
  }
}

function grouped(answers: readonly unknown[], suite: readonly SuiteFile[]): readonly (readonly unknown[])[] {
  let start = 0
  return suite.map(({ cases }) => {
    start += cases.length
    return answers.slice(start - cases.length, start)
  })
}
