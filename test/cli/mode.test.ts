import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { homeAt } from '../../cli/home.js'
import { halt, readMode, resume, writeMode } from '../../cli/mode.js'
import { tempFolder } from './temp-folder.js'

const newHome = () => homeAt(tempFolder())

describe('the mode', () => {
  it('is enforce where nothing is written', () => {
    expect(readMode(newHome())).toEqual({ mode: 'enforce' })
  })
  it('is enforce where the file cannot be understood, and says so', () => {
    const home = newHome()
    for (const text of ['', 'OBSERVE', 'observe x', 'off', '\ufeffobserve']) {
      writeFileSync(home.mode, text)
      const { mode, unreadable } = readMode(home)
      expect({ text, mode, unreadable: unreadable !== undefined }).toEqual({
        text,
        mode: text === '\ufeffobserve' ? 'observe' : 'enforce',
        unreadable: text !== '\ufeffobserve',
      })
    }
  })
  it('is enforce where the file is a folder', () => {
    const home = newHome()
    mkdirSync(home.mode)
    expect(readMode(home)).toEqual({ mode: 'enforce', unreadable: 'the file cannot be read' })
  })
  it('comes back after a halt, and leaves no other file', () => {
    const home = newHome()
    writeMode(home, 'observe')
    halt(home)
    expect(readMode(home).mode).toBe('halt')
    expect(resume(home)).toBe('observe')
    expect(readFileSync(home.mode, 'utf8')).toBe('observe\n')
    expect(readdirSync(home.folder)).toEqual(['mode'])
  })
  it('comes back as enforce where the mode before the halt is lost or was a halt', () => {
    const home = newHome()
    writeMode(home, 'halt')
    expect(resume(home)).toBe('enforce')
    halt(home)
    halt(home)
    expect(resume(home)).toBe('enforce')
  })
})
