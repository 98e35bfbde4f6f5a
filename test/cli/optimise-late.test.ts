import { execFileSync } from 'node:child_process'
import { expect, it, vi } from 'vitest'
import { answererOf, answerStream } from '../../cli/ndjson.js'
import { optimiseLate } from '../../cli/optimise-late.js'

const set = vi.hoisted((): string[] => [])
vi.mock('node:v8', () => ({ setFlagsFromString: (flag: string) => set.push(flag) }))

it('counts for commands, but for a stream that goes on it is as V8 has it by itself', async () => {
  optimiseLate()
  const late = set.splice(0)
  await answerStream(
    (async function* () {})(),
    answererOf(() => ({})),
    async () => undefined,
  )
  const options = execFileSync(process.execPath, ['--v8-options'], { encoding: 'utf8' })
  for (const [flag = ''] of late.map(each => each.split('=')))
    expect(options).toContain(`default: ${set.find(each => each.startsWith(`${flag}=`))}\n`)
})
