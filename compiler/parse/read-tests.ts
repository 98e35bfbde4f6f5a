/** The inline tests of a statement → requests. */
import type { ActionGlob, InlineTest, InlineTests, Json } from '../ast.js'
import type { Diagnostic } from '../diagnostic.js'
import { error } from '../diagnostics/problem.js'
import { itemsOf, type Located, textAt, textOf, valueAt } from './located.js'
import { hasWildcard, mainArgument } from './main-argument.js'

export interface ReadTests {
  readonly tests: InlineTests
  readonly diagnostics: readonly Diagnostic[]
}

export function readTests(statement: Located, actions: readonly ActionGlob[]): ReadTests {
  const diagnostics: Diagnostic[] = []
  const read = (key: string) =>
    itemsOf(valueAt(valueAt(statement, 'tests'), key)).flatMap(example => {
      const test = readTest(example, actions)
      if (!('code' in test)) return [test]
      diagnostics.push(test)
      return []
    })
  return { tests: { allows: read('allows'), denies: read('denies'), reviews: read('reviews') }, diagnostics }
}

function readTest(example: Located, actions: readonly ActionGlob[]): InlineTest | Diagnostic {
  const text = textOf(example)
  return text === undefined ? requestTest(example, actions) : textTest(example, text, actions)
}

function textTest(example: Located, text: string, actions: readonly ActionGlob[]): InlineTest | Diagnostic {
  const action = actions.find(({ glob }) => !hasWildcard(glob) && mainArgument(glob) !== undefined)?.glob
  const argument = action === undefined ? undefined : mainArgument(action)
  if (action === undefined || argument === undefined)
    return badTest(example, 'the actions of this statement do not tell what a plain text stands for')
  return { request: { action, params: { [argument]: text }, context: {} }, span: example.span }
}

function requestTest(example: Located, actions: readonly ActionGlob[]): InlineTest | Diagnostic {
  const first = actions[0]?.glob
  const action = textAt(example, 'action') ?? (first === undefined || hasWildcard(first) ? undefined : first)
  if (action === undefined) return badTest(example, 'the test has no `action`, and the statement’s first action has a wildcard')
  return { request: { action, params: mapAt(example, 'params'), context: mapAt(example, 'context') }, span: example.span }
}

function badTest({ span }: Located, message: string): Diagnostic {
  return error({ code: 'bad-test', span, message, help: 'write a request: `{ action: …, params: { … }, context: { … } }`' })
}

function mapAt(map: Located, key: string): { readonly [key: string]: Json } {
  const value = valueAt(map, key)
  return value?.kind === 'map' ? value.data : {}
}
