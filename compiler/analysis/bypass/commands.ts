/** A simple command as a whole, spelled otherwise. */
import { type Command, type Form, needed, type Shell, spelled, wordsText } from './form.js'
import type { Random } from './random.js'
import { freshName, type Technique } from './technique.js'
import { BUILTINS } from './wrappers.js'

interface Parts {
  readonly text: string
  /** Program and arguments, of which each is safe to stand without quotes; undefined where one is not. */
  readonly safe: readonly string[] | undefined
  readonly program: string
  readonly rest: string
  readonly name: string
}

/** The command's text; what must come before it in a line of its own stands in it. */
type Spell = (parts: Parts) => string | undefined

function ofSafe(made: (words: readonly string[], name: string) => string | undefined): Spell {
  return ({ safe, name }) => (safe === undefined ? undefined : made(safe, name))
}

const ROWS: readonly (readonly [name: string, shell: Shell, spell: Spell])[] = [
  ['words of a variable', 'sh', ofSafe((words, name) => `${name}='${words.join(' ')}'; $${name}`)],
  ['words of an array', 'bash', ({ text, name }) => `${name}=(${text}); "\${${name}[@]}"`],
  ['words of an array, unquoted', 'bash', ofSafe((words, name) => `${name}=(${words.join(' ')}); \${${name}[*]}`)],
  ['words of the parameters', 'sh', ({ text }) => `set -- ${text}; "$@"`],
  ['words of the parameters, unquoted', 'sh', ofSafe(words => `set -- ${words.join(' ')}; $*`)],
  ['words by read', 'bash', ofSafe((words, name) => `read -ra ${name} <<< '${words.join(' ')}'; "\${${name}[@]}"`)],
  ['words by mapfile', 'bash', ofSafe((words, name) => `mapfile -t ${name} < <(printf '%s\\n' ${words.join(' ')}); "\${${name}[@]}"`)],
  [
    'words of braces',
    'bash',
    ofSafe(words => (words.some(each => /[,{}]|\.\./.test(each)) || words.length < 2 ? words.join(' ') : `{${words.join(',')}}`)),
  ],
  ['words of a substitution', 'sh', ofSafe(words => `$(echo ${words.join(' ')})`)],
  [
    'words of another separator',
    'sh',
    ofSafe((words, name) => (words.some(each => each.includes(':')) ? undefined : `IFS=:; ${name}=${words.join(':')}; $${name}`)),
  ],
  ['blanks of IFS', 'sh', ofSafe(words => words.join('${IFS}'))],
  ['blanks of IFS, one character', 'bash', ofSafe(words => words.join('${IFS:0:1}'))],
  ['blanks of a variable', 'bash', ofSafe((words, name) => `${name}=$'\\t'; ${words.join(`\${${name}}`)}`)],
  ['tabs', 'sh', ofSafe(words => words.join('\t'))],
  ['many blanks', 'sh', ({ text }) => `   ${text}   `],
  ['lines that go on', 'sh', ofSafe(words => words.join(' \\\n  '))],
  ['loop over the program', 'sh', ({ program, rest, name }) => `for ${name} in ${program}; do $${name} ${rest}; done`],
  [
    'loop over arguments',
    'sh',
    ofSafe((words, name) =>
      words.length > 1 ? `for ${name} in ${words.slice(-1).join('')}; do ${words.slice(0, -1).join(' ')} "$${name}"; done` : undefined,
    ),
  ],
  [
    'loop that reads arguments',
    'sh',
    ofSafe((words, name) =>
      words.length > 1
        ? `printf '%s\\n' ${words.slice(-1).join('')} | while read -r ${name}; do ${words.slice(0, -1).join(' ')} "$${name}"; done`
        : undefined,
    ),
  ],
  ['last word of the command before', 'bash', ({ program, rest }) => `: ${program}; $_ ${rest}`],
  ['words as the parameters of a shell', 'sh', ({ text }) => `bash -c '"$@"' _ ${text}`],
  ['words as the name and parameters of a shell', 'sh', ({ text }) => `sh -c '"$0" "$@"' ${text}`],
  [
    'words as the parameters of a shell that xargs starts',
    'sh',
    ofSafe(words => `printf '%s\\n' ${words.slice(1).join(' ') || "''"} | xargs sh -c '"$0" "$@"' ${words[0]}`),
  ],
  ['words by captures', 'bash', ofSafe(words => `[[ '${words.join(' ')}' =~ .* ]]; $BASH_REMATCH`)],
  ['words by getopts', 'sh', ofSafe((words, name) => `OPTIND=1; getopts a: ${name} -a '${words.join(' ')}'; $OPTARG`)],
  ['words of a file', 'sh', ofSafe((words, name) => `echo ${words.join(' ')} > /tmp/${name}; $(cat /tmp/${name})`)],
  ['words of a list that is joined', 'bash', ofSafe((words, name) => `${name}=(${words.join(' ')}); eval "\${${name}[*]}"`)],
  ['words in quotes by printf', 'bash', ({ text }) => `eval "$(printf '%q ' ${text})"`],
  // The arguments may be spelled with parameters that are not there.
  ['program as a parameter', 'sh', ({ program, rest }) => (rest.includes('$@') ? undefined : `set -- ${program}; $1 ${rest}`)],
  ['function with the parameters', 'sh', ({ text, name }) => `${name}() { "$@"; }; ${name} ${text}`],
  [
    'function with the program',
    'sh',
    // Within the function, the parameters are its own.
    ({ program, rest, name }) => (program.includes('$@') ? undefined : `${name}() { ${program} "$@"; }; ${name} ${rest}`),
  ],
  ['function that evaluates', 'sh', ofSafe((words, name) => `${name}() { eval "$*"; }; ${name} ${words.join(' ')}`)],
  [
    'function with local variables',
    'bash',
    ({ program, rest, name }) => `${name}() { local ${name}x=$1; shift; $${name}x "$@"; }; ${name} ${program} ${rest}`,
  ],
  [
    'alias of the program',
    'bash',
    // Braces give two words: two aliases.
    ({ program, rest, name }) =>
      program.includes('{') && !program.includes('$') ? undefined : `shopt -s expand_aliases\nalias ${name}=${program}\n${name} ${rest}\n`,
  ],
  [
    'alias that goes on',
    'bash',
    ({ program, rest, name }) =>
      program.includes('{') && !program.includes('$')
        ? undefined
        : `shopt -s expand_aliases\nalias ${name}='command '\nalias ${name}x=${program}\n${name} ${name}x ${rest}\n`,
  ],
  ['hashed program', 'bash', ofFound(({ program, rest, name }) => `hash -p /bin/${program} ${name}; ${name} ${rest}`)],
  ['copied program', 'sh', ofFound(({ program, rest, name }) => `cp /bin/${program} /tmp/${name}; /tmp/${name} ${rest}`)],
  ['linked program', 'sh', ofFound(({ program, rest, name }) => `ln -s /bin/${program} /tmp/${name}; /tmp/${name} ${rest}`)],
  [
    'linked program on the path',
    'sh',
    ofFound(
      ({ program, rest, name }) =>
        `mkdir /tmp/${name}d; ln -s /bin/${program} /tmp/${name}d/${name}; PATH=/tmp/${name}d:$PATH; ${name} ${rest}`,
    ),
  ],
  ['installed program', 'sh', ofFound(({ program, rest, name }) => `install -m 755 /bin/${program} /tmp/${name}; /tmp/${name} ${rest}`)],
  [
    'catenated program',
    'sh',
    ofFound(({ program, rest, name }) => `cat /bin/${program} > /tmp/${name}; chmod +x /tmp/${name}; /tmp/${name} ${rest}`),
  ],
  [
    'program from its folder',
    'sh',
    ofFound(({ program, rest }) => (/\//.test(rest) || !/^[\w -]*$/.test(rest) ? undefined : `PATH=/bin ${program} ${rest}`)),
  ],
  ['program of a builtin that is turned off', 'bash', ({ program, text }) => (program === 'kill' ? `enable -n kill; ${text}` : undefined)],
  ['redirection in front', 'sh', ({ text }) => `2>/dev/null ${text}`],
  ['input in front', 'sh', ({ text }) => `</dev/null ${text}`],
  ['redirection between the words', 'sh', ({ program, rest }) => `${program} 2>/dev/null ${rest}`],
  ['descriptor in front', 'bash', ({ text, name }) => `{${name}}</dev/null ${text}`],
  ['assignment in front', 'sh', ({ text, name }) => `${name}=1 ${text}`],
  ['assigned substitution in front', 'sh', ({ text, name }) => `${name}=$(echo x) ${text}`],
]

/** A program that is a file in `/bin`. */
function ofFound(made: Spell): Spell {
  return parts => (/^[a-z][a-z0-9-]*$/.test(parts.program) && !BUILTINS.has(parts.program) ? made(parts) : undefined)
}

const SAFE = /^[\w@%+:,./=-]+$/

function partsOf({ words }: Command, random: Random): Parts | undefined {
  const [first, ...rest] = words
  if (first === undefined || first.source === '!' || first.source === 'time') return undefined
  const safe = words.every(({ value, source }) => source === undefined && SAFE.test(value))
  return {
    text: wordsText(words),
    safe: safe ? words.map(({ value }) => value) : undefined,
    program: spelled(first),
    rest: wordsText(rest),
    name: freshName(random),
  }
}

function technique([name, shell, spell]: (typeof ROWS)[number]): Technique {
  return {
    group: 'commands',
    name,
    apply: (form, { random }) => (form.kind === 'command' ? respelled(form, shell, spell, random) : undefined),
  }
}

function respelled(form: Command, shell: Shell, spell: Spell, random: Random): Form | undefined {
  const parts = partsOf(form, random)
  // An operator of the shell is none where it comes out of an expansion.
  if (parts === undefined || form.words.some(({ source }) => source !== undefined && /^(?:[<>|]|<<<|2>|:::)$/.test(source)))
    return undefined
  const text = spell(parts)
  return text === undefined ? undefined : { kind: 'script', shell: needed(form.shell, shell), text: [...form.before, text].join('; ') }
}

export const commandTechniques: readonly Technique[] = ROWS.map(technique)
