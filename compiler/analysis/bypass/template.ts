/** Texts with places for a script in the form in which it is needed there. */
import { closed, command, fixed, type Form, forShell, quoted, script, type Script, type Shell, textOf, type Word, word } from './form.js'
import type { Random } from './random.js'
import { freshName } from './technique.js'

/**
 * Fills a text of the shell:
 *
 *   {s}  the script, so that an operator may follow
 *   {l}  the script, so that a line end may follow
 *   {q}  the script as one quoted word
 *   {2}  the script quoted twice, as one word
 *   {Q}  the script and then `:`, as one quoted word
 *   {d}  the script where double quotes surround it already
 *   {b}  the script where backticks surround it already
 *   {$}  its substitution as one quoted word
 *   {i}  an index that runs it, as one quoted word
 *   {x}  a pipeline that prints it
 *   {n}  a name that nothing else has
 */
export function filled(template: string, form: Form, random: Random): string {
  const text = textOf(form)
  const name = freshName(random)
  return template.replace(/\{([slq2Qdb$ixn])\}/g, (_, place: string) => fill(place, text, form, name))
}

function fill(place: string, text: string, form: Form, name: string): string {
  switch (place) {
    case 's':
      // Two parentheses in a row would be arithmetic.
      return text.startsWith('(') ? ` ${closed(text)}` : closed(text)
    case 'q':
      return quoted(text)
    case '2':
      return quoted(quoted(text))
    case 'Q':
      return quoted(`${closed(text)}; :`)
    case 'd':
      return text.replace(/[\\"$`]/g, '\\$&')
    case 'b':
      return text.replace(/[\\`$]/g, '\\$&')
    case '$':
      return quoted(`$( ${closed(text)})`)
    case 'i':
      return quoted(`a[$( ${closed(text)})]`)
    case 'x':
      return form.kind === 'printer' ? form.text : `printf %s ${quoted(text)}`
    case 'n':
      return name
    default:
      return text
  }
}

export function filledScript(template: string, form: Form, shell: Shell, random: Random): Script {
  return script(filled(template, form, random), form.shell === 'bash' ? 'bash' : shell)
}

/**
 * Fills words with blanks between them, of which `{S}` is the script, `{Q}` the script quoted, `{n}` a fresh name and `␣` a blank. Operators of the shell stay what they are.
 *
 * @param runner the shell that runs the script
 */
export function filledWords(template: string, form: Form, runner: Shell, random: Random): readonly Word[] {
  const text = forShell(form, runner)
  const name = freshName(random)
  return template.split(' ').map(each => {
    if (OPERATORS.has(each)) return fixed(each)
    return word(
      each
        .replaceAll('␣', ' ')
        .replace('{S}', () => text)
        .replace('{Q}', () => quoted(text))
        .replace('{n}', name),
    )
  })
}

const OPERATORS: ReadonlySet<string> = new Set(['<', '<<<', '|', '>', '2>', '>/dev/null', '</dev/null'])

/** Undefined where the script holds what the program would put something in place of. */
export function filledCommand(template: string, form: Form, runner: Shell, random: Random): Form | undefined {
  if (/^(?:ssh|scp) /.test(template) && textOf(form).includes('%')) return undefined
  // It takes quotes off, and puts others on.
  if (template.startsWith('sqlite3 ') && /[\\'"]/.test(forShell(form, runner))) return undefined
  if (template.startsWith('socat ') && /[,:!]/.test(textOf(form))) return undefined
  if (/^(?:find|parallel|xargs) /.test(template) && /\{[}./#]/.test(textOf(form))) return undefined
  return command(filledWords(template, form, runner, random), /<<</.test(template) ? 'bash' : 'sh')
}
