/** Input that people really have, and what they are told: a code, a place, and never an exception or silence. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { compile } from '../../../compiler/compile.js'
import type { Diagnostic } from '../../../compiler/diagnostic.js'
import { renderDiagnostics } from '../../../compiler/diagnostics/render.js'
import { loadSources } from '../../../compiler/load.js'
import { positionOf } from '../../../compiler/source.js'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'agsec-bad-'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

function write(name: string, content: string | Uint8Array): void {
  writeFileSync(join(folder, name), content)
}

/** `code line:column` of every problem, in order. */
function problems(): readonly string[] {
  return all().map(({ code, span }) => {
    const { line, column } = positionOf(span.source, span.start)
    return `${code} ${span.source.path}:${line}:${column}`
  })
}

function all(): readonly Diagnostic[] {
  const { sources, diagnostics } = loadSources([folder])
  const compiled = compile(sources, { protection: [], emit: false })
  const found = [...diagnostics, ...compiled.diagnostics]
  expect(() => renderDiagnostics(found, { colour: false })).not.toThrow()
  return found
}

const GOOD = 'statements:\n  - { sid: A, effect: allow }\n'
const statement = (body: string) => `statements:\n  - sid: A\n    effect: deny\n${body}`

describe('files', () => {
  it.each<[string, string | Uint8Array, string]>([
    ['an empty file', '', 'empty'],
    ['only comments', '# nothing\n', 'empty'],
    ['a binary file', Uint8Array.from([0, 1, 2, 255, 254, 0, 10, 200]), ''],
    ['half a character', Uint8Array.from([...Buffer.from(GOOD), 0xc3]), ''],
    ['several documents', `${GOOD}---\n${GOOD}`, ''],
    ['a list', '- a\n- b\n', ''],
    ['a word', 'hello\n', ''],
    ['no statements', 'statements: []\n', ''],
    ['statements that are none', 'statements: 5\n', ''],
    ['ten megabytes', `${'# filler line\n'.repeat(800_000)}${GOOD}`, ''],
    [
      'aliases that multiply',
      `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\nstatements: [*d,*d]\n`,
      '',
    ],
    ['a tab for indentation', 'statements:\n\t- sid: A\n', ''],
    ['deep nesting', `statements: ${'['.repeat(5000)}`, ''],
  ])('%s is an error at a place', (_, content, code) => {
    write('bad.yaml', content)
    const found = problems()
    expect(found.length).toBeGreaterThan(0)
    expect(found.join()).toContain('bad.yaml:')
    if (code !== '') expect(found.join()).toContain(code)
  })

  it('does not lose the others', () => {
    write('a.yaml', statement('    efect: x\n'))
    write('b.yaml', '')
    write('c.yaml', statement('    actions: null\n').replace('sid: A', 'sid: C'))
    const found = problems().join('\n')
    for (const name of ['a.yaml', 'b.yaml', 'c.yaml']) expect(found).toContain(name)
  })

  it('a folder with the name of a file', () => {
    mkdirSync(join(folder, 'x.yaml'))
    write('good.yaml', GOOD)
    expect(problems().join()).toContain('x.yaml')
  })

  it('a folder that is missing, and one without policies', () => {
    expect(loadSources([join(folder, 'missing')]).diagnostics).not.toEqual([])
    expect(loadSources([folder]).diagnostics).not.toEqual([])
  })

  it('a file that cannot be read: here a link to itself, since root may read anything', () => {
    symlinkSync('loop.yaml', join(folder, 'loop.yaml'))
    expect(problems().join()).toContain('loop.yaml')
  })

  it('a file that is gone when it is read, and a folder that is', () => {
    symlinkSync('nowhere.yaml', join(folder, 'gone.yaml'))
    write('good.yaml', GOOD)
    expect(problems().join()).toContain('gone.yaml')
    rmSync(folder, { recursive: true })
    expect(problems().join()).not.toBe('')
  })

  it('a byte order mark and Windows line ends are read, with places that are right', () => {
    write('a.yaml', `\ufeffstatements:\r\n  - sid: A\r\n    effect: deny\r\n    efect: x\r\n`)
    expect(problems()).toEqual([expect.stringMatching(/^\S+ a\.yaml:4:5$/)])
  })
})

describe('mistakes', () => {
  it.each<[string, string, string, string]>([
    ['an unknown key', statement('    efect: x\n'), '4:5', 'effect'],
    ['an unknown operator', statement('    conditions:\n      params.x: { op: regexp, value: a }\n'), '5:', 'regex'],
    ['an unknown effect', 'statements:\n  - sid: A\n    effect: dany\n', '3:', 'deny'],
    ['a boolean for an effect', 'statements:\n  - sid: A\n    effect: no\n', '3:', ''],
    ['conditions as a list', statement('    conditions: [a]\n'), '4:', ''],
    ['actions that are null', statement('    actions: null\n'), '4:', ''],
    ['a regex that does not parse', statement("    conditions:\n      params.x: { op: regex, value: 'a(b' }\n"), '5:', ''],
    ['a regex that is not regular', statement("    conditions:\n      params.x: { op: regex, value: '(a)\\1' }\n"), '5:', ''],
    ['a regex that explodes', statement("    conditions:\n      params.x: { op: regex, value: '(?<!ab)x.{16}y' }\n"), '5:', ''],
    ['a number where a text is wanted', statement('    conditions:\n      params.x: { op: starts_with, value: 5 }\n'), '5:', ''],
    ['a number for a sid', 'statements:\n  - sid: 12\n    effect: deny\n', '2:', ''],
    ['a key given twice', 'statements:\n  - sid: A\n    sid: B\n    effect: deny\n', '3:', ''],
    ['a path pattern with braces', statement("    conditions:\n      params.x: { op: path, value: '*.{a,b}' }\n"), '5:', ''],
    ['a folder that is not absolute', statement('    conditions:\n      params.x: { op: within, value: src }\n'), '5:', 'project_root'],
    ['a host with a scheme', statement("    conditions:\n      params.x: { op: host, value: 'https://x' }\n"), '5:', ''],
    ['the rules of old', 'rules:\n  - { action: x, status: block }\n', '1:', 'migrate'],
    ['no actions left out', statement('    not_actions: []\n'), '4:18', 'leave `not_actions` out'],
    ['an action left out that is no text', statement('    not_actions: [1]\n'), '4:19', 'name of an action'],
    ['a misspelt not_actions', statement('    notactions: [a]\n'), '4:5', 'not_actions'],
    ['a map for agents', statement('    agents: { a: 1 }\n'), '4:13', 'list of names'],
    ['an agent that is a number', statement('    not_agents: [a, 5]\n'), '4:21', 'name of an agent'],
    ['no agent', statement('    agents: []\n'), '4:13', '`agents` cannot be empty'],
    ['one map for any', statement('    conditions:\n      any: { a: 1 }\n'), '5:12', 'start each item with a dash'],
    ['a list for not', statement('    conditions:\n      not: [{ a: 1 }]\n'), '5:12', '`any: […]`'],
    ['a value for any', statement('    conditions:\n      any: prod\n'), '5:12', '`params.any`'],
    ['an empty group', statement('    conditions:\n      any: []\n'), '5:12', 'empty'],
    ['an empty map in a group', statement('    conditions:\n      all: [{ a: 1 }, {}]\n'), '5:23', 'empty'],
    ['an item of a group that is no map', statement('    conditions:\n      any: [a]\n'), '5:13', 'map of conditions'],
    [
      'an unknown operator in a group',
      statement('    conditions:\n      not: { any: [{ a: { op: regexp, value: x } }] }\n'),
      '5:31',
      'regex',
    ],
    ['no operator in a group', statement('    conditions:\n      not: { a: { value: x } }\n'), '5:14', 'no `op`'],
    ['a field that is none in a group', statement('    conditions:\n      not: { a..b: x }\n'), '5:14', 'no field'],
    ['a value of YAML 1.1 in a group', statement('    conditions:\n      not: { a: yes }\n'), '5:17', '"yes"'],
    ['a regex that does not parse in a group', statement("    conditions:\n      any: [{ a: { op: regex, value: 'a(b' } }]\n"), '5:', ''],
    ['groups seventeen deep', statement(`    conditions: ${'{ not: '.repeat(17)}{ a: 1 }${' }'.repeat(17)}\n`), '4:131', '16 deep'],
    ['a network with bits beyond', statement('    conditions:\n      params.x: { op: cidr, value: 10.1.2.3/8 }\n'), '5:36', '`10.0.0.0/8`'],
    [
      'a network of a list with a long prefix',
      statement('    conditions:\n      params.x: { op: cidr, value: [10.0.0.0/8, "::/129"] }\n'),
      '5:50',
      '128',
    ],
    ['a name for a network', statement('    conditions:\n      params.x: { op: cidr, value: localhost }\n'), '5:', '`host` is for names'],
    ['a number for a network', statement('    conditions:\n      params.x: { op: cidr, value: 10 }\n'), '5:', 'text'],
    ['a list to have', statement('    conditions:\n      params.x: { op: has, value: [a] }\n'), '5:', '`has_any` or `has_all`'],
    ['a text to have any of', statement('    conditions:\n      params.x: { op: has_any, value: a }\n'), '5:', '`[…]` around it'],
    ['nothing to have all of', statement('    conditions:\n      params.x: { op: has_all, value: [] }\n'), '5:', 'empty'],
    ['a map to have', statement('    conditions:\n      params.x: { op: not_has_any, value: [{ a: 1 }] }\n'), '5:', 'number'],
    ['a host of a list', statement("    conditions:\n      params.x: { op: host, value: [a.b, 'https://x'] }\n"), '5:43', ''],
  ])('%s', (_, text, place, hint) => {
    write('p.yaml', text)
    const [first] = all()
    expect(problems()[0]).toContain(`p.yaml:${place}`)
    expect(`${first?.message} ${first?.help ?? ''}`).toContain(hint)
  })

  it.each<[string, string, string, string]>([
    ['a wildcard in an agent', statement('    agents: [a, "b-*"]\n'), 'agent-glob 4:17', 'glob'],
    ['no action left', statement('    actions: [a.b, "a.?"]\n    not_actions: ["a.*"]\n'), 'no-action 5:19', ''],
    ['a group of another language', statement('    conditions:\n      or: [{ a: 1 }, { b: 1 }]\n'), 'suspicious-field 5:7', '`any`'],
    ['an operator in the place of a field', statement('    conditions:\n      not: { op: exists }\n'), 'suspicious-field 5:14', 'params.x'],
    ['a misspelt field in a group', statement('    conditions:\n      any: [{ param.a: 1 }]\n'), 'suspicious-field 5:15', 'params.a'],
  ])('%s is a warning', (_, text, place, hint) => {
    write('p.yaml', text)
    const [first] = all()
    expect(problems()).toEqual([place.replace(' ', ' p.yaml:')])
    expect(first?.severity).toBe('warning')
    expect(`${first?.message} ${first?.help ?? ''}`).toContain(hint)
  })

  it('a sid in two files', () => {
    write('a.yaml', GOOD)
    write('b.yaml', GOOD)
    const [only] = all()
    expect(only?.span.source.path).toBe('b.yaml')
    expect(only?.related?.[0]?.span.source.path).toBe('a.yaml')
  })
})

describe('what is no mistake', () => {
  it('emoji and every alphabet in every text', () => {
    write(
      'é😀.yaml',
      `statements:\n  - sid: "Ünï 😀"\n    effect: deny\n    actions: ["бash.*"]\n    conditions: { "params.ключ": { op: contains, value: "値😀" } }\n    reason: "だめ"\n    guidance: "😀"\n`,
    )
    expect(all()).toEqual([])
  })

  it('ten thousand statements', () => {
    const statements = Array.from(
      { length: 10_000 },
      (_, i) => `  - { sid: S${i}, effect: deny, actions: [a.${i}], conditions: { params.x: v${i} } }`,
    )
    write('many.yaml', `statements:\n${statements.join('\n')}\n`)
    expect(all()).toEqual([])
  })
})
