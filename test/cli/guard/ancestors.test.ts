import { describe, expect, it } from 'vitest'
import { ancestorsOf, parentInStat, parseCsv, parsePs } from '../../../cli/guard/ancestors.js'

describe('the processes above this one', () => {
  it.runIf(process.platform === 'linux')('are read on this machine, the parent first', () => {
    const found = ancestorsOf(process.pid, process.platform) ?? []
    expect(found[0]?.pid).toBe(process.ppid)
    expect(found[0]?.argv.length).toBeGreaterThan(0)
    expect(found[0]?.variables).toContain('PATH')
    expect(new Set(found.map(({ pid }) => pid)).size).toBe(found.length)
  })
  it('are none of a process that there is not', () => {
    expect(ancestorsOf(2 ** 30, 'linux')).toBeUndefined()
  })
})

describe('the table of processes', () => {
  it.each([
    ['812 (zsh) S 7 812 812 34816 0', 7],
    ['9 (a) b (c) R 1 9 9 0', 1],
    ['1 (init) S 0 1 1 0', 0],
    ['', undefined],
    ['812 (zsh', undefined],
  ])('has the parent in `%s`', (stat, parent) => {
    expect(parentInStat(stat)).toBe(parent)
  })
  it('reads as ps of macOS prints it', () => {
    const text = '    1     0 /sbin/launchd\n  812     1 /Applications/Cursor.app/Contents/MacOS/Cursor --a b\n  900   812 -zsh\n'
    expect(parsePs(text)).toEqual([
      { pid: 1, parent: 0, argv: ['/sbin/launchd'] },
      { pid: 812, parent: 1, argv: ['/Applications/Cursor.app/Contents/MacOS/Cursor', '--a', 'b'] },
      { pid: 900, parent: 812, argv: ['-zsh'] },
    ])
    const helper = '/Applications/Visual Studio Code.app/Contents/Frameworks/Code Helper.app/Contents/MacOS/Code Helper'
    expect(parsePs(`7 1 ${helper} --type=x`)).toEqual([{ pid: 7, parent: 1, argv: [helper, '--type=x'] }])
    expect(parsePs('')).toBeUndefined()
  })
  it('reads as PowerShell prints it', () => {
    const node = String.raw`C:\Program Files\nodejs\node.exe`
    const script = String.raw`C:\x\@openai\codex\codex.js`
    const text = [
      '"ProcessId","ParentProcessId","ExecutablePath","CommandLine"',
      '"4","0",,',
      `"812","4","${node}","""${node}"" ""${script}"" exec"`,
      String.raw`"900","812","C:\Windows\cmd.exe","cmd /c x"`,
    ].join('\r\n')
    expect(parseCsv(text)).toEqual([
      { pid: 4, parent: 0, argv: [''] },
      { pid: 812, parent: 4, argv: [node, script, 'exec'] },
      { pid: 900, parent: 812, argv: [String.raw`C:\Windows\cmd.exe`, '/c', 'x'] },
    ])
    expect(parseCsv('')).toBeUndefined()
  })
})
