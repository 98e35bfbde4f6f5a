/** What a tool does, by the word that its platform's table has for it. */
import type { Value } from '../decide/request.js'
import { isMap } from '../decide/value.js'
import { type Draft, draftOf } from './canonical.js'
import { looseDrafts, shapedDrafts } from './loose-shapes.js'

/**
 * The word is an action; `action*` where the arguments may be many in any loose form; `action:path` where the file is not the agent's to
 * name; `action.*` where the tool's name is part of the action; or `@` and a shape.
 * Undefined where the arguments are not what the tool takes.
 * @param exact as in `draftOf`
 */
export function draftsOf(word: string, tool: string, input: Value, exact?: string): readonly Draft[] | undefined {
  if (word.startsWith('@')) return shapedDrafts(word, input)
  const [action = '', path] = word.split(':')
  if (action.endsWith('.*')) return [{ action: action.slice(0, -1) + tool, params: isMap(input) ? input : {} }]
  if (action.endsWith('*')) return looseDrafts(action.slice(0, -1), input)
  const draft = isMap(input) ? draftOf(action, path === undefined ? input : { ...input, file_path: path }, exact) : undefined
  return draft && [draft]
}
