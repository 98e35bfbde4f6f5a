import { existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { claudeSettings, installClaudeCode, installedCommand, uninstallClaudeCode } from '../../../cli/install/claude-code.js'
import { hookCommand, quoted } from '../../../cli/install/hook-command.js'

const command = hookCommand({ engine: ['/n'], bundle: '/b', agsecHome: '/a', home: '/h', user: 'u', cli: ['/n', '/c'] })
const newer = hookCommand({ engine: ['/n2'], bundle: '/b', agsecHome: '/a', home: '/h', user: 'u', cli: ['/n', '/c'] })

let home: string
let settings: string

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'agsec-install-'))
  settings = claudeSettings(home)
  mkdirSync(dirname(settings))
})

afterEach(() => rmSync(home, { recursive: true, force: true }))

const read = () => JSON.parse(readFileSync(settings, 'utf8'))

describe('installing', () => {
  it('writes the entry that blocks on failure', () => {
    installClaudeCode(settings, command)
    const [entry] = read().hooks.PreToolUse
    expect(entry).toMatchObject({ matcher: '*', hooks: [{ type: 'command', command, onFailure: 'block', timeout: 10 }] })
    expect(installedCommand(settings)).toBe(command)
  })

  it('changes nothing the second time', () => {
    installClaudeCode(settings, command)
    const before = readFileSync(settings)
    expect(installClaudeCode(settings, command).changed).toBe(false)
    expect(readFileSync(settings)).toEqual(before)
    expect(readdirSync(dirname(settings))).toEqual(['settings.json'])
  })

  it('replaces its own older entry, and no other', () => {
    installClaudeCode(settings, command)
    installClaudeCode(settings, newer)
    expect(read().hooks.PreToolUse).toHaveLength(1)
    expect(installedCommand(settings)).toBe(newer)
  })

  it('keeps everything else, in its indentation', () => {
    const theirs = {
      model: 'x',
      hooks: { Stop: [{ hooks: [] }], PreToolUse: [{ matcher: 'Bash', hooks: [{ type: 'command', command: 'agsec-lookalike' }] }] },
    }
    writeFileSync(settings, JSON.stringify(theirs, null, '\t'))
    installClaudeCode(settings, command)
    const now = read()
    expect(now.model).toBe('x')
    expect(now.hooks.Stop).toEqual(theirs.hooks.Stop)
    expect(now.hooks.PreToolUse[0]).toEqual(theirs.hooks.PreToolUse[0])
    expect(readFileSync(settings, 'utf8')).toContain('\n\t"model"')
  })

  it.each([
    ['broken', '{\n  "model": "x",\n  oops\n}', ':3:'],
    ['a list', '[]', 'no JSON object'],
    ['hooks of another shape', '{"hooks":{"PreToolUse":{"a":1}}}', 'hooks.PreToolUse'],
  ])('refuses a file that is %s and leaves it alone', (_, text, message) => {
    writeFileSync(settings, text)
    expect(() => installClaudeCode(settings, command)).toThrow(message)
    expect(readFileSync(settings, 'utf8')).toBe(text)
    expect(readdirSync(dirname(settings))).toEqual(['settings.json'])
  })

  it('writes through a link', () => {
    const real = join(home, 'dotfiles.json')
    writeFileSync(real, '{"model":"x"}')
    symlinkSync(real, settings)
    installClaudeCode(settings, command)
    expect(lstatSync(settings).isSymbolicLink()).toBe(true)
    expect(JSON.parse(readFileSync(real, 'utf8')).hooks.PreToolUse).toHaveLength(1)
  })
})

describe('uninstalling', () => {
  it.each([
    '{"model":"x"}',
    '{\n    "model" : "x" ,\n    "hooks": {}\n}\n',
    '{"hooks":{"PreToolUse":[{"matcher":"Bash","hooks":[{"type":"command","command":"x"}]}]}}',
  ])('puts back the bytes that were there: %j', text => {
    writeFileSync(settings, text)
    installClaudeCode(settings, command)
    expect(readFileSync(settings, 'utf8')).not.toBe(text)
    uninstallClaudeCode(settings)
    expect(readFileSync(settings, 'utf8')).toBe(text)
    expect(readdirSync(dirname(settings))).toEqual(['settings.json'])
  })

  it('keeps what was changed since', () => {
    writeFileSync(settings, '{"model":"x"}')
    installClaudeCode(settings, command)
    writeFileSync(settings, JSON.stringify({ ...read(), model: 'y' }))
    uninstallClaudeCode(settings)
    expect(read()).toEqual({ model: 'y' })
  })

  it('removes a file that held nothing else', () => {
    installClaudeCode(settings, command)
    uninstallClaudeCode(settings)
    expect(existsSync(settings)).toBe(false)
  })

  it('does nothing where nothing is installed', () => {
    expect(uninstallClaudeCode(settings).changed).toBe(false)
  })
})

describe('a word of a shell', () => {
  it.each([
    ['/usr/bin/node', '/usr/bin/node'],
    ['a b', "'a b'"],
    ["it's", "'it'\\''s'"],
    ['', "''"],
  ])('%j is %s', (text, word) => {
    expect(quoted(text)).toBe(word)
  })
})
