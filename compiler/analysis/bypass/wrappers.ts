/** Programs and builtins that start the command that follows them. */
import { type Command, command, fixed, type Form, type Word, word, wordsText } from './form.js'
import type { Technique } from './technique.js'

/** Each row is one technique: the words in front of the command. Those in `[…]` stay as they are spelled. */
const PREFIXES = `env|env -i|env A=1|env -u A|env --|env - A=1|env -C .|command|command -p|command --|builtin command|exec|exec -a x|exec -c|[!]|[time]|[time] [-p]
  |/usr/bin/env|/usr/bin/time -o /dev/null|sudo|sudo -u root|sudo -E -n --|sudo A=1|doas|doas -u root
  |nohup|nice|nice -n 5|nice -5|nice --adjustment=5|timeout 9|timeout 9s|timeout -k 1 9|timeout -s KILL 9|timeout --foreground 9|gtimeout 9
  |ionice -c 3|ionice -c2 -n7|stdbuf -o0|stdbuf -oL -eL|stdbuf --output=0|setsid|setsid -w|chrt -o 0|chrt --other 0|taskset 1|taskset -c 0
  |flock /tmp|flock -n /tmp|prlimit|prlimit --nofile=64|choom -n 0 --|setarch x86_64|setarch -R|linux64|unshare -r|unshare|nsenter|strace -f|strace -o /dev/null|ltrace|valgrind
  |fakeroot|faketime now|chronic|eatmydata|catchsegv|unbuffer|rlwrap|firejail|bwrap --bind / /|proxychains|torsocks|caffeinate -i|systemd-run --user
  |runuser -u root --|setpriv --no-new-privs|cpulimit -l 50 --|numactl -l|perf stat|watch -x|busybox env|busybox nice|busybox timeout 9
  |uv run|poetry run|pipenv run|pdm run|hatch run|conda run|bundle exec|direnv exec .|dotenv --|cross-env A=1|dotenvx run --|op run --|doppler run --|aws-vault exec x --
  |just --command|chroot /|flatpak-spawn --host|systemd-run --scope|systemd-inhibit|pkexec|run0|chpst -u root|softlimit -n 64|trickle -s
  |nix develop -c|mise exec --|asdf exec|pyenv exec|rbenv exec|nvm exec 20|fnm exec|volta run|cmake -E env|xvfb-run|dbus-run-session --`

const names = PREFIXES.split('|').map(each => each.trim())

function prefixWord(text: string): Word {
  return text.startsWith('[') ? fixed(text.slice(1, -1)) : word(text)
}

/** What begins with a reserved word cannot follow a program; nor does a program find a function. */
function isWrappable(form: Form): form is Command {
  return form.kind === 'command' && form.words[0]?.source !== '!' && form.words[0]?.source !== 'time'
}

function prefix(name: string): Technique {
  const before = name.split(' ').map(prefixWord)
  return {
    group: 'wrappers',
    name: name.replace(/[[\]]/g, ''),
    apply: form => {
      if (!isWrappable(form) || (isBuiltin(form) && !BUILTIN_SAFE.has(name))) return undefined
      const { deed: _unwrapped, ...rest } = form
      return { ...rest, words: [...before, ...form.words] }
    },
  }
}

/** Of the shell, and no file. */
export const BUILTINS: ReadonlySet<string> = new Set([
  'eval',
  'exec',
  'command',
  'builtin',
  'source',
  '.',
  'trap',
  'set',
  'export',
  ':',
  'read',
  'cd',
])
const BUILTIN_SAFE: ReadonlySet<string> = new Set(['command', 'command --', 'builtin command', '[!]', '[time]', '[time] -p'])

function isBuiltin({ words }: Command): boolean {
  return BUILTINS.has(words[0]?.value ?? '')
}

/** Words around the command, or the command in other hands. Operators of the shell would end it: hence no fixed word. */
type Around = (form: Command) => readonly Word[] | string | undefined

const AROUND: readonly (readonly [name: string, around: Around])[] = [
  ['find -exec', ({ words }) => [...plain('find . -maxdepth 0 -exec'), ...words, word(';')]],
  ['find -execdir', ({ words }) => (hasRelative(words) ? undefined : [...plain('find . -maxdepth 0 -execdir'), ...words, word(';')])],
  ['xargs of the last word', form => `${printed(form.words.slice(-1))} | xargs ${wordsText(form.words.slice(0, -1))}`],
  ['xargs -n 1', form => `${printed(form.words.slice(-1))} | xargs -n 1 ${wordsText(form.words.slice(0, -1))}`],
  ['xargs of all words', form => `${printed(form.words)} | xargs env`],
  ['xargs with a place', form => `${printed(form.words.slice(-1))} | xargs -I% ${wordsText([...form.words.slice(0, -1), word('%')])}`],
  ['xargs without input', form => `xargs ${wordsText(form.words)} < /dev/null`],
  ['xargs of a here-string', form => `xargs ${wordsText(form.words.slice(0, -1))} <<< ${wordsText(form.words.slice(-1))}`],
  ['parallel', ({ words }) => [...plain('parallel'), ...words.slice(0, -1), fixed(':::'), ...words.slice(-1)]],
  ['env -S', ({ words }) => [...plain('env -S'), word(wordsText(words))]],
  ['env --split-string', ({ words }) => [...plain('env'), word(`--split-string=${wordsText(words)}`)]],
  ['watch', ({ words }) => [...plain('timeout 1 watch'), ...words]],
  // Each character is escaped for the shell: no word can hold code.
  ['sudo -s', ({ words }) => [...plain('sudo -s'), ...words]],
  ['sudo -i', ({ words }) => (hasRelative(words) ? undefined : [...plain('sudo -i'), ...words])],
]

function plain(text: string): readonly Word[] {
  return text.split(' ').map(word)
}

function hasRelative(words: readonly Word[]): boolean {
  return words.some(({ role, value }) => role === 'path' && !value.startsWith('/'))
}

function printed(words: readonly Word[]): string {
  return `printf '%s\\n' ${wordsText(words)}`
}

const SAFE = /^[\w@%+:,./=-]+$/

/** `xargs` and `env -S` read quotes and blanks again. */
function isSafe({ words }: Command): boolean {
  return words.every(({ value, source }) => source === undefined && SAFE.test(value)) && words.length > 1
}

function around([name, made]: (typeof AROUND)[number]): Technique {
  return {
    group: 'wrappers',
    name,
    apply: form => {
      if (!isWrappable(form) || !isSafe(form) || isBuiltin(form)) return undefined
      const result = made(form)
      if (result === undefined) return undefined
      if (typeof result === 'string') return { kind: 'script', shell: 'bash', text: [...form.before, result].join('; ') }
      const { deed: _unwrapped, ...rest } = form
      return { ...rest, words: result }
    },
  }
}

/** Programs that BusyBox has too. */
const APPLETS: ReadonlySet<string> = new Set(
  'rm unlink cat head tail tac sort cp mv dd tee wget nc sed awk grep find xargs sh ash kill chmod touch ln'.split(' '),
)

/** Folders in which the program lies, and other ways to its file. */
const PROGRAMS: readonly (readonly [name: string, spell: (program: string, form: Command) => Command | undefined])[] = [
  ['/bin', program => command([word(`/bin/${program}`)], 'sh')],
  ['/usr/bin', program => command([word(`/usr/bin/${program}`)], 'sh')],
  ['/usr/bin with dots', program => command([word(`/usr/../usr/./bin//${program}`)], 'sh')],
  ['glob for the program', program => command([{ value: program, source: `/bin/${program.slice(0, -1)}[${program.slice(-1)}]` }], 'sh')],
  ['globs for the folder', program => command([{ value: program, source: `/?in/${program.slice(0, -1)}[${program.slice(-1)}]` }], 'sh')],
  ['output of command -v', program => command([{ value: program, source: `$(command -v ${program})` }], 'sh')],
  ['output of which', program => command([{ value: program, source: `$(which ${program})` }], 'sh')],
  ['output of type', program => command([{ value: program, source: `$(type -P ${program})` }], 'bash')],
  ['busybox', program => (APPLETS.has(program) ? command([word('busybox'), word(program)], 'sh') : undefined)],
  ['toybox', program => (APPLETS.has(program) ? command([word('toybox'), word(program)], 'sh') : undefined)],
  ['dynamic loader', program => command([word('/lib64/ld-linux-x86-64.so.2'), word(`/bin/${program}`)], 'sh')],
]

function isProgram({ words }: Command): boolean {
  const [first] = words
  return first !== undefined && first.source === undefined && /^[a-z][\w-]{1,}$/.test(first.value) && !BUILTINS.has(first.value)
}

function program([name, spell]: (typeof PROGRAMS)[number]): Technique {
  return {
    group: 'wrappers',
    name: `program by ${name}`,
    apply: form => {
      if (form.kind !== 'command' || !isProgram(form)) return undefined
      const made = spell(form.words[0]?.value ?? '', form)
      if (made === undefined) return undefined
      return { ...form, words: [...made.words, ...form.words.slice(1)], shell: made.shell === 'bash' ? 'bash' : form.shell }
    },
  }
}

export const wrappers: readonly Technique[] = [...names.map(prefix), ...AROUND.map(around), ...PROGRAMS.map(program)]
