/** PowerShell and the command interpreter of Windows: where their code is. */
import type { Text } from '../analysis.js'
import { runCmdlet } from '../other/cmdlets.js'
import { analyseCmd } from '../other/cmd.js'
import { Effects } from '../other/effects.js'
import { analysePowerShell } from '../other/powershell.js'
import { decodeBase64, mapText } from '../other/values.js'
import { joinWords, prefixOf } from '../text.js'
import type { Invocation, Model, World } from './model.js'
import { lookupIn } from './roles.js'

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
]
const ENDS = ['version', 'v', 'help', 'h', '?']

const powershell: Model = (call, world) => {
  new PowerShell(call, world).run()
  return undefined
}

class PowerShell {
  private readonly effects: Effects

  constructor(
    private readonly call: Invocation,
    private readonly world: World,
  ) {
    this.effects = new Effects(world, call.name)
  }

  run(): void {
    const { args } = this.call
    const flags: string[] = []
    let at = 0
    for (; at < args.length && isOption(prefixOf(args[at] ?? '')); at++) {
      const name = prefixOf(args[at] ?? '')
        .toLowerCase()
        .replace(/^(--?|\/)/, '')
      flags.push(`-${name}`)
      if (ENDS.includes(name)) return
      if (this.code(name, args.slice(at + 1))) return this.world.describe(flags, args.slice(at + 1))
      if (VALUES.some(each => name !== '' && each.startsWith(name))) at++
    }
    this.world.describe(flags, args.slice(at))
    this.operands(args.slice(at))
  }

  private operands(operands: readonly Text[]): void {
    const [first] = operands
    if (first === undefined || first === '-') this.input()
    else if (prefixOf(first).toLowerCase().endsWith('.ps1')) this.file(first)
    else this.analyse(joinWords(operands))
  }

  /** @returns the option says where the code is, and it was read */
  private code(option: string, rest: readonly Text[]): boolean {
    const [first = ''] = rest
    const is = (name: string) => option !== '' && name.startsWith(option)
    if (first === '-' && (is('command') || is('file'))) this.input()
    else if (is('command')) this.analyse(joinWords(rest))
    else if (option === 'ec' || is('encodedcommand')) this.analyse(mapText(first, text => decodeBase64(text).split('\0').join('')))
    else if (is('file')) this.file(first)
    else return false
    return true
  }

  private analyse(code: Text): void {
    analysePowerShell(code, this.world, this.call.name)
  }

  private input(): void {
    if (this.call.stdin !== undefined) this.analyse(this.call.stdin)
    else if (this.call.piped) this.effects.unknown('any')
  }

  private file(path: Text): void {
    const code = this.effects.code(path)
    if (code !== undefined) this.analyse(code)
  }
}

/** Windows has `/c` too. */
function isOption(word: string): boolean {
  return word.length > 1 && (word.startsWith('-') || (word.startsWith('/') && !word.slice(1).includes('/')))
}

const cmd: Model = (call, world) => {
  const at = call.args.findIndex(word => /^\/\/?[ckr]/i.test(prefixOf(word)))
  world.describe(
    call.args.slice(0, at + 1).map(word => prefixOf(word)),
    call.args.slice(at + 1),
  )
  if (at !== -1) analyseCmd(joinWords(call.args.slice(at + 1)), world)
  else if (call.stdin !== undefined) analyseCmd(call.stdin, world)
  else if (call.piped) new Effects(world, call.name).unknown('any')
  return undefined
}

/** The cmdlets that have effects, as PowerShell calls them. */
const CMDLETS =
  'remove-item get-content import-csv import-clixml get-filehash import-powershelldatafile select-string set-content add-content clear-content out-file ' +
  'tee-object export-csv export-clixml set-acl set-itemproperty remove-itemproperty new-itemproperty clear-item set-item start-transcript new-item ' +
  'get-childitem get-item resolve-path copy-item move-item rename-item compress-archive expand-archive invoke-webrequest invoke-restmethod ' +
  'start-bitstransfer start-process stop-process install-module install-script install-package install-psresource install-packageprovider update-module'

function cmdlets(): Readonly<Record<string, Model>> {
  const models: Record<string, Model> = {}
  for (const name of CMDLETS.split(' ')) models[name] = runCmdlet
  return models
}

export const WINDOWS = lookupIn({ ...cmdlets(), pwsh: powershell, powershell, 'pwsh-preview': powershell, cmd })
