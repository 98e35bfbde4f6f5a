/** PowerShell and the command interpreter of Windows: where their code is. */
import type { Text } from '../analysis.js'
import { CMDLETS } from '../other/cmdlets.js'
import { analyseCmd } from '../other/cmd.js'
import { Effects } from '../other/effects.js'
import { analysePowerShell } from '../other/powershell.js'
import { decodeBase64, mapText } from '../other/values.js'
import { joinWords, prefixOf } from '../text.js'
import type { Model } from './model.js'

/** Options of PowerShell that take a value. */
const VALUES = [
  'executionpolicy',
  'ep',
  'ex',
  'windowstyle',
  'version',
  'outputformat',
  'inputformat',
  'configurationname',
  'psconsolefile',
  'workingdirectory',
  'wd',
  'settingsfile',
  'custompipename',
] // prettier-ignore
const ENDS = ['-version', '-v', '-help', '-h', '-?', '/?', '--version', '--help']

const powershell: Model = (call, world) => {
  const effects = new Effects(world, call.name)
  const flags: string[] = []
  const run = (code: Text) => analysePowerShell(code, world, call.name)
  for (let i = 0; i < call.args.length; i++) {
    const word = call.args[i] ?? ''
    const option = prefixOf(word).toLowerCase()
    const rest = call.args.slice(i + 1)
    if (!option.startsWith('-') && !(option.startsWith('/') && option.length < 20 && call.name.toLowerCase().startsWith('powershell'))) {
      world.describe(flags, call.args.slice(i))
      if (option.endsWith('.ps1')) return file(word)
      return void run(joinWords(call.args.slice(i)))
    }
    const name = option.replace(/^(--?|\/)/, '')
    flags.push(`-${name}`)
    if (ENDS.includes(option)) return undefined
    if (name !== '' && 'command'.startsWith(name)) return void (rest[0] === '-' ? input() : run(joinWords(rest)))
    if (name === 'e' || name === 'ec' || (name.startsWith('en') && 'encodedcommand'.startsWith(name))) return void encoded(rest[0] ?? '')
    if (name !== '' && 'file'.startsWith(name)) return rest[0] === '-' ? input() : file(rest[0] ?? '')
    if (VALUES.some(each => name.length > 0 && each.startsWith(name))) i++
  }
  return input()

  function input(): undefined {
    if (call.stdin !== undefined) run(call.stdin)
    else if (call.piped) effects.unknown('any')
  }

  function encoded(text: Text): void {
    run(mapText(text, base64 => decodeBase64(base64).split('\0').join('')))
  }

  function file(path: Text): undefined {
    const code = effects.code(path)
    if (code !== undefined) run(code)
  }
}

const cmd: Model = (call, world) => {
  const at = call.args.findIndex(word => /^\/\/?[ckr]/i.test(prefixOf(word)))
  world.describe(
    call.args.slice(0, at + 1).map(word => prefixOf(word)),
    call.args.slice(at + 1),
  ) // prettier-ignore
  if (at !== -1) analyseCmd(joinWords(call.args.slice(at + 1)), world)
  else if (call.stdin !== undefined) analyseCmd(call.stdin, world)
  else if (call.piped) new Effects(world, call.name).unknown('any')
  return undefined
}

export const WINDOWS: Readonly<Record<string, Model>> = { ...CMDLETS, pwsh: powershell, powershell, 'pwsh-preview': powershell, cmd }
