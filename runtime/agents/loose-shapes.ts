/** The shapes other than one thing with its arguments: lists in any form, patches, verbs, text with addresses in it. */
import { AbstractString, type Part } from '../decide/abstract-string.js'
import type { Value, ValueMap } from '../decide/request.js'
import { hasOwn, isList, isMap, own } from '../decide/value.js'
import { type Draft, draftOf, mainNames, MOST } from './canonical.js'
import { mcpResource, mcpUse } from './mcp.js'
import { draftsOfPatch } from './patch.js'

type Drafts = readonly Draft[] | undefined

/** By `@` and the shape's name. */
export function shapedDrafts(word: string, input: Value): Drafts {
  return SHAPES[word]?.(input)
}

const SHAPES: Readonly<Record<string, (input: Value) => Drafts>> = {
  '@patch': input => {
    const text = typeof input === 'string' ? input : isMap(input) ? textAt(input, [...PATCH_NAMES, 'command']) : undefined
    return text === undefined ? undefined : draftsOfPatch(text)
  },
  '@edit': input => {
    if (!isMap(input) || textAt(input, PATCH_NAMES) === undefined) return isMap(input) ? edited(input) : SHAPES['@patch']?.(input)
    // A file beside a patch: which of the two is edited cannot be told.
    return names(input, 'file.edit') ? undefined : SHAPES['@patch']?.(input)
  },
  '@verb': input => {
    const verb = isMap(input) ? own(input, 'command') : undefined
    if (!isMap(input) || typeof verb !== 'string' || !hasOwn(VERBS, verb)) return undefined
    const { command: _, ...rest } = input
    return one(VERBS[verb] ?? '', rest)
  },
  '@links': input => {
    const prompt = isMap(input) ? own(input, 'prompt') : undefined
    if (!isMap(input) || typeof prompt !== 'string' || own(input, 'url') !== undefined) return undefined
    return together(linksIn(prompt).map(url => [{ action: 'web.fetch', params: { url, prompt } }]))
  },
  '@mcp': input => single(mcpUse(input)),
  '@resource': input => single(mcpResource(input)),
  '@globs': input => looseDrafts('file.read', input)?.map(globbed),
  '@download': input => together([one('web.fetch', input), one('file.write', isMap(input) ? { content: '', ...input } : input)]),
}

const PATCH_NAMES = ['patch', 'patchText', 'input', 'patch_text']

function textAt(input: ValueMap, places: readonly string[]): string | undefined {
  const found = places.map(name => own(input, name)).filter(value => value !== undefined)
  return found.length === 1 && typeof found[0] === 'string' ? found[0] : undefined
}

/** Whether the action's main argument is there, under any name. */
function names(input: ValueMap, action: string): boolean {
  return mainNames(action).some(name => own(input, name) !== undefined)
}

function one(action: string, input: Value): Drafts {
  return isMap(input) ? single(draftOf(action, input)) : undefined
}

function single(draft: Draft | undefined): Drafts {
  return draft && [draft]
}

/** All of them, at least one; undefined where one is. */
function together(all: readonly Drafts[]): Drafts {
  const drafts: Draft[] = []
  for (const some of all) {
    if (some === undefined) return undefined
    drafts.push(...some)
  }
  return drafts.length === 0 ? undefined : drafts
}

/** An editor that makes a file where it is not told what to replace. */
function edited(input: ValueMap): Drafts {
  const edits = own(input, 'edits')
  const old = edits !== undefined && isList(edits) ? edits.map(edit => (isMap(edit) ? own(edit, 'old_string') : null)) : undefined
  // What replaces nothing is a file of its own.
  if (old?.every(text => text === '') === true) return one('file.write', { content: '', ...input })
  return one(EDITS.some(name => own(input, name) !== undefined) ? 'file.edit' : 'file.write', input)
}

const EDIT = 'file.edit'
const VERBS: Readonly<Record<string, string>> = {
  view: 'file.read',
  create: 'file.write',
  write: 'file.write',
  str_replace: EDIT,
  insert: EDIT,
  append: EDIT,
  undo_edit: EDIT,
}
const EDITS = ['old_text', 'old_string', 'old_str', 'oldString', 'insert_line', 'edits', 'diff']

/** Where loose arguments keep their lists. */
const LISTS = [
  'commands',
  'files',
  'paths',
  'file_paths',
  'filePaths',
  'operations',
  'image_paths',
  'attachments',
  'include',
  'requests',
  'urls',
  'queries',
  'replacements',
]

/** Whatever the arguments of an action can be read as, in any loose form: text, lists, maps with lists in them. */
export function looseDrafts(action: string, input: Value): Drafts {
  if (typeof input === 'string') return one(action, { [mainNames(action)[0] ?? '']: input })
  if (isList(input))
    return input.length > MOST ? undefined : together(input.map(item => (isList(item) ? undefined : looseDrafts(action, item))))
  if (!isMap(input)) return undefined
  const lists = LISTS.filter(name => own(input, name) !== undefined)
  const rest = Object.fromEntries(Object.entries(input).filter(([name]) => !lists.includes(name)))
  const isItem = lists.length === 0 || names(input, action)
  const itself = isItem ? [action === 'bash.execute' ? argv(rest) : one(action, rest)] : []
  return together([...itself, ...lists.map(name => nested(action, own(input, name) ?? null))])
}

/** A list of none beside what there is else is nothing. */
function nested(action: string, list: Value): Drafts {
  return isList(list) && list.length === 0 ? [] : looseDrafts(action, list)
}

/** A pattern of files is a search, and a read of whatever it finds. */
function globbed(draft: Draft): Draft {
  const { file_path: pattern, ...rest } = draft.params
  if (typeof pattern !== 'string' || !/[*?[{]|\/$/.test(pattern)) return draft
  // As the effects of a shell have it: the folder that holds the files is not known.
  const rooted = /\*\*|[[{]|\/$/.test(pattern) ? { rooted: false } : {}
  const read: Draft = { action: 'file.read', params: { file_path: pathsOf(pattern), ...rooted } }
  return { action: 'file.glob', params: { ...rest, pattern }, effects: [read] }
}

const HOLES: Readonly<Record<string, Part>> = { '*': { hole: 'segment' }, '?': { hole: 'char' } }

function pathsOf(pattern: string): Value {
  const parts: Part[] = [/^[/~]/.test(pattern) ? '' : './']
  for (const [i, name] of pattern.split('/').entries()) {
    if (name === '**' || (name === '' && i > 0)) parts.push({ hole: 'below' })
    else if (/[[{!]/.test(name)) parts.push('/', { hole: 'any' })
    else parts.push(i === 0 ? '' : '/', ...[...name].map(char => HOLES[char] ?? char))
  }
  return AbstractString.of(parts)
}

/** `{ command, args }` is no line of a shell but words. */
function argv(input: ValueMap): Drafts {
  const { args, ...rest } = input
  if (args === undefined || args === null) return one('bash.execute', rest)
  const draft = one('bash.execute', rest)?.[0]
  if (draft === undefined || !isList(args)) return undefined
  const words: string[] = []
  for (const word of [draft.params['command'] ?? null, ...args]) {
    if (typeof word !== 'string') return undefined
    words.push(quoted(word))
  }
  const command = words.join(' ')
  return [{ ...draft, params: { ...draft.params, command } }]
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.split("'").join("'\\''")}'`
}

/** What closes a sentence or a bracket around an address. */
const CLOSING = ')]}>"\'`,;.!?'

/** Every address in a text. Word by word, as the platform looks for them. */
function linksIn(text: string): readonly string[] {
  return text.split(/\s+/).flatMap(word => {
    const at = word.indexOf('://')
    if (at === -1) return []
    let start = at
    while (start > 0 && /[a-z0-9+.-]/i.test(word[start - 1] ?? '')) start--
    let end = word.length
    while (end > at && CLOSING.includes(word[end - 1] ?? '')) end--
    return [word.slice(start, end)]
  })
}
