/** Programs of bash, drawn by its grammar. What is drawn is right, so that every parser must read it and all read it alike. */
import fc, { type Arbitrary } from 'fast-check'

/** How deep commands and substitutions nest. */
const DEPTH = 2

export interface Options {
  /** Brackets come in pairs: no pattern of `case` without the opening one. */
  readonly paired: boolean
  readonly hereDocuments: boolean
}

const blank = fc.constantFrom(' ', ' ', ' ', '  ', '\t', ' \\\n ')
const lineBreak = fc.constantFrom('\n', '\n', '\n\n', ' # a comment; (\n', '\n  ')
const name = fc.constantFrom('a', 'b1', '_c', 'HOME')
const plain = fc.constantFrom(
  'a',
  'x1y',
  '-f',
  './d/e',
  'k=v',
  'a.b',
  'a#b',
  '{x,y}',
  '*.c',
  '~',
  '[a-z]',
  '%',
  'if',
  'done',
  '}',
  '!',
  ']]',
  'é',
  '\u00a0',
)
const command = fc.constantFrom('echo', 'git', './run', 'ls-1', '/bin/cat', 'x.y', ':', '[', 'test', 'fi1', 'iff', '"if"', '\\then', '~/x')
const escape = fc.constantFrom('\\ ', "\\'", '\\"', '\\$', '\\\\', '\\;', '\\a')
const single = fc.constantFrom("''", "'a b'", "'$x \"'", "'\\'", "'#;('", "'\n'")
const parameter = fc.constantFrom('$a', '$1', '$@', '$?', '${a}', '${#a}', '${!a}', '$$', '${10}')
const quotedText = fc.constantFrom('a b', '\\"', '\\$', "'", ' ; ', '(', '#', '\\a', '$ ', '\n', '\\\n', '|')
const arithmetic = fc.constantFrom('$((1+2))', '$(( a * 3 ))')

/** The rules for one depth; each is made once, from those of the level below. */
interface Level {
  readonly word: Arbitrary<string>
  readonly line: Arbitrary<string>
  readonly list: Arbitrary<string>
}

/** A script of several lines. */
export function shellPrograms(options: Options): Arbitrary<string> {
  let level: Level | undefined
  for (let depth = 0; depth <= DEPTH; depth++) level = levelOver(level, options)
  const line = level?.line ?? fc.constant('')
  const unit = options.hereDocuments ? fc.oneof({ weight: 4, arbitrary: line }, hereDocument(level?.word ?? line)) : line
  return fc.array(fc.tuple(unit, lineBreak).map(joined), { minLength: 1, maxLength: 3 }).map(joined)
}

function joined(texts: readonly string[]): string {
  return texts.join('')
}

function levelOver(below: Level | undefined, options: Options): Level {
  const script = below?.line ?? fc.constantFrom('a', 'b c', "d 'e f'")
  const word = wordOver(script)
  const simple = simpleWith(word)
  const command = below === undefined ? simple : fc.oneof({ weight: 3, arbitrary: simple }, compoundWith(below, options))
  const pipeline = pipelineOf(command)
  return { word, line: lineOf(pipeline), list: listOf(pipeline) }
}

function hereDocument(word: Arbitrary<string>): Arbitrary<string> {
  const body = fc.constantFrom('', 'text\n', '$a b\n', '\tx (\n', "it's\n", '"\n', '# x\n', 'EOF1\n')
  const delimiter = fc.constantFrom('EOF', "'EOF'", '"EOF"', '\\EOF', "E'O'F")
  return fc
    .tuple(fc.constantFrom('<<', '<<-', '2<< '), delimiter, body, body, word, fc.boolean())
    .map(
      ([operator, end, first, second, argument, piped]) =>
        `cat ${operator}${end} ${argument}${piped ? ' | cat' : ''}\n${first}${second}EOF\n`,
    )
}

function lineOf(pipeline: Arbitrary<string>): Arbitrary<string> {
  const separator = fc.constantFrom('; ', ';', ' & ', ' && ', '||', ' &&\n')
  return fc
    .tuple(pipeline, fc.array(fc.tuple(separator, pipeline), { maxLength: 2 }), fc.constantFrom('', '', ';', ' &'))
    .map(([first, rest, end]) => first + rest.flat().join('') + end)
}

/** In a compound command each command ends for sure. */
function listOf(pipeline: Arbitrary<string>): Arbitrary<string> {
  const end = fc.constantFrom(';', ' &', '\n', '\n\n')
  return fc.array(fc.tuple(pipeline, end), { minLength: 1, maxLength: 2 }).map(commands => `${commands.flat().join(' ')} `)
}

function pipelineOf(command: Arbitrary<string>): Arbitrary<string> {
  const prefix = fc.constantFrom('', '', '', '', '! ', 'time ', '! time ')
  const bar = fc.constantFrom(' | ', '|', ' |& ', ' |\n')
  return fc
    .tuple(prefix, command, fc.array(fc.tuple(bar, command), { maxLength: 1 }))
    .map(([before, first, rest]) => before + first + rest.flat().join(''))
}

function wordOver(script: Arbitrary<string>): Arbitrary<string> {
  const pieces = fc.oneof(
    { weight: 2, arbitrary: parameter },
    arithmetic,
    script.map(text => `$(${separated(text)})`),
  )
  const operand = fc.constantFrom('b', '$b', '"c d"', '')
  const braced = fc
    .tuple(name, fc.constantFrom(':-', '-', ':=', '+', '#', '%%'), operand)
    .map(([of, sign, rest]) => `\${${of}${sign}${rest}}`)
  const backtick = fc.constantFrom('`a b`', '`c | d`')
  const quoted = fc.array(fc.oneof(quotedText, pieces, braced, backtick), { maxLength: 3 }).map(all => `"${all.join('')}"`)
  const process = fc.tuple(fc.constantFrom('<', '>'), script).map(([direction, text]) => `${direction}(${separated(text)})`)
  const part = fc.oneof({ weight: 6, arbitrary: plain }, escape, single, quoted, pieces, braced, backtick, process)
  return fc.array(part, { minLength: 1, maxLength: 2 }).map(glued)
}

/** Brackets that would mean something else side by side; and bash takes `time` for a program at first where a substitution begins. */
function separated(script: string): string {
  return script.startsWith('(') ? ` ${script}` : script.replace(/^(! )?time /, 'a; $1time ')
}

/** Parts whose signs would make another token where they meet stay apart by quotes. */
function glued(parts: readonly string[]): string {
  return parts.reduce((word, part) => word + (/[\w$@!%*?+~=]$/.test(word) && /^[\w([{<>"'#]/.test(part) ? '""' : '') + part)
}

function simpleWith(word: Arbitrary<string>): Arbitrary<string> {
  // bash prints what stands in a substitution and reads it again, which not all words of an array survive.
  const element = fc.constantFrom('a', '"b c"', '$d', "'e f'", '$(g h)')
  const value = fc.oneof(
    fc.constant(''),
    word,
    fc.array(element, { maxLength: 2 }).map(all => `(${all.join(' ')})`),
  )
  const assignment = fc.tuple(name, fc.constantFrom('=', '+='), value).map(joined)
  const operator = fc.constantFrom('>', '>>', '<', '2>', '2>&', '>|', '<>', '&>', '&>>', '<<<', '{fd}>', '3<&', '> ')
  const redirection = fc.tuple(operator, word).map(([sign, target]) => (/^[<>&|(-]/.test(target) ? `${sign} ${target}` : sign + target))
  const argument = fc.oneof({ weight: 4, arbitrary: word }, redirection)
  return fc
    .tuple(fc.array(assignment, { maxLength: 1 }), command, fc.array(fc.tuple(blank, argument).map(joined), { maxLength: 3 }))
    .map(([assignments, program, rest]) => [...assignments, program].join(' ') + rest.join(''))
}

function compoundWith({ list, word }: Level, options: Options): Arbitrary<string> {
  const redirection = fc.constantFrom('', '', ' >f', ' 2>&1 <g')
  const compound = fc.oneof(
    list.map(body => `{ ${body}}`),
    list.map(body => `( ${body})`),
    fc.tuple(list, list).map(([condition, body]) => `if ${condition}then ${body}fi`),
    fc.tuple(list, list).map(([a, b]) => `if ${a}then ${b}elif ${b}then ${a}else\n${b}fi`),
    fc.tuple(fc.constantFrom('while', 'until'), list, list).map(([kind, condition, body]) => `${kind} ${condition}do ${body}done`),
    fc
      .tuple(fc.constantFrom('for', 'select'), name, word, list)
      .map(([kind, of, each, body]) => `${kind} ${of} in ${each} b; do ${body}done`),
    fc.tuple(name, list).map(([of, body]) => `for ${of}\ndo ${body}done`),
    caseWith(word, list, options),
    testWith(word),
  )
  const definition = fc
    .tuple(fc.constantFrom('f() ', 'g ()\n', 'function h ', 'function i() '), list)
    .map(([head, body]) => `${head}{ ${body}}`)
  return fc.oneof({ weight: 5, arbitrary: fc.tuple(compound, redirection).map(joined) }, definition)
}

function caseWith(word: Arbitrary<string>, list: Arbitrary<string>, options: Options): Arbitrary<string> {
  const pattern = fc.constantFrom('a', '*', '"b c"', '[x-z]*', '$a', 'done')
  const open = options.paired ? fc.constant('(') : fc.constantFrom('(', '')
  const item = fc
    .tuple(open, pattern, fc.constantFrom('', '|b', ' | c'), fc.oneof(list, fc.constant('')), fc.constantFrom(';;', ';&', ';;&'))
    .map(([bracket, first, more, body, end]) => `${bracket}${first}${more}) ${body.replace(/; $/, '')}\n${end}`)
  return fc
    .tuple(word, fc.array(item, { minLength: 1, maxLength: 2 }))
    .map(([subject, items]) => `case ${subject} in ${items.join(' ')}\nesac`)
}

function testWith(word: Arbitrary<string>): Arbitrary<string> {
  const side = word.filter(text => !/^[-!\]]|[<>(\n]/.test(text))
  const term = fc.oneof(
    side,
    fc.tuple(fc.constantFrom('-f', '-n', '-d'), side).map(all => all.join(' ')),
    fc.tuple(side, fc.constantFrom('==', '!=', '-eq', '-nt', '='), side).map(all => all.join(' ')),
  )
  const group = fc.tuple(term, term).map(([a, b]) => `( ${a} || ${b} )`)
  const grouped = fc.oneof(
    term,
    term.map(text => `! ${text}`),
    group,
  )
  return fc.array(grouped, { minLength: 1, maxLength: 3 }).map(all => `[[ ${all.join(' && ')} ]]`)
}
