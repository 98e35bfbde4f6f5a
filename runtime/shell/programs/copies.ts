/** Programs that copy, move and link: sources, and the paths that they become. */
import type { Text } from '../analysis.js'
import { ANY, dropPrefix, join, prefixOf, splitOnce } from '../text.js'
import { baseName } from './base-name.js'
import type { Output } from './model.js'
import { NAME, type Reading } from './roles.js'

interface Transfer {
  readonly sources: readonly Text[]
  readonly targets: readonly Text[]
}

/** Sources and the paths that are written: `cp a b d`, `cp -t d a b`, `cp a b` where `b` may be a folder; `cp --parents a/b d` writes `d/a/b`. */
function transfer({ options, operands, call }: Reading): Transfer {
  const [folder] = options.values('-t')
  const nameOf = options.has('--parents') ? (each: Text) => each : baseName
  if (folder !== undefined) return { sources: operands, targets: operands.map(each => join(folder, '/', nameOf(each))) }
  const known = targeted(options.operands, options.has('-T'), nameOf)
  if (!call.open) return known
  // unknown words in the place of a hole leave the last word the target; behind all others they are sources and target
  if (options.operands.some(each => typeof each !== 'string' && each.isUnrestricted))
    return { sources: known.sources, targets: [...known.targets, ANY] }
  return { sources: operands, targets: [...known.targets, ANY, ...options.operands.map(each => join(ANY, '/', baseName(each)))] }
}

function targeted(operands: readonly Text[], exactly: boolean, nameOf: (path: Text) => Text): Transfer {
  const target = operands[operands.length - 1]
  const sources = operands.slice(0, -1)
  if (target === undefined || sources.length === 0) return { sources: operands, targets: [] }
  // No folder has that name: `cp a "$2"` without a second parameter.
  if (target === '') return { sources, targets: [target] }
  const slash = prefixOf(target).endsWith('/') ? '' : '/'
  return { sources, targets: [target, ...(exactly ? [] : sources.map(each => join(target, slash, nameOf(each))))] }
}

export function copy(reading: Reading, sourceOperations: string, recursive: boolean): Output {
  const { sources, targets } = transfer(reading)
  const keeps = reading.options.flags.some(flag => flag === '-b' || flag.startsWith('--backup'))
  for (const each of sources) reading.touch(sourceOperations, each, recursive)
  if (keeps) for (const each of targets) reading.touch('W', join(each, NAME))
  for (const each of targets) reading.touch('W', each, recursive)
  return undefined
}

/** Each source and then what it becomes, which is how the two are known to belong together. */
export function move(reading: Reading): Output {
  const { sources, targets } = transfer(reading)
  const common = Math.max(0, targets.length - sources.length)
  sources.forEach((source, i) => {
    reading.touch('RM', source, true)
    for (const target of sources.length === 1 ? targets : targets.slice(common + i, common + i + 1)) reading.touch('W', target, true)
  })
  if (sources.length > 1) for (const target of targets.slice(0, common)) reading.touch('W', target, true)
  return undefined
}

export function link(reading: Reading): Output {
  const { operands } = reading
  if (operands.length !== 1 || reading.call.open) return copy(reading, 'R', false)
  const [target = ''] = operands
  reading.touch('R', target)
  reading.touch('W', baseName(target))
  return undefined
}

/** `host:path`, `rsync://host/path`: on another machine. */
export function remote(path: Text): { readonly host: Text; readonly path: Text } | undefined {
  const split = splitOnce(path, ':')
  if (split === undefined || split[0].includes('/')) return undefined
  const [before, after] = split
  const scheme = prefixOf(after).startsWith('//')
  const rest = scheme ? (splitOnce(dropPrefix(after, 2), '/') ?? [prefixOf(after).slice(2), '']) : [before, after]
  const [host = '', inside = ''] = rest
  return { host: afterAt(host), path: inside }
}

function afterAt(host: Text): Text {
  return typeof host === 'string' ? host.slice(host.lastIndexOf('@') + 1) : host
}

/** `rsync`, `scp`: the files of this machine, and the connection where one side is another. */
export function remoteCopy(reading: Reading): Output {
  const { operands } = reading
  const program = reading.call.name
  const recursive = program === 'rsync' || reading.has('-r') !== false
  const hosts = operands.flatMap(each => remote(each) ?? [])
  const [first] = hosts
  const target = operands[operands.length - 1]
  const upload = target !== undefined && (remote(target) !== undefined || reading.call.open)
  if (first !== undefined) reading.world.act('net.connect', { url: join('ssh://', first.host), host: first.host, program, upload })
  for (const each of operands.slice(0, -1)) {
    if (remote(each) !== undefined) continue
    reading.touch(reading.options.flags.some(flag => flag.startsWith('--remove-s')) ? 'RD' : 'R', each, recursive)
  }
  if (target !== undefined && remote(target) === undefined) copied(reading, target, recursive)
  return undefined
}

function copied(reading: Reading, target: Text, recursive: boolean): void {
  const deletes = reading.options.flags.some(flag => flag.startsWith('--del'))
  if (reading.operands.length === 1) return reading.touch('L', target, recursive)
  reading.touch(deletes ? 'DW' : 'W', target, recursive)
  const nameOf = reading.options.has('-R') ? (path: Text) => path : baseName
  for (const each of reading.operands.slice(0, -1)) reading.touch('W', join(target, '/', nameOf(remote(each)?.path ?? each)))
}
