/** A command to begin with, and what it is there for. */
import { command, type Deed, fixed, type Form, script, type Word, word } from './form.js'

/** Reads a simple command of literal words; anything else is a script as a whole. */
export function seedForm(text: string): Form {
  const words = plainWords(text)
  return words === undefined ? script(text, 'bash') : withDeed(words)
}

/** One word without an operator or an expansion of the shell's. */
const WORD = /(?:[\w@%+:,./=^-]|\\[^\n]|'[^']*'|"[^"\\$`!]*")+|>>?/y

/** Undefined where the text is more than one simple command of literal words. */
function plainWords(text: string): readonly Word[] | undefined {
  const words: Word[] = []
  for (let at = 0; at < text.length; ) {
    if (text.charAt(at) === ' ') at++
    else {
      WORD.lastIndex = at
      const found = WORD.exec(text)?.[0]
      if (found === undefined || (found.startsWith('>') && words.length === 0)) return undefined
      words.push(found.startsWith('>') ? fixed(found) : word(unquoted(found)))
      at += found.length
    }
  }
  const [first] = words
  return first === undefined || /^\w+=|^\W/.test(first.value) || RESERVED.has(first.value) ? undefined : words
}

const RESERVED: ReadonlySet<string> = new Set(
  'if then else elif fi for while until do done case esac select function time coproc eval exec . source trap'.split(' '),
)

function unquoted(text: string): string {
  return text.replace(
    /'([^']*)'|"([^"]*)"|\\(.)/g,
    (_, single?: string, double?: string, escaped?: string) => single ?? double ?? escaped ?? '',
  )
}

function withDeed(words: readonly Word[]): Form {
  const [first = word(''), ...rest] = words
  const redirected = words.findIndex(({ source }) => source === '>' || source === '>>')
  if (redirected !== -1) return marked(words, 'write', [redirected + 1])
  const operands = rest.flatMap(({ value }, at) => (value.startsWith('-') ? [] : [at + 1]))
  const deed = DEEDS[first.value]
  if (deed === undefined || rest.some(({ value }) => value === '--')) return command(words, 'sh')
  // An option may take the word behind it.
  if (deed === 'write')
    return operands.length > 0 && rest.length === operands.length ? marked(words, deed, operands.slice(-1)) : command(words, 'sh')
  if (deed === 'fetch')
    return marked(
      words,
      deed,
      operands.filter(at => /^https?:\/\/(?!localhost|127\.|\d+(?:\/|$)|0)[\w.-]+(?::\d+)?(?:\/|$)/.test(words[at]?.value ?? '')),
    )
  return rest.length - operands.length > 1 ? command(words, 'sh') : marked(words, deed, operands)
}

const DEEDS: Readonly<Record<string, Deed>> = {
  rm: 'delete',
  unlink: 'delete',
  cat: 'read',
  head: 'read',
  tail: 'read',
  less: 'read',
  base64: 'read',
  strings: 'read',
  xxd: 'read',
  tee: 'write',
  cp: 'write',
  touch: 'write',
  curl: 'fetch',
  wget: 'fetch',
}

function marked(words: readonly Word[], deed: Deed, places: readonly number[]): Form {
  const role = deed === 'fetch' ? 'url' : 'path'
  return {
    kind: 'command',
    shell: 'sh',
    before: [],
    words: words.map((each, at) => (places.includes(at) ? { ...each, role } : each)),
    ...(places.length === 1 ? { deed } : {}),
  }
}
