/**
 * The recipes of a makefile or a justfile as scripts for a shell. Variables of make become those of the shell: `$(CC)` with a known
 * value is that value, `$(shell x)` is `$(x)`, any other `$(…)` a variable that the shell does not know.
 */
import { hasOwn } from '../../decide/value.js'

/** Both branches count. */
const CONDITIONS = ['ifeq', 'ifneq', 'ifdef', 'ifndef', 'else', 'endif']

interface Rule {
  readonly needs: readonly string[]
  readonly lines: readonly string[]
  /** Those of the lines that run, or may, where recipes are only shown. */
  readonly anyway: readonly string[]
}

export interface Rules {
  readonly first: string | undefined
  readonly rules: ReadonlyMap<string, Rule>
  /** Commands that run while the file is read. */
  readonly immediate: readonly string[]
}

const MAX_RULES = 500
const MAX_EXPANSION = 4096

/** Steps of expansion in a whole file; where they are spent, values are not known. */
const MAX_STEPS = 1_000_000

/** Variables that make has itself. */
const BUILT_IN: Readonly<Record<string, string>> = {
  MAKE: 'make',
  RM: 'rm -f',
  CC: 'cc',
  CXX: 'g++',
  AR: 'ar',
  SHELL: 'sh',
  CURDIR: '$$PWD',
  PWD: '$$PWD',
}

/** What may bring rules that are not read here. */
const FURTHER_RULES = /^[\t ]*(?:-|s)?include\b|\beval\b/m
/** Targets that may be the makefile, which is made anew before `-n` holds (manual 9.3). */
const OF_MAKEFILES = /[%$]|makefile|^\.[a-z]/i
/** A line, expanded, that may begin with `+`, or in which make itself runs something. */
const RUNS_ANYWAY = /^[@ -]*(?:\+|\$\{__\})|\$\(/

/**
 * @param given variables of the command line
 * @param dry with `-n`: recipes are shown, and few of their lines run
 */
export function readRules(text: string, given: Readonly<Record<string, string>>, dry = false): Rules {
  const reader = new RuleReader(given)
  for (const line of text.split('\\\n').join(' ').split('\n')) reader.line(line)
  const { first, rules, immediate } = reader
  if (!dry || FURTHER_RULES.test(text) || [...rules.keys()].some(name => OF_MAKEFILES.test(name))) return reader
  return { first, immediate, rules: new Map([...rules].map(([name, rule]) => [name, { ...rule, lines: rule.anyway }])) }
}

/** A comment in the command ends with its line, and not behind the bracket. */
function substitution(command: string): string {
  // A subshell behind the parenthesis would read as arithmetic.
  const begin = command.startsWith('(') ? '$( ' : '$('
  return command.includes('#') ? `${begin}${command}\n)` : `${begin}${command})`
}

class RuleReader implements Rules {
  first: string | undefined
  readonly rules = new Map<string, { needs: string[]; lines: string[]; anyway: string[] }>()
  readonly immediate: string[] = []
  private readonly variables = new Map(Object.entries(BUILT_IN))
  private steps = MAX_STEPS
  private current: readonly string[] = []

  constructor(private readonly given: Readonly<Record<string, string>>) {
    for (const name of Object.keys(given)) this.variables.set(name, given[name] ?? '')
  }

  line(line: string): void {
    const indented = line.startsWith('\t') || line.startsWith('  ')
    if (indented && this.current.length > 0) return this.recipe(line.trim())
    const trimmed = line.trim()
    if (trimmed === '' || trimmed.startsWith('#') || CONDITIONS.some(word => trimmed.startsWith(word))) return
    if (!this.assignment(trimmed)) this.rule(trimmed)
    if (/\$[({](?:shell|file)\s/.test(trimmed)) this.immediate.push(`: ${this.expand(trimmed.slice(trimmed.indexOf('$')))}`)
  }

  private assignment(line: string): boolean {
    const at = line.indexOf('=')
    if (at === -1) return false
    let name = line.slice(0, at).trim()
    while (name !== '' && ':?+!'.includes(name.charAt(name.length - 1))) name = name.slice(0, -1).trim()
    for (const word of ['export ', 'override ']) if (name.startsWith(word)) name = name.slice(word.length).trim()
    if (name === '' || name.includes(':') || name.includes(' ')) return false
    const value = line.slice(at + 1).trim()
    if (line.charAt(at - 1) === '!') this.immediate.push(this.expand(value))
    if (!hasOwn(this.given, name))
      this.variables.set(
        name,
        this.variables.has(name) && line.charAt(at - 1) === '+' ? `${this.variables.get(name) ?? ''} ${value}` : value,
      )
    return true
  }

  private rule(line: string): void {
    const at = line.indexOf(':')
    this.current = []
    if (at === -1) return
    const semicolon = line.indexOf(';', at)
    const names = this.wordsOf(line.slice(0, at))
    const needs = this.wordsOf(line.slice(at + 1, semicolon === -1 ? undefined : semicolon))
    const [target = ''] = names
    if (!target.startsWith('.')) this.first ??= target
    this.current = this.rules.size > MAX_RULES ? [] : names
    for (const name of this.current) {
      const rule = this.rules.get(name) ?? { needs: [], lines: [], anyway: [] }
      rule.needs.push(...needs)
      this.rules.set(name, rule)
    }
    if (semicolon !== -1) this.recipe(line.slice(semicolon + 1).trim())
  }

  private wordsOf(text: string): readonly string[] {
    return this.expand(text)
      .split(' ')
      .filter(word => word !== '' && word !== ':')
  }

  private recipe(line: string): void {
    const expanded = this.expand(line)
    const runsAnyway = RUNS_ANYWAY.test(expanded) || /\$[({]MAKE[)}]/.test(line)
    let at = 0
    while (at < expanded.length && '@-+ '.includes(expanded.charAt(at))) at++
    const script = expanded.slice(at)
    if (script === '') return
    for (const name of this.current) {
      this.rules.get(name)?.lines.push(script)
      if (runsAnyway) this.rules.get(name)?.anyway.push(script)
    }
  }

  private expand(text: string, depth = 0): string {
    let result = ''
    for (let i = 0; i < text.length && result.length < MAX_EXPANSION && this.steps-- > 0; i++) {
      const unit = text.charAt(i)
      const next = text.charAt(i + 1)
      const open = unit === '$' ? next : unit === '{' && next === '{' ? '{' : ''
      if (unit === '$' && next === '$') result += text.charAt(++i)
      else if (open === '(' || open === '{') {
        const end = closing(text, i + 1, open)
        this.steps -= end - i
        result += this.reference(text.slice(i + 2, end).trim(), depth)
        i = unit === '{' ? end + 1 : end
      } else if (unit === '$') {
        result += '${__}'
        i++
      } else result += unit
    }
    return result
  }

  private reference(name: string, depth: number): string {
    if (depth > 4) return '${__}'
    if (name.startsWith('shell ')) return substitution(this.expand(name.slice(6), depth + 1))
    if (name.startsWith('file ')) return fileFunction(this.expand(name.slice(5), depth + 1).trim())
    const value = this.variables.get(name)
    return value === undefined ? this.nested(name, depth) : this.expand(value, depth + 1)
  }

  /** A function that is not known, as `$(if a,$(shell b))`, may do what is within its arguments. */
  private nested(text: string, depth: number): string {
    let result = '${__}'
    for (let i = text.search(/\$[({]/); i !== -1; ) {
      const end = closing(text, i + 1, text.charAt(i + 1))
      this.steps -= end - i
      result += this.reference(text.slice(i + 2, end).trim(), depth + 1)
      const next = text.slice(end).search(/\$[({]/)
      i = next === -1 ? -1 : end + next
    }
    return result
  }
}

/** `$(file <path)`, `$(file >path,text)` */
function fileFunction(text: string): string {
  if (text.startsWith('<')) return `$(cat <${text.slice(1)})`
  const comma = text.indexOf(',')
  return comma === -1 ? `$(: ${text})` : `$(echo ${text.slice(comma + 1)} ${text.slice(0, comma)})`
}

/** @returns the index of the bracket that closes the one at the index */
function closing(text: string, from: number, open: string): number {
  const close = open === '(' ? ')' : '}'
  let depth = 0
  for (let i = from; i < text.length; i++) {
    if (text.charAt(i) === open) depth++
    else if (text.charAt(i) === close && --depth === 0) return i
  }
  return text.length
}

/** The recipes of the targets and of what they need, those first. */
export function recipesOf({ first, rules }: Rules, targets: readonly string[]): readonly string[] {
  const scripts: string[] = []
  const seen = new Set<string>()
  const pending = (targets.length > 0 ? [...targets] : first === undefined ? [] : [first]).reverse()
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    const rule = rules.get(name) ?? matching(rules, name)
    if (seen.has(name) || rule === undefined) continue
    seen.add(name)
    pending.push(...rule.needs)
    if (rule.lines.length > 0) scripts.push(rule.lines.join('\n'))
  }
  return scripts.reverse()
}

/** A rule of which the target has a `%`. */
function matching(rules: ReadonlyMap<string, Rule>, name: string): Rule | undefined {
  for (const [pattern, rule] of rules) {
    const at = pattern.indexOf('%')
    if (at !== -1 && name.startsWith(pattern.slice(0, at)) && name.endsWith(pattern.slice(at + 1))) return rule
  }
  return undefined
}
