/**
 * The hook as PowerShell runs it on Windows. It does what the command for `/bin/sh` does: an empty environment, a folder that is not the
 * agent's, a deadline, statuses of its own, and a block where there is no answer. It is handed over encoded: whether `cmd`, PowerShell or
 * a shell from elsewhere starts it, there is nothing in it to quote.
 */
import { failure } from '../../runtime/agents/answer.js'
import type { Adapter } from '../../runtime/agents/contract.js'
import { DEADLINE_S } from './deadline.js'
import { FAILED, type HookPaths, MARKER } from './hook-command.js'

const STARTS = 'powershell.exe -NoProfile -NonInteractive -ExecutionPolicy Bypass -EncodedCommand '

export function windowsCommand(paths: HookPaths, adapter: Adapter): string {
  return `${STARTS}${Buffer.from(windowsScript(paths, adapter), 'utf16le').toString('base64')}`
}

/** The script that a command starts; undefined for a command of another kind. */
export function scriptOfWindowsCommand(command: string): string | undefined {
  return command.startsWith(STARTS) ? Buffer.from(command.slice(STARTS.length), 'base64').toString('utf16le') : undefined
}

export function windowsScript(paths: HookPaths, adapter: Adapter): string {
  const { engine, quickFlags = [], bundle } = paths
  const [program, ...flags] = engine
  const { allow, ask, deny } = adapter.exits
  const said = failure(adapter, 'the hook came to no answer; `agsec doctor` tells why')
  const home = paths.home === undefined ? '$env:USERPROFILE' : literal(paths.home)
  const log = paths.home === undefined ? `,'--log',($env:USERPROFILE+'\\.agsec\\audit')` : ''
  const hook = [...flags, ...quickFlags, bundle, 'hook', adapter.name, '--agsec-home', paths.agsecHome, '--cli', ...paths.cli]
  const user = paths.user === undefined ? [] : ['--user', paths.user]
  return [
    `$m=${literal(MARKER)}`,
    `$q=[string][char]34`,
    `$p=New-Object Diagnostics.ProcessStartInfo`,
    `$p.FileName=${literal(program)}`,
    `$p.Arguments=((@(${[...hook, ...user, '--home'].map(literal).join(',')})+@(${home}${log},'--cwd',$PWD.Path)|%{$q+$_+$q}) -join ' ')`,
    `$p.UseShellExecute=$false`,
    `$p.RedirectStandardOutput=$true`,
    `[Console]::OutputEncoding=New-Object Text.UTF8Encoding $false`,
    `$p.StandardOutputEncoding=[Console]::OutputEncoding`,
    `$p.WorkingDirectory=$env:SystemRoot`,
    `$p.EnvironmentVariables.Clear()`,
    `$p.EnvironmentVariables['SystemRoot']=$env:SystemRoot`,
    `$c=127`,
    `$o=''`,
    `try{$h=[Diagnostics.Process]::Start($p);$r=$h.StandardOutput.ReadToEndAsync();` +
      `if($h.WaitForExit(${DEADLINE_S * 1000})){$c=$h.ExitCode;$o=$r.Result}else{$h.Kill();$c=137}}catch{$c=127}`,
    `if($c -eq 10){[Console]::Out.Write($o);exit ${allow}}`,
    `if($c -eq 11){[Console]::Out.Write($o);exit ${ask}}`,
    `if($c -eq 2${said.stdout === '' ? '' : ' -and $o'}){[Console]::Out.Write($o);[Console]::Error.WriteLine('agsec blocked this call.');exit ${deny}}`,
    `[Console]::Out.Write(${literal(said.stdout)})`,
    `[Console]::Error.WriteLine(${literal(said.stderr.trim())})`,
    `[Console]::Error.WriteLine('${FAILED} '+$c+'; the call is blocked')`,
    `exit 2`,
  ].join(';')
}

/** A PowerShell text in which nothing is expanded. */
function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
