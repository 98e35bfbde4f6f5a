/** Files of Docker Compose that the command itself writes: each service is a container that is run. */
import type { Text } from '../analysis.js'
import { splitString } from './env.js'
import type { Invocation, Model, Output, World } from './model.js'
import { readOptions } from './options.js'
import { lookupIn } from './roles.js'
import { prefixOf } from '../text.js'

const FILES = [
  'compose.yaml',
  'compose.yml',
  'docker-compose.yml',
  'docker-compose.yaml',
  'docker-compose.override.yml',
  'compose.override.yaml',
]
const STARTS = ['up', 'run', 'create', 'start', 'restart', 'exec', 'watch']
const GLOBAL = 'f|file: p|project-name: env-file: profile: project-directory: ansi: progress: parallel:'

function runCompose(call: Invocation, world: World): Output {
  const options = readOptions(call.args, GLOBAL, 'stop')
  const [sub] = options.operands
  if (typeof sub !== 'string' || !STARTS.includes(sub)) return undefined
  const given = options.values('-f')
  for (const file of given.length > 0 ? given : FILES) {
    const isInput = file === '-' || file === '/dev/stdin'
    const text = isInput ? call.stdin : world.madeText(file)
    if (typeof text === 'string') for (const argv of containersOf(text, world)) world.run(argv, { via: `${call.name} ${sub}` })
    else if (isInput || world.wrote(file)) world.unknown('any', 'services that the command itself wrote')
  }
  return undefined
}

/** What a line of a service sets, or adds to a list. */
const LINE = /^( *)(- +)?(?:([\w-]+) *:(?: +|$))?(.*)$/

/** Each service as the words of `docker run`. What is written in another style than blocks is not read. */
function containersOf(text: string, world: World): readonly (readonly Text[])[] {
  const containers: { options: string[]; words: Text[] }[] = []
  if (/^[ \t]*services *: *[^\s#]|^ *(?:<<|extends|include) *:|[:\s-][*&]\w/m.test(text))
    world.unknown('any', 'services that the command itself wrote')
  let [inside, depth, key] = [false, 0, '']
  for (const line of text.split('\n')) {
    const [, { length } = '', dash, name = '', value = ''] = LINE.exec(line.replace(/(^|\s)#.*/, '')) ?? []
    if (line.trim() === '') continue
    if (length === 0 && dash === undefined) [inside, depth] = [name === 'services', 0]
    else if (inside && (depth === 0 || length <= depth) && dash === undefined && name !== '') {
      depth = length
      containers.push({ options: [], words: [] })
    } else if (inside) {
      if (name !== '' && dash === undefined && !/^(?:source|target|type|read_only)$/.test(name)) key = name
      const container = containers[containers.length - 1]
      if (container !== undefined) set(container, key, name, value, dash !== undefined, world)
    }
  }
  return containers.map(({ options, words }) => ['docker', 'run', ...options, 'image', ...words])
}

function set(
  container: { options: string[]; words: Text[] },
  key: string,
  name: string,
  value: string,
  isItem: boolean,
  { home = '~' }: World,
): void {
  const plain = (each: string) => each.trim().replace(/^(["'])(.*)\1$/, '$2')
  const known = value.replace(/\$\{?HOME\}?|(?<![^\s"'[])~(?=\/)/g, home).replace(/\$\{?PWD\}?/g, '.')
  const items = /^\[.*\]\s*$/.test(known) ? known.trim().slice(1, -1).split(',').map(plain) : [plain(known)]
  if (key === 'command' || key === 'entrypoint')
    container.words.push(
      ...items.flatMap(item => (isItem || items.length > 1 ? [item] : /^[>|][-+]?$/.test(item) ? [] : splitString(item))),
    )
  else if (key === 'volumes' && name === 'source') container.options.push('-v', `${plain(known)}:`)
  else if (key === 'volumes' && name === 'target') container.options.push(`${container.options.pop() ?? ''}${plain(known)}`)
  else if (key === 'volumes' && (name === '' || name === key)) for (const item of items) if (item !== '') container.options.push('-v', item)
  if (key === 'privileged' && known.trim() === 'true') container.options.push('--privileged')
  if (key === 'pid') container.options.push(`--pid=${plain(known)}`)
}

const runDocker: Model = (call, world) => {
  const options = readOptions(call.args, 'H|host: c|context: l|log-level: config: D|debug tls', 'stop')
  for (const url of options.values('-H')) if (/^(?:tcp|https?):/.test(prefixOf(url))) world.act('net.connect', { url, program: call.name })
  return options.operands[0] === 'compose' ? runCompose({ ...call, args: options.operands.slice(1) }, world) : undefined
}

export const COMPOSE = lookupIn({
  docker: runDocker,
  podman: runDocker,
  nerdctl: runDocker,
  'docker-compose': runCompose,
  'podman-compose': runCompose,
})
