import { parse } from 'smol-toml'
import { describe, expect, it } from 'vitest'
import { type TomlEntry, tomlCommands, tomlString, withTomlEntry, withoutTomlEntry } from '../../../cli/install/toml-edit.js'

const command = `: agsec-hook; it's "quoted" \\ and\nbroken`
const entry: TomlEntry = {
  settings: [
    { name: 'allow_managed_hooks_only', value: true },
    { table: 'features', name: 'hooks', value: true },
  ],
  tables: `[[hooks.PreToolUse]]\nmatcher = "*"\n[[hooks.PreToolUse.hooks]]\ntype = "command"\ncommand = ${tomlString(command)}\n`,
}
const put = (text: string | undefined) => withTomlEntry('/r.toml', text, entry)

const OURS = { matcher: '*', hooks: [{ type: 'command', command }] }

describe('our entry', () => {
  it.each([
    '',
    'model = "x"\n',
    '# by IT\nmodel = "x"\n\n[features]\nweb = true # no\n\n[mcp]\na = 1',
    'allow_managed_hooks_only = true\n[features]\nhooks = true\n',
    '[[hooks.PreToolUse]]\nmatcher = "Bash"\n[[hooks.PreToolUse.hooks]]\ntype = "command"\ncommand = "theirs"\n',
    '[rules]\nprefix_rules = [{ pattern = [{ token = "mkfs" }], decision = "forbidden" }]\n',
    'big = 9007199254740993\nwhen = 2026-01-01T00:00:00Z\n',
  ])('goes into %j, and out of it without a trace', text => {
    const installed = put(text)
    const settings = parse(installed, { integersAsBigInt: 'asNeeded' })
    expect(settings).toMatchObject({ allow_managed_hooks_only: true, features: { hooks: true } })
    expect(tomlCommands('/r.toml', installed, 'PreToolUse').filter(each => each === command)).toHaveLength(1)
    expect(put(installed)).toBe(installed)
    expect(withoutTomlEntry('/r.toml', installed)).toBe(text === '' || text.endsWith('\n') ? text : `${text}\n`)
  })

  it('is all there is in a new file', () => {
    expect(parse(put(undefined))).toEqual({ allow_managed_hooks_only: true, features: { hooks: true }, hooks: { PreToolUse: [OURS] } })
  })
})

describe('a file that cannot hold it', () => {
  it.each([
    ['a = 1\nb = \n', '/r.toml:2:5: invalid value'],
    ['allow_managed_hooks_only = false\n', 'says `allow_managed_hooks_only = false`'],
    ['[features]\nhooks = false\n', 'says `features.hooks = false`'],
    ['features = { web = true }\n', 'cannot be extended'],
    ['hooks = { PreToolUse = [] }\n', 'cannot be extended'],
  ])('%j', (text, message) => {
    expect(() => put(text)).toThrow(message)
  })
})
