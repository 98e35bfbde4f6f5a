/** Text → one YAML document with places, or what is wrong with it. */
import { Composer, type CST, type Document, Lexer, type ParsedNode, Parser } from 'yaml'
import type { Diagnostic } from '../diagnostic.js'
import { error, startOf } from '../diagnostics/problem.js'
import type { Source } from '../source.js'
import { locate } from './locate.js'
import type { Located } from './located.js'
import { findTooDeep } from './nesting.js'
import { yamlWarning, yamlProblems } from './yaml-problems.js'

export interface ReadYaml {
  /** Undefined where the text is no YAML. Data with mistakes that YAML itself does not know are there to be checked further. */
  readonly root?: Located
  readonly diagnostics: readonly Diagnostic[]
}

type YamlDocument = Document.Parsed<ParsedNode>

/**
 * How deep lists and maps may stand in each other. Composing a document recurses, and a stack that is nearly used up makes the engine
 * abort the process instead of throwing.
 */
const DEPTH_LIMIT = 64
/** Words and signs of a file. Ten thousand statements have less than half of them; each takes some hundred bytes of memory. */
const WORD_LIMIT = 2_000_000
/** Signs outside of any document. */
const STRAY_LIMIT = 100

export function readYaml(source: Source): ReadYaml {
  const documents = composeDocuments(source)
  if ('code' in documents) return { diagnostics: [documents] }
  const [document, second] = documents
  if (document === undefined) return { diagnostics: [emptyFile(source)] }
  if (second !== undefined) return { diagnostics: [severalDocuments(source, second)] }
  const problems = [
    ...yamlProblems(source, document.errors),
    ...document.warnings.map(each => yamlWarning(source, each)),
    ...versionProblems(source, document),
  ]
  if (problems.length > 0) return { diagnostics: problems }
  return document.contents === null || isUnwritten(document.contents)
    ? { diagnostics: [emptyFile(source)] }
    : locate(source, document.contents)
}

/** At most two: a third would not change the message. */
function composeDocuments(source: Source): readonly YamlDocument[] | Diagnostic {
  const documents: YamlDocument[] = []
  // Unique keys are checked where the document is read: the library compares each with each.
  const composer = new Composer<ParsedNode>({ prettyErrors: false, uniqueKeys: false })
  for (const token of tokensOf(source.text)) {
    if (token === 'too many') return tooManyWords(source)
    const tooDeep = findTooDeep(token, DEPTH_LIMIT)
    if (tooDeep !== undefined) return nestedTooDeep(source, tooDeep)
    documents.push(...composer.next(token))
    if (documents.length > 1) return documents
  }
  documents.push(...composer.end(true, source.text.length))
  return documents
}

/** Documents and what stands between them, up to the first hundred things that should not stand there. */
function* tokensOf(text: string): Iterable<CST.Token | 'too many'> {
  const parser = new Parser()
  let words = 0
  let stray = 0
  for (const word of new Lexer().lex(text)) {
    words++
    if (words > WORD_LIMIT) return yield 'too many'
    for (const token of parser.next(word)) {
      yield token
      if (token.type === 'error' || token.type === 'directive') stray++
    }
    if (stray > STRAY_LIMIT) return
  }
  yield* parser.end()
}

/** Only comments or `---`: a document of nothing, without even a `~`. */
function isUnwritten(contents: ParsedNode): boolean {
  return 'value' in contents && contents.value === null && contents.range[0] === contents.range[1]
}

/** YAML 1.1 would read `no` and `on` as booleans and `010` as eight. */
function versionProblems(source: Source, { directives }: YamlDocument): readonly Diagnostic[] {
  if (directives.yaml.explicit !== true || directives.yaml.version === '1.2') return []
  const start = Math.max(0, source.text.indexOf('%YAML'))
  const span = { source, start, end: start + '%YAML 1.1'.length }
  return [
    error({ code: 'yaml-version', span, message: 'policies are YAML 1.2, found another version', help: 'leave the `%YAML` line out' }),
  ]
}

function severalDocuments(source: Source, { range }: YamlDocument): Diagnostic {
  const at = source.text.lastIndexOf('---', range[0])
  const start = at === -1 ? range[0] : at
  const span = { source, start, end: Math.min(start + 3, source.text.length) }
  const help = 'put each into a file of its own, or all statements under one `statements:`'
  return error({ code: 'yaml-documents', span, message: 'expected one document in a file, found a second one', help })
}

function emptyFile(source: Source): Diagnostic {
  const help = 'write statements, or delete the file'
  return error({ code: 'empty-file', span: startOf(source), message: 'the file is empty', help })
}

function nestedTooDeep(source: Source, offset: number): Diagnostic {
  const message = `lists and maps are nested more than ${DEPTH_LIMIT} deep`
  return error({ code: 'yaml-depth', span: { source, start: offset, end: offset + 1 }, message })
}

function tooManyWords(source: Source): Diagnostic {
  const message = 'the file has more than 2,000,000 words and signs'
  return error({
    code: 'file-too-large',
    span: startOf(source),
    message,
    help: 'split it into several files; all files of a folder are one policy',
  })
}
