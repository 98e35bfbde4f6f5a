import { homedir } from 'node:os'
import { describe, expect, it } from 'vitest'
import { agsec } from './run-cli.js'
import { samplePolicies } from './sample-policy.js'
import { tempFolder } from './temp-folder.js'

/** Runs on the sample policy and away from the user's own. */
function onSample() {
  const home = tempFolder()
  const policies = samplePolicies(home, 'p')
  return (args: readonly string[], input = '') => agsec([...args, '--agsec-home', home, '--policy', policies], input)
}

describe('agsec check', () => {
  it('decides a request of flags and says why on stdout', () => {
    const { status, stdout, stderr } = onSample()(['check', '--command', 'rm -rf x'])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toContain('deny  Agents should not delete files\n  instead: Move it to the trash\n')
    expect(stdout).toContain('BlockRm    01_sample.yaml:11')
  })
  it('tells the decision by its exit status where asked to', () => {
    const run = onSample()
    expect(run(['check', '--exit-code', '--command', 'ls']).status).toBe(0)
    expect(run(['check', '--exit-code', '--command', 'rm x']).status).toBe(4)
    expect(run(['check', '--exit-code', '--action', 'file.read', '--params', '{"file_path":[".env"]}']).status).toBe(3)
  })
  it('knows the home of this machine, but no working directory', () => {
    const run = onSample()
    const read = (path: string) => JSON.parse(run(['check', '--json', '--action', 'file.read', '--param', `file_path=${path}`]).stdout)
    expect(read(`${homedir()}/.ssh/id_rsa`)).toMatchObject({ decision: 'deny', certainty: 'definite' })
    expect(read('../.ssh/id_rsa')).toMatchObject({ decision: 'review', certainty: 'possible' })
  })
  it('takes a request on stdin', () => {
    const run = onSample()
    expect(run(['check'], '{"action":"file.write","params":{"file_path":"/a/.env"}}').stdout).toMatch(/^deny {2}/)
    expect(run(['check'], '{')).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringMatching(/^agsec: stdin is not valid JSON\n {2}help: /),
    })
    expect(run(['check'], '{"actoin":"x"}')).toMatchObject({ status: 2, stdout: '' })
  })
  it('gives the same answer without its index', () => {
    const run = onSample()
    for (const command of ['ls', 'rm x']) {
      const args = ['check', '--json', '--command', command]
      expect(run([...args, '--no-index'])).toEqual(run(args))
    }
  })
  it('refuses what makes no sense', () => {
    const run = onSample()
    expect(run(['check', '--param', 'a=b'])).toMatchObject({ status: 2, stderr: expect.stringContaining('`--param` needs `--action`') })
    expect(run(['check', '--action', 'a', '--param', 'b'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('expected `--param KEY=VALUE`'),
    })
    expect(run(['check', '--action', 'a', '--params', '[]'])).toMatchObject({ status: 2 })
    expect(run(['check', '--action', 'a', '--bundle', 'x'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('exclude each other'),
    })
  })
  it('says why it cannot load a bundle', () => {
    const home = tempFolder()
    expect(agsec(['check', '--command', 'ls', '--bundle', `${home}/none.js`])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('there is no bundle'),
    })
    expect(agsec(['check', '--command', 'ls', '--bundle', 'package.json'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('is no agsec bundle'),
    })
  })
  it('answers 10,000 lines in order, bad ones, huge ones and foreign text among them', () => {
    const lines = Array.from({ length: 10_000 }, (_, at) => {
      if (at % 1000 === 7) return '{"action":'
      if (at === 5000) return JSON.stringify({ action: 'bash.execute', params: { command: `echo ${'😀'.repeat(2_000_000)}` } })
      return JSON.stringify({ action: 'bash.execute', params: { command: at % 3 === 0 ? `rm ${at}` : `echo ${at} 😀é` } })
    })
    const { status, stdout } = onSample()(['check', '--ndjson'], lines.join('\n'))
    expect(status).toBe(0)
    const answers = stdout
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line))
    expect(answers).toHaveLength(10_000)
    // A command of eight million characters is more than anybody reads: a person is asked.
    const wanted = lines.map((_, at) => (at % 1000 === 7 ? undefined : at === 5000 ? 'review' : at % 3 === 0 ? 'deny' : 'allow'))
    expect(answers.map(answer => answer.decision)).toEqual(wanted)
    expect(answers.filter(answer => 'error' in answer)).toHaveLength(10)
    expect(Object.keys(answers[0])).toEqual(['decision', 'sid', 'reason', 'guidance', 'certainty', 'matched'])
  })
})

describe('agsec explain', () => {
  it('shows every statement about the action, and what each test found', () => {
    const { status, stdout } = onSample()(['explain', '--command', 'rm -rf x'])
    expect(status).toBe(0)
    const shown = `deny  Agents should not delete files
  instead: Move it to the trash

applies
  allow  AllowBash  01_sample.yaml:7
  deny  BlockRm  01_sample.yaml:11
    ✓  params.command regex "\\\\brm\\\\s"  found rm -rf x

may apply: something it looks at is not known
`
    expect(stdout.slice(0, shown.length)).toBe(shown)
    expect(stdout).toContain('deny  BlockEnv  01_sample.yaml:22  on the effect `file.delete` in `rm -rf x`')
  })
  it('shows what nearly applied and what may apply', () => {
    const run = onSample()
    expect(run(['explain', '--command', 'git rm']).stdout).toContain(
      'looked at, does not apply\n  deny  BlockRm  01_sample.yaml:11\n    ✗  params.command regex "\\\\brm\\\\s"  found git rm\n',
    )
    expect(run(['explain', '--action', 'file.write', '--params', '{"file_path":5.5,"x":1}']).stdout).toContain('may apply')
    expect(run(['explain', '--action', 'web.fetch']).stdout).toContain('no statement is about this action')
  })
})
