/** Guards in code on every engine that applications run on: from a bundle, from policies and from rules, as both kinds of modules. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ENGINES } from '../../bench/engine-programs.js'

const dist = join(import.meta.dirname, '../../dist')
const folder = mkdtempSync(join(tmpdir(), 'agsec-sdk-engines-'))

const ASKS = `
const asked = [['bash', { command: 'ls' }], ['bash', { command: 'cd /tmp; rm x' }], ['other', new Proxy({}, {})], ['other', '{"half":']]
for (const options of [{ bundle: 'p.cjs' }, { policies: 'p.yaml' }, { rules: [allow('*'), deny('file.delete')] }, {}]) {
  const guard = createGuard(options)
  console.log(asked.map(([name, input]) => guard.authorizeSync({ framework: 'test', name, input }).kind).join(' '), guard.problem === undefined)
}`

beforeAll(() => {
  writeFileSync(join(folder, 'p.yaml'), 'default: allow\nstatements:\n  - {effect: deny, actions: file.delete}\n')
  execFileSync(process.execPath, [join(dist, 'cli/main.js'), 'compile', 'p.yaml', '-o', 'p.cjs'], { cwd: folder, stdio: 'ignore' })
  const names = '{ allow, createGuard, deny }'
  writeFileSync(join(folder, 'app.mjs'), `import ${names} from ${JSON.stringify(join(dist, 'sdk/index.js'))}\n${ASKS}`)
  writeFileSync(join(folder, 'app.cjs'), `const ${names} = require(${JSON.stringify(join(dist, 'cjs/sdk/index.js'))})\n${ASKS}`)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.each(ENGINES.filter(({ kind }) => kind !== 'qjs'))('$name', ({ program }) => {
  it.each(['app.mjs', 'app.cjs'])('decides in %s', app => {
    const guarded = 'allowed refused refused refused true\n'
    const lines = execFileSync(program(), [app], { cwd: folder, encoding: 'utf8' })
    expect(lines).toBe(`${guarded}${guarded}${guarded}refused refused refused refused false\n`)
  })
})
