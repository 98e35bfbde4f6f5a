/** Code of the languages that the scanner knows. */
import type { Text } from '../analysis.js'
import type { Output } from '../programs/model.js'
import type { Effects } from './effects.js'
import { JAVASCRIPT } from './javascript.js'
import type { Language, LanguageName } from './language.js'
import { PERL } from './perl.js'
import { PHP } from './php.js'
import { PYTHON } from './python.js'
import { roleOf } from './role-table.js'
import { LUA, RUBY } from './ruby.js'
import { scanCode } from './scan.js'

const LANGUAGES: Readonly<Record<LanguageName, Language>> = {
  python: PYTHON,
  javascript: JAVASCRIPT,
  perl: PERL,
  ruby: RUBY,
  lua: LUA,
  php: PHP,
}

/** Tells what code does. @param args the arguments of the program after its code @returns what the code prints, where that is known */
export function scan(language: LanguageName, code: Text, effects: Effects, args: readonly Text[]): Output {
  const output = scanCode(code, LANGUAGES[language], effects, args)
  effects.meet(code)
  return output
}

/** Whether the name is that of a module of Python's standard library. */
export function isStandard(name: string): boolean {
  return roleOf(PYTHON.table(), name) !== undefined
}
