/** The suite on a kernel in a process of its own, on any engine. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { emitData } from '../../compiler/emit/bundle.js'
import type { BundleTarget } from '../../compiler/emit/kernel.js'
import type { JsonCall } from './suite.js'

export interface KernelProcess {
  /** The engine by its absolute path, and what stands between it and a script. */
  readonly engine: readonly [program: string, ...flags: readonly string[]]
  readonly target: BundleTarget
  /** The text that defines `agsecKernel`. */
  readonly kernel: string
}

/** A table and the calls that are put to it. */
export interface Questions {
  readonly table: Uint8Array
  readonly calls: readonly JsonCall[]
}

/** @returns per table and call the result, or `{ error }`; one text where the process itself failed */
export function askKernel(process: KernelProcess, questions: readonly Questions[]): readonly (readonly unknown[])[] | string {
  const folder = mkdtempSync(join(tmpdir(), 'agsec-conformance-'))
  try {
    return askIn(folder, process, questions)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function askIn(folder: string, { engine, target, kernel }: KernelProcess, questions: readonly Questions[]) {
  const emitted = questions.map(({ table }) => emitData(target, table))
  for (const { data } of emitted) writeFileSync(join(folder, data.name), data.bytes)
  const script = join(folder, 'ask.cjs')
  writeFileSync(script, `'use strict'\n${kernel}\n${ASK}\n${ASK_ON[target]}\n`)
  const input = JSON.stringify({ folder, asked: questions.map(({ calls }, i) => ({ place: emitted[i]?.place, calls })) })
  const [program, ...flags] = engine
  const ran = spawnSync(program, [...flags, script], { input, env: {}, cwd: '/', encoding: 'utf8', maxBuffer: 1 << 28 })
  if (ran.status !== 0) return `${program} ended with status ${ran.status ?? ran.error?.message ?? ran.signal}: ${ran.stderr.trim()}`
  return answersOf(ran.stdout)
}

function answersOf(stdout: string): readonly (readonly unknown[])[] | string {
  try {
    return JSON.parse(stdout) as readonly (readonly unknown[])[] // the script below wrote it
  } catch {
    return 'the answers are no JSON'
  }
}

/** What is asked, the same on every engine: plain ECMAScript 2020. */
const ASK = `
function decode(value, AbstractString) {
  if (Array.isArray(value)) return value.map(item => decode(item, AbstractString))
  if (typeof value !== 'object' || value === null) return value
  const keys = Object.keys(value)
  if (keys.length === 1 && keys[0] === 'parts') return AbstractString.of(value.parts)
  return Object.fromEntries(keys.map(key => [key, decode(value[key], AbstractString)]))
}
function answer(open, input) {
  const { folder, asked } = JSON.parse(input)
  return JSON.stringify(asked.map(({ place, calls }) => {
    const { decide, AbstractString } = open(place, folder)
    return calls.map(call => {
      try { return decide(decode(call, AbstractString)) }
      catch (error) { return { error: String(error) } }
    })
  }))
}`

const ASK_ON: Readonly<Record<BundleTarget, string>> = {
  node: `
const fs = require('node:fs')
const text = answer((place, folder) => {
  const made = { exports: {} }
  agsecKernel.startBundle(place, { module: made, folder, isMain: false })
  return { decide: call => made.exports.decideCall(call), AbstractString: made.exports.AbstractString }
}, fs.readFileSync(0, 'utf8'))
const bytes = Buffer.from(text)
for (let written = 0; written < bytes.length; ) written += fs.writeSync(1, bytes, written)`,
  qjs: `
const { quickjsHost: host, openDecider, findData, AbstractString } = agsecKernel.makeKernel()
const text = answer((place, folder) => {
  const decider = openDecider(findData(host, folder, place)())
  return { decide: call => decider.decide(call), AbstractString }
}, host.readInput(1 << 28).text)
if (!host.write('stdout', text)) host.exit(3)`,
}
