/** The cmdlets of PowerShell that do something to the world, under all their names. */
import type { Text } from '../analysis.js'
import type { Invocation, World } from '../programs/model.js'
import { globbed } from '../programs/glob-names.js'
import { dropPrefix, join, prefixOf } from '../text.js'
import { Effects } from './effects.js'
import { flatten, unflatten } from './flat.js'

/**
 * A line: what it does, its name, its aliases.
 * D delete · R read · G search (a pattern comes first) · W write · N new item · L list · C copy · M move · F fetch · S start · Z zip · K kill · I install · - nothing · U anything
 */
const TABLE = `
D remove-item ri rm rmdir rd del erase
R get-content gc cat type
R import-csv ipcsv
R import-clixml
R get-filehash
R import-powershelldatafile
G select-string sls
W set-content sc
W add-content ac
W clear-content clc
W out-file
W tee-object tee
W export-csv epcsv
W export-clixml
W set-acl
W set-itemproperty sp
W remove-itemproperty rp
W new-itemproperty
W clear-item cli
W set-item si
W start-transcript
N new-item ni mkdir md
L get-childitem gci ls dir
L get-item gi
L resolve-path rvpa
C copy-item cpi cp copy
M move-item mi mv move
M rename-item rni ren
Z compress-archive
Z expand-archive
F invoke-webrequest iwr curl wget
F invoke-restmethod irm
F start-bitstransfer
S start-process saps start
K stop-process spps kill
I install-module inmo
I install-script
I install-package
I install-psresource isres
I install-packageprovider
I update-module upmo
E invoke-expression iex
- write-output echo write
- set-location cd chdir sl
- push-location pushd
- pop-location popd
- foreach-object foreach %
- where-object where ?
- clear-host clear cls
- start-sleep sleep
- invoke-command icm
- start-job sajb
- set-variable set sv
- remove-variable rv
- set-strictmode
- set-psdebug
- new-timespan
- new-guid
- set-executionpolicy
- get-process ps gps
- sort-object sort
- new-object
- import-module ipmo
- add-member
- receive-job
- set-date
- set-psreadlineoption
- update-help
`

/** Verbs whose cmdlets change nothing. */
const VERBS =
  ' get test select where sort measure group format out write convertto convertfrom compare join split resolve read show wait foreach find trace debug '
const ACTS =
  ' add approve block checkpoint clear close complete confirm connect copy debug deny disable disconnect dismount edit enable enter exit expand export grant import ' +
  'initialize install invoke limit lock merge mount move new open optimize protect publish push redo register remove rename repair request reset restart restore ' +
  'resume revoke save send set start stop suspend switch sync undo uninstall unlock unprotect unpublish unregister update use '
const SWITCHES =
  ' recurse force whatif confirm verbose debug usebasicparsing raw append nonewline passthru wait noclobber directory file hidden nonewwindow simplematch quiet ' +
  'allowclobber allowprerelease skippublishercheck acceptlicense allmatches casesensitive list notmatch asjob notypeinformation skipcertificatecheck update noprofile ascii unique descending usedefaultcredentials '
const PATHS = ['path', 'literalpath', 'lp', 'pspath', 'filepath', 'fullname', 'uri', 'source']
const TARGETS = ['destination', 'destinationpath', 'outfile', 'newname']
/** Aliases that on other systems are programs of their own. */
const PROGRAMS = ' rm rmdir cat cp mv ls curl wget tee kill ps sort sleep mkdir '

const aliases = new Map<string, string>()
const roles = new Map<string, string>()
for (const line of TABLE.trim().split('\n')) {
  const [role = '', name = '', ...rest] = line.split(' ')
  roles.set(name, role)
  for (const alias of [name, ...rest]) aliases.set(alias, name)
}

/** The name of the cmdlet that a name or an alias in lower case stands for. */
export function canonical(name: string): string | undefined {
  return aliases.get(name)
}

/** The verb of a cmdlet that changes something. */
export function isActing(name: string): boolean {
  return name.includes('-') && ACTS.includes(` ${name.split('-', 1)[0] ?? ''} `)
}

/** A name that is made as those of cmdlets are: `Verb-Noun`. */
export function isCmdlet(name: string): boolean {
  return isActing(name) || (name.includes('-') && VERBS.includes(` ${name.split('-', 1)[0] ?? ''} `))
}

/** It shows what is in a file. */
export function isReading(cmdlet: string): boolean {
  return 'RG'.includes(roles.get(cmdlet) ?? '-')
}

export function isProgramToo(name: string): boolean {
  return PROGRAMS.includes(` ${name} `)
}

interface Arguments {
  readonly operands: Text[]
  readonly values: Map<string, Text>
  readonly flags: string[]
}

function readArguments(args: readonly Text[]): Arguments {
  const operands: Text[] = []
  const values = new Map<string, Text>()
  const flags: string[] = []
  for (let i = 0; i < args.length; i++) {
    const word = args[i] ?? ''
    const prefix = prefixOf(word)
    if (!prefix.startsWith('-') || prefix.length < 2 || prefix.includes(' ')) {
      operands.push(word)
      continue
    }
    const colon = prefix.indexOf(':')
    const name = (colon === -1 ? prefix : prefix.slice(0, colon)).slice(1).toLowerCase()
    flags.push(`-${name}`)
    if (SWITCHES.includes(` ${name}`)) continue
    if (colon !== -1) values.set(name, dropPrefix(word, colon + 1))
    else if (i + 1 < args.length) values.set(name, args[++i] ?? '')
  }
  return { operands, values, flags }
}

/** The value of a parameter, whose name may be shortened. */
function named({ values }: Arguments, names: readonly string[]): Text | undefined {
  for (const [key, value] of values) if (names.some(name => name.startsWith(key))) return value
  return undefined
}

/** A call of a cmdlet by its name. */
export function runCmdlet(call: Invocation, world: World): undefined {
  const role = roles.get(call.name.toLowerCase()) ?? '-'
  const args = readArguments(call.args)
  world.describe(args.flags, args.operands)
  new Cmdlet(role, args, new Effects(world, call.name), call).run()
  return undefined
}

class Cmdlet {
  constructor(
    private readonly role: string,
    private readonly args: Arguments,
    private readonly effects: Effects,
    private readonly call: Invocation,
  ) {}

  run(): void {
    const path = named(this.args, PATHS)
    const target = named(this.args, TARGETS)
    const all = path === undefined ? this.args.operands : [path, ...this.args.operands]
    const recursive = this.args.flags.some(flag => flag.length > 1 && '-recurse'.startsWith(flag))
    switch (this.role) {
      case 'D':
        return this.files('delete', all, recursive)
      case 'R':
        return this.files('read', all)
      case 'G':
        return this.files('read', path === undefined && !this.args.values.has('pattern') ? all.slice(1) : all)
      case 'W':
        return this.files('write', all.slice(0, 1))
      case 'N':
        return this.files('write', [this.newItem(all)])
      case 'L':
        return this.files('list', all.length === 0 ? ['.'] : all, recursive)
      case 'C':
      case 'M':
      case 'Z':
        return this.two(all, target, recursive)
      case 'F':
        return this.fetch(all, target)
      case 'S':
        return this.start(all)
      case 'K':
        return this.effects.world.act('process.kill', { target: all[0] ?? '' })
      case 'I':
        return this.install(all)
      case 'U':
        return this.effects.unknown('any')
    }
  }

  private files(operation: 'read' | 'write' | 'delete' | 'list', paths: readonly Text[], recursive = false): void {
    if (paths.length === 0 && (operation !== 'read' || !this.call.piped)) this.effects.unknown(operation === 'read' ? 'read' : 'write')
    for (const path of paths) this.file(operation, path, recursive)
  }

  private file(operation: 'read' | 'write' | 'delete' | 'list', path: Text, recursive: boolean): void {
    const prefix = prefixOf(path)
    const drive = prefix.indexOf(':')
    if (drive > 1 && !prefix.slice(0, drive).includes('/')) {
      if (!/^(env|variable|temp)$/i.test(prefix.slice(0, drive))) this.effects.unknown('any')
    } else {
      const slashed = unflatten(flatten(path).split('\\').join('/'))
      this.effects.file(operation, this.args.values.has('literalpath') ? slashed : globbed(slashed), recursive)
    }
  }

  private newItem(all: readonly Text[]): Text {
    const folder = named(this.args, ['path'])
    const name = named(this.args, ['name'])
    return name === undefined ? (all[0] ?? '') : folder === undefined ? name : join(folder, '/', name)
  }

  private two(all: readonly Text[], target: Text | undefined, recursive: boolean): void {
    const to = target ?? all[all.length - 1]
    const from = target === undefined ? all.slice(0, -1) : all
    if (from.length === 0 || to === undefined) this.effects.unknown('any')
    for (const each of from) this.file(this.role === 'M' ? 'delete' : 'read', each, recursive || this.role === 'M')
    if (to !== undefined) this.file('write', to, recursive)
  }

  private fetch(all: readonly Text[], target: Text | undefined): void {
    const [url] = all
    if (url === undefined) this.effects.unknown('net')
    else this.effects.fetch(url)
    const file = target ?? all[1]
    if (file !== undefined) this.file('write', file, false)
    const sent = named(this.args, ['infile'])
    if (sent !== undefined) this.file('read', sent, false)
  }

  /** A module of a gallery, by its name. */
  private install(all: readonly Text[]): void {
    const name = named(this.args, ['name'])
    this.effects.world.act('package.install', { manager: 'powershell', packages: name === undefined ? all : [name], global: true })
  }

  /** `Start-Process FILE -ArgumentList 'a b'`. */
  private start(all: readonly Text[]): void {
    const [program = '', ...rest] = all
    const list = named(this.args, ['argumentlist', 'args'])
    const line = [...(list === undefined ? [] : [list]), ...rest].flatMap(each => flatten(each).split(' ').map(unflatten))
    this.effects.run([program, ...line])
  }
}
