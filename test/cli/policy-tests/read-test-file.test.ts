import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { positionOf } from '../../../compiler/source.js'
import { PLATFORMS } from '../../../cli/asked.js'
import { findTestFiles, policyPathsOf } from '../../../cli/policy-tests/find-test-files.js'
import { readTestFile, readTestFiles } from '../../../cli/policy-tests/read-test-file.js'
import { tempFolder } from '../temp-folder.js'

const parse = (text: string) => readTestFile({ path: 'p.test.yaml', text })
const problems = (text: string) =>
  parse(text).diagnostics.map(({ message, span }) => `${positionOf(span.source, span.start).line}: ${message}`)

describe('a test file', () => {
  it('asks by action, by command and as a hook would', () => {
    const { tests, diagnostics } = parse(`cases:
  - name: push
    command: git push -f
    expect: deny
    sid: NoPush
  - action: file.read
    params: { file_path: /x }
    context: { cwd: /elsewhere }
    expect: block
    sid:
  - platform: claude-code
    input: { tool_name: Read }
    expect: review
`)
    expect(diagnostics).toEqual([])
    const place = { cwd: '/home/user/project', project_root: '/home/user/project' }
    expect(tests).toEqual([
      {
        name: 'push',
        place: 'p.test.yaml:2',
        asked: { kind: 'request', request: { action: 'bash.execute', params: { command: 'git push -f' }, context: place } },
        expect: 'deny',
        sid: 'NoPush',
      },
      {
        name: '/x',
        place: 'p.test.yaml:6',
        asked: { kind: 'request', request: { action: 'file.read', params: { file_path: '/x' }, context: { ...place, cwd: '/elsewhere' } } },
        expect: 'deny',
        sid: null,
      },
      {
        name: 'input of claude-code',
        place: 'p.test.yaml:11',
        asked: { kind: 'platform', platform: 'claude-code', input: { tool_name: 'Read' } },
        expect: 'review',
      },
    ])
  })
  it('says everything that is wrong with it, and where', () => {
    const text = `cases:
  - command: a
  - command: a
    expect: maybe
  - command: a
    action: b
    expect: deny
  - expect: deny
  - comand: a
    expect: deny
  - action: a
    params: [1]
    expect: deny
  - text
  - command: 5
    expect: deny
  - command: a
    sid: 5
    expect: deny
  - platform: vim
    input: {}
    expect: deny
other: 1
`
    expect(problems(text)).toEqual([
      '23: unknown key `other` in a test file',
      '2: `expect` must be allow, deny or review',
      '4: `expect` must be allow, deny or review',
      '5: a case needs exactly one of `action`, `command` and `platform`',
      '8: a case needs exactly one of `action`, `command` and `platform`',
      '9: unknown key `comand` in a test file',
      '11: expected `params` to be a map, found a list',
      '14: expected a case to be a map',
      '15: `command` must be text',
      '18: `sid` must be the name of a statement, or null for the default',
      `20: unknown platform \`vim\`, expected one of ${PLATFORMS.join(', ')}`,
    ])
  })
  it('is an error where it has no list of cases or is no YAML', () => {
    for (const text of ['', 'cases:', 'cases: {}', '- a', 'cases: [', '\0', 'a: 1\na: 2']) expect(problems(text), text).not.toEqual([])
    expect(problems('cases: []')).toEqual([])
  })
  it('survives an alias bomb', () => {
    const lines = Array.from(
      { length: 12 },
      (_, at) => `a${at}: &a${at} [${at === 0 ? 'x' : Array.from({ length: 9 }, () => `*a${at - 1}`).join(',')}]`,
    )
    expect(problems(`cases:\n  - {command: x, expect: deny, params: {${lines.join(', ')}}}\n`)).not.toEqual([])
  })
})

describe('finding test files', () => {
  it('looks into folders and beside policy files, once each', () => {
    const folder = tempFolder()
    for (const name of ['a.yaml', 'a.test.yaml', 'b.test.yml', 'c.yaml', 'x.test.yaml.bak'])
      writeFileSync(join(folder, name), 'cases: [{command: x, expect: deny}]')
    const places = (...names: string[]) => readTestFiles(findTestFiles(names.map(name => join(folder, name)))).tests.map(test => test.place)
    expect(places('')).toEqual(['a.test.yaml:1', 'b.test.yml:1'])
    expect(places('a.yaml', 'c.yaml', 'a.test.yaml')).toEqual(['a.test.yaml:1'])
    expect(places('c.yaml')).toEqual([])
    expect(policyPathsOf([join(folder, 'a.test.yaml'), join(folder, 'c.yaml')])).toEqual([folder, join(folder, 'c.yaml')])
  })
  it('says which it cannot read', () => {
    const folder = tempFolder()
    mkdirSync(join(folder, 'x.test.yaml'))
    expect(readTestFiles(findTestFiles([folder])).diagnostics.map(each => each.code)).toEqual(['no-policy-files'])
  })
})
