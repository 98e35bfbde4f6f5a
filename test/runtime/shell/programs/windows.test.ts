import { expect, test } from 'vitest'
import type { Model, Output, World } from '../../../../runtime/shell/programs/model.js'
import { modelOf } from '../../../../runtime/shell/programs/programs.js'
import { type Given, told } from '../../../support/recording-world.js'

/** What the program tells, and what the cmdlets that it runs tell. */
const does = (program: string, args: readonly string[], given: Given = {}): readonly string[] =>
  told(cmdletsToo(modelOf(program)), program, { args, ...given })
    .lines.filter(line => !/^flags|^run \[[a-z]+-/.test(line))
    .map(line => line.replace(/ via .*|: code of .*/, ''))

function cmdletsToo(model: Model | undefined): Model {
  return (call, world) => {
    const run: World['run'] = (argv, how): Output => {
      const [name, ...args] = argv
      const inner = typeof name === 'string' && name.includes('-') ? modelOf(name) : undefined
      if (inner === undefined || typeof name !== 'string') return world.run(argv, how)
      return inner({ ...call, name, args, stdin: how.stdin }, { ...world, run })
    }
    return model?.(call, { ...world, run })
  }
}

test.each([
  ['Remove-Item -Recurse -Force src', ['delete src **']],
  ['ri a,b -rec', ['delete a **', 'delete b **']],
  ['re`move-item "x y"; DEL z', ['delete x y', 'delete z']],
  ["& ('Remove' + '-Item') x", ['delete x']],
  ["$c = 'ri'; & $c x", ['delete x']],
  ['rm -r x', ['delete x **', 'run [rm -r x]']],
  ['gc .env | Out-Null', ['read .env']],
  ["Set-Content -Path 'a\\b' -Value x", ['write a/b']],
  ['"x" > f; 1 >> g 2>&1', ['write f', 'write g']],
  ['ni -Path d -Name n -ItemType File', ['write d/n']],
  ['cp a b; mi c d', ['read a', 'write b', 'run [cp a b]', 'delete c **', 'write d']],
  ['iwr -Uri http://a/b -OutFile f', ['web.fetch url=http://a/b', 'write f']],
  ['irm http://a/b | iex', ['web.fetch url=http://a/b', 'unknown any']],
  ["'ri x' | iex; iex 'ri y'", ['delete x', 'delete y']],
  ['gci d -Recurse | ri -Force', ['list d **', 'delete d **']],
  ['(New-Object Net.WebClient).DownloadString("http://a/b")', ['web.fetch url=http://a/b']],
  ["[IO.File]::Delete('x'); [System.IO.File]::ReadAllText('y')", ['delete x **', 'read y']],
  ['if (Test-Path x) { Remove-Item x } else { git push }', ['delete x', 'run [git push]']],
  ['foreach ($f in Get-Content l) { ri $f }', ['read l', 'delete ⟨any⟩']],
  ['Install-Module -Name Az -AllowClobber -Force', ['package.install manager=powershell packages=[Az] global=true']],
  ['Start-Process git "push --force"', ['run [git push --force]']],
  ['git status; .\\tool.exe x', ['run [git status]', 'run [.\\tool.exe x]']],
  ["@'\nri x\n'@ | iex # ri y", ['delete x']],
  ['gc ${c:x}', ['read x', 'read ⟨any⟩']],
  ['switch -Regex -File x { a { 1 } }', ['read x', 'run [a ⟨any⟩]']],
  ["gc ('{1}{0}' -f 'x', './')", ['read ./x']],
  ["gc ([char]46 + '/x')", ['read ./x']],
  ["foreach ($f in @('./x')) { gc $f }", ['read ⟨any⟩', 'read ./x']],
  ['gc .e*', ['read .e⟨name⟩']],
  ["gc -LiteralPath '.e*'", ['read .e*']],
  ['ac $PROFILE x', ['write ~/.config/powershell/Microsoft.PowerShell_profile.ps1']],
])('powershell: %s', (code, expected) => {
  expect(does('pwsh', ['-NoProfile', '-c', code])).toEqual(expected)
})

test.each([
  'Write-Host "rm x"; Get-Process | Where-Object { $_.Name -eq "x" } | Sort-Object Id',
  '$PSVersionTable.PSVersion.ToString(); [Math]::Round(1.5)',
  '"ri x"; echo "ri x"',
  'function f { 1 }; f',
])('powershell, harmless: %s', code => {
  expect(does('pwsh', ['-Command', code]).filter(line => !line.startsWith('run [')).length).toBe(0)
})

test.each([
  '& $env:X',
  'iex $code',
  'Install-Thing x',
  '[scriptblock]::Create("ri x").Invoke()',
  'Add-Type -TypeDefinition "x"',
  '$x.Invoke()',
  'Set-Alias a ri',
])('powershell, anything: %s', code => {
  expect(does('pwsh', ['-Command', code]).some(line => /^unknown (any|exec)/.test(line))).toBe(true)
})

test('powershell takes its code encoded, from standard input, and as words', () => {
  const encoded = 'cgBpACAAeAA='
  for (const option of ['-e', '-EncodedCommand', '-enc', '-ec', '-ENCO'])
    expect(does('powershell.exe', [option, encoded])).toEqual(['delete x'])
  expect(does('powershell', ['ri', 'x'])).toEqual(['delete x'])
  expect(does('pwsh', ['-ExecutionPolicy', 'Bypass', '-'], { stdin: 'ri x', piped: true })).toEqual(['delete x'])
  expect(does('pwsh', [], { piped: true })).toEqual(['unknown any'])
  expect(does('pwsh', ['-f', 'x.ps1'])).toEqual(['read x.ps1', 'project.run program=pwsh file=x.ps1'])
})

test.each([
  ['del /s /q d & rd e', ['delete d **', 'delete e']],
  ['d^el x&&type "a b"|find "q"', ['delete x', 'read a b', 'read q']],
  ['del /proj/x', ['delete /proj/x']],
  ['del /a:h x', ['delete x']],
  ['echo del x > f', ['write f']],
  ['copy a b', ['read a', 'write b']],
  ['if exist x del x', ['delete x']],
  ['for %i in (a b) do del %i', ['delete ⟨any⟩']],
  ["for /f %i in ('del y') do echo %i", ['delete y']],
  ['%x% y', ['unknown exec']],
  ['git push --force', ['run [git push --force]']],
])('cmd: %s', (line, expected) => {
  expect(does('cmd.exe', ['/c', line])).toEqual(expected)
})
