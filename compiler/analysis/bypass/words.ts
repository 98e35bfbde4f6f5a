/** Spellings of one word: quoting, and expansions that give the word. */
import { type Command, type Form, needed, quoted, type Shell, type Word } from './form.js'
import { type Random } from './random.js'
import { freshName, type Group, type Technique } from './technique.js'

interface Spelling {
  readonly source: string
  /** What must have been done before. */
  readonly before?: string
}

/** @param at a place within the word, @param name of a variable that nothing else has */
type Spell = (value: string, at: number, name: string, random: Random) => Spelling | undefined

function source(text: string): Spelling {
  return { source: text }
}

/** Parts of words that need no quotes. */
const SAFE = /^[\w@%+:,./=-]+$/

/** Cuts the word at the place; both sides are safe to stand unquoted. */
function cut(made: (head: string, tail: string, name: string) => string): Spell {
  return (value, at, name) => (SAFE.test(value) ? source(made(value.slice(0, at), value.slice(at), name)) : undefined)
}

/** Spells the one character at the place. */
function oneCharacter(made: (character: string) => string, which = /[\w./-]/): Spell {
  return (value, at) => {
    const character = value.charAt(at)
    return SAFE.test(value) && which.test(character) ? source(value.slice(0, at) + made(character) + value.slice(at + 1)) : undefined
  }
}

/** What the shell puts in place of the word, of which blanks and signs would be read again. */
function expansion(made: (value: string, name: string, random: Random) => string | Spelling): Spell {
  return (value, _at, name, random) => {
    if (!SAFE.test(value)) return undefined
    const spelling = made(value, name, random)
    return typeof spelling === 'string' ? source(spelling) : spelling
  }
}

/** As `expansion`, of what `echo` prints as it is. */
function echoed(made: (value: string, name: string, random: Random) => string | Spelling): Spell {
  const spell = expansion(made)
  return (value, ...rest) => (/^-[neE]+$/.test(value) ? undefined : spell(value, ...rest))
}

function code(character: string, base: 8 | 16, width: number): string {
  return character.charCodeAt(0).toString(base).padStart(width, '0')
}

export function everyCharacter(value: string, base: 8 | 16): string {
  return [...Buffer.from(value, 'utf8')]
    .map(byte => (base === 8 ? `\\${byte.toString(8).padStart(3, '0')}` : `\\x${byte.toString(16).padStart(2, '0')}`))
    .join('')
}

const lower = /^[a-z./-]+$/

type Row = readonly [name: string, shell: Shell, spell: Spell]

const QUOTING: readonly Row[] = [
  ['backslash', 'sh', oneCharacter(character => `\\${character}`)],
  ['backslash before every character', 'sh', expansion(value => value.replace(/./g, '\\$&'))],
  ['single quotes', 'sh', value => (value.includes("'") ? undefined : source(`'${value}'`))],
  ['double quotes', 'sh', expansion(value => `"${value}"`)],
  ['one character in single quotes', 'sh', oneCharacter(character => `'${character}'`)],
  ['one character in double quotes', 'sh', oneCharacter(character => `"${character}"`)],
  ['empty single quotes', 'sh', cut((head, tail) => `${head}''${tail}`)],
  ['empty double quotes', 'sh', cut((head, tail) => `${head}""${tail}`)],
  ['two quoted halves', 'sh', cut((head, tail) => `'${head}'"${tail}"`)],
  [
    'line continuation within the word',
    'sh',
    (value, at) => (SAFE.test(value) && at > 0 ? source(`${value.slice(0, at)}\\\n${value.slice(at)}`) : undefined),
  ],
  ['ANSI-C quotes, hexadecimal', 'bash', oneCharacter(character => `$'\\x${code(character, 16, 2)}'`)],
  ['ANSI-C quotes, octal', 'bash', oneCharacter(character => `$'\\${code(character, 8, 3)}'`)],
  ['ANSI-C quotes, code point', 'bash', oneCharacter(character => `$'\\u${code(character, 16, 4)}'`)],
  ['ANSI-C quotes, every character', 'bash', expansion(value => `$'${everyCharacter(value, 16)}'`)],
  ['translated quotes', 'bash', expansion(value => `$"${value}"`)],
]

const EXPANSION: readonly Row[] = [
  ['default of an unset variable', 'sh', expansion((value, name) => `\${${name}:-${value}}`)],
  ['default without a colon', 'sh', expansion((value, name) => `\${${name}-${value}}`)],
  ['default that is assigned', 'sh', expansion((value, name) => `\${${name}:=${value}}`)],
  ['alternative of a set variable', 'sh', expansion(value => `\${PWD:+${value}}`)],
  ['default within quotes', 'sh', expansion((value, name) => `"\${${name}:-${value}}"`)],
  ['nested defaults', 'sh', expansion((value, name) => `\${${name}:-\${${name}x:-${value}}}`)],
  ['half a word as a default', 'sh', cut((head, tail, name) => `${head}\${${name}:-${tail}}`)],
  ['variable', 'sh', expansion((value, name) => ({ before: `${name}=${value}`, source: `$${name}` }))],
  ['quoted variable', 'sh', (value, _at, name) => ({ before: `${name}=${quoted(value)}`, source: `"$${name}"` })],
  ['exported variable', 'sh', expansion((value, name) => ({ before: `export ${name}=${value}`, source: `$${name}` }))],
  [
    'variable in two halves',
    'sh',
    (value, at, name) =>
      SAFE.test(value) ? { before: `${name}=${value.slice(0, at)}; ${name}x=${value.slice(at)}`, source: `$${name}$${name}x` } : undefined,
  ],
  [
    'variable and literal',
    'sh',
    (value, at, name) =>
      SAFE.test(value) ? { before: `${name}=${value.slice(0, at)}`, source: `\${${name}}${value.slice(at)}` } : undefined,
  ],
  ['variable of a variable', 'sh', expansion((value, name) => ({ before: `${name}=${value}; ${name}x=$${name}`, source: `$${name}x` }))],
  [
    'appended variable',
    'bash',
    (value, at, name) =>
      SAFE.test(value) ? { before: `${name}=${value.slice(0, at)}; ${name}+=${value.slice(at)}`, source: `$${name}` } : undefined,
  ],
  ['prefix taken off', 'sh', expansion((value, name) => ({ before: `${name}=_${value}`, source: `\${${name}#?}` }))],
  ['suffix taken off', 'sh', expansion((value, name) => ({ before: `${name}=${value}_x`, source: `\${${name}%_*}` }))],
  ['slice', 'bash', expansion((value, name) => ({ before: `${name}=__${value}_`, source: `\${${name}:2:${value.length}}` }))],
  ['replacement', 'bash', expansion((value, name) => ({ before: `${name}=_Q_${value}`, source: `\${${name}/_Q_/}` }))],
  [
    'lower case',
    'bash',
    (value, _at, name) => (lower.test(value) ? { before: `${name}=${value.toUpperCase()}`, source: `\${${name},,}` } : undefined),
  ],
  [
    'lower case by transformation',
    'bash',
    (value, _at, name) => (lower.test(value) ? { before: `${name}=${value.toUpperCase()}`, source: `\${${name}@L}` } : undefined),
  ],
  [
    'lower case by declaration',
    'bash',
    (value, _at, name) => (lower.test(value) ? { before: `declare -l ${name}=${value.toUpperCase()}`, source: `$${name}` } : undefined),
  ],
  [
    'escapes by transformation',
    'bash',
    expansion((value, name) => ({ before: `${name}='${everyCharacter(value, 16)}'`, source: `\${${name}@E}` })),
  ],
  [
    'prompt by transformation',
    'bash',
    expansion((value, name) => ({ before: `${name}='${everyCharacter(value, 8)}'`, source: `\${${name}@P}` })),
  ],
  ['element of an array', 'bash', expansion((value, name) => ({ before: `${name}=(x ${value})`, source: `\${${name}[1]}` }))],
  [
    'element of an associative array',
    'bash',
    expansion((value, name) => ({ before: `declare -A ${name}=([k]=${value})`, source: `\${${name}[k]}` })),
  ],
  ['slice of an array', 'bash', expansion((value, name) => ({ before: `${name}=(x ${value} y)`, source: `\${${name}[@]:1:1}` }))],
  ['indirect variable', 'bash', expansion((value, name) => ({ before: `${name}=${value}; ${name}x=${name}`, source: `\${!${name}x}` }))],
  [
    'name reference',
    'bash',
    expansion((value, name) => ({ before: `${name}=${value}; declare -n ${name}x=${name}`, source: `$${name}x` })),
  ],
  ['names of variables', 'bash', value => (/^[a-z]\w+$/.test(value) ? { before: `${value}=`, source: `\${!${value}@}` } : undefined)],
  ['variable by printf', 'bash', expansion((value, name) => ({ before: `printf -v ${name} %s ${value}`, source: `$${name}` }))],
  ['variable by read', 'bash', expansion((value, name) => ({ before: `read -r ${name} <<< ${value}`, source: `$${name}` }))],
  ['variable by mapfile', 'bash', expansion((value, name) => ({ before: `mapfile -t ${name} <<< ${value}`, source: `$${name}` }))],
  [
    'capture of an expression in a word',
    'bash',
    expansion((value, name) => ({ before: `[[ _${value}_ =~ ^_(.*)_$ ]]; ${name}x=\${BASH_REMATCH[1]}`, source: `$${name}x` })),
  ],
  [
    'match of an expression',
    'bash',
    expansion((value, name) => ({ before: `[[ '${value}' =~ .+ ]]; ${name}x=$BASH_REMATCH`, source: `$${name}x` })),
  ],
  [
    'variable by getopts',
    'sh',
    expansion((value, name) => ({ before: `OPTIND=1; getopts a: ${name} -a ${value}; ${name}x=$OPTARG`, source: `$${name}x` })),
  ],
  [
    'variable by getopts, attached',
    'sh',
    expansion((value, name) => ({ before: `OPTIND=1; getopts a: ${name} -a${value}; ${name}x=$OPTARG`, source: `$${name}x` })),
  ],
  [
    'variable by select',
    'bash',
    expansion((value, name) => ({ before: `select ${name} in ${value}; do break; done <<< 1 2>/dev/null`, source: `$${name}` })),
  ],
  [
    'variable by read of an array',
    'bash',
    expansion((value, name) => ({ before: `read -ra ${name} <<< "x ${value}"`, source: `\${${name}[1]}` })),
  ],
  [
    'variable by read with a separator',
    'bash',
    (value, _at, name) =>
      SAFE.test(value) && !value.includes(':')
        ? { before: `IFS=: read -r ${name} ${name}x <<< x:${value}`, source: `$${name}x` }
        : undefined,
  ],
  [
    'variable that a file holds',
    'sh',
    expansion((value, name) => ({ before: `printf '%s\\n' ${value} > /tmp/${name}`, source: `$(cat /tmp/${name})` })),
  ],
  [
    'variable that a file holds, without a program',
    'bash',
    expansion((value, name) => ({ before: `printf '%s\\n' ${value} > /tmp/${name}`, source: `$(< /tmp/${name})` })),
  ],
  [
    'upper case by expansion',
    'bash',
    (value, _at, name) => (/^[a-z./-]*$/.test(value) ? { before: `${name}=${value.toUpperCase()}`, source: `\${${name}~~}` } : undefined),
  ],
  [
    'everything but a prefix',
    'sh',
    (value, _at, name) =>
      SAFE.test(value) && !value.includes(':_') ? { before: `${name}=_:_${value}`, source: `\${${name}##*:_}` } : undefined,
  ],
  [
    'all replaced',
    'bash',
    (value, _at, name) =>
      SAFE.test(value) && !value.includes('=') ? { before: `${name}=${[...value].join('=')}`, source: `\${${name}//=/}` } : undefined,
  ],
  ['variable by arithmetic', 'bash', expansion((value, name) => ({ before: `${name}=(x ${value})`, source: `\${${name}[2-1]}` }))],
  ['variable by eval', 'sh', expansion((value, name) => ({ before: `eval ${name}=${value}`, source: `$${name}` }))],
  ['loop variable that stays', 'sh', expansion((value, name) => ({ before: `for ${name} in ${value}; do :; done`, source: `$${name}` }))],
  [
    'empty parameters within the word',
    'sh',
    // A function, an editor or an alias may have been given some.
    (value, at) => (SAFE.test(value) ? { before: 'set --', source: `${value.slice(0, at)}$@${value.slice(at)}` } : undefined),
  ],
  ['unset variable within the word', 'sh', cut((head, tail, name) => `${head}\${${name}}${tail}`)],
  ['empty substitution within the word', 'sh', cut((head, tail) => `${head}$()${tail}`)],
  ['empty backticks within the word', 'sh', cut((head, tail) => `${head}\`\`${tail}`)],
  ['brace with an empty side', 'bash', value => (SAFE.test(value) && !value.includes(',') ? source(`{${value},}`) : undefined)],
  ['output of echo', 'sh', echoed(value => `$(echo ${value})`)],
  ['output of echo in quotes', 'sh', echoed(value => `"$(echo ${value})"`)],
  ['backticks', 'sh', echoed(value => `\`echo ${value}\``)],
  ['output of printf', 'sh', expansion(value => `$(printf %s ${value})`)],
  ['output of printf, octal', 'sh', expansion(value => `$(printf '${everyCharacter(value, 8)}')`)],
  ['output of echo -e', 'bash', expansion(value => `$(echo -e '${everyCharacter(value, 16)}')`)],
  ['output of printf in pieces', 'sh', expansion(value => `$(printf %s ${[...value].join(' ')})`)],
  ['output of rev', 'bash', expansion(value => `$(rev <<< ${[...value].reverse().join('')})`)],
  ['output of tr', 'bash', value => (lower.test(value) ? source(`$(tr A-Z a-z <<< ${value.toUpperCase()})`) : undefined)],
  ['output of base64', 'sh', value => source(`"$(echo ${Buffer.from(value).toString('base64')} | base64 -d)"`)],
  ['output of xxd', 'bash', value => source(`"$(xxd -r -p <<< ${Buffer.from(value).toString('hex')})"`)],
  ['output of sed', 'sh', expansion(value => `$(echo _${value} | sed s/_//)`)],
  ['output of cut', 'sh', expansion(value => `$(echo _${value} | cut -c2-)`)],
  ['output of awk', 'sh', expansion(value => `$(awk 'BEGIN{print "${value}"}')`)],
  ['output of basename', 'sh', value => (/^[\w.]+$/.test(value) ? source(`$(basename /x/${value})`) : undefined)],
  ['output of printf, cut short', 'sh', expansion(value => `$(printf %.${value.length}s ${value}_)`)],
  [
    'output of printf, of numbers',
    'sh',
    expansion(value => `$(printf '%b' '${[...Buffer.from(value)].map(byte => `\\0${byte.toString(8)}`).join('')}')`),
  ],
  ['output of tail', 'sh', expansion(value => `$(printf '%s\\n' x ${value} | tail -n 1)`)],
  ['output of a function', 'sh', echoed((value, name) => ({ before: `${name}() { echo ${value}; }`, source: `$(${name})` }))],
  ['output of a here-document', 'sh', expansion(value => `$(cat <<_E\n${value}\n_E\n)`)],
]

function technique(group: Group, [name, shell, spell]: Row): Technique {
  return { group, name, apply: (form, { random }) => (form.kind === 'command' ? respelled(form, shell, spell, random) : undefined) }
}

/** One word of the command in another spelling: the program as likely as any argument. */
function respelled(form: Command, shell: Shell, spell: Spell, random: Random): Form | undefined {
  const open = form.words.flatMap(({ value, source }, at) => (source === undefined && value !== '' ? [at] : []))
  const place = open[0] === 0 && random.below(2) === 0 ? 0 : random.pick(open)
  const old = place === undefined ? undefined : form.words[place]
  if (place === undefined || old === undefined) return undefined
  const spelling = spell(old.value, random.below(old.value.length), freshName(random), random)
  return spelling && withWord(form, place, { ...old, source: spelling.source }, spelling.before, shell)
}

function withWord(form: Command, place: number, made: Word, before: string | undefined, shell: Shell): Command {
  const words = form.words.map((each, at) => (at === place ? made : each))
  return { ...form, words, before: before === undefined ? form.before : [...form.before, before], shell: needed(form.shell, shell) }
}

export const wordTechniques: readonly Technique[] = [
  ...QUOTING.map(row => technique('quoting', row)),
  ...EXPANSION.map(row => technique('expansion', row)),
]
