/** What is said of the files that a command touches, from its text to its requests. */
import { expect, test } from 'vitest'
import { AbstractString, showString } from '../../../runtime/decide/abstract-string.js'
import { requestsOf } from '../../../runtime/shell/requests.js'
import { analyseIn } from './evaluate/show-analysis.js'

const shown = (value: unknown) => (typeof value === 'string' || value instanceof AbstractString ? showString(value) : String(value))

function effects(command: string, param = 'file_path'): readonly string[] {
  const whole = { action: 'bash.execute', params: { command }, context: {} }
  return requestsOf(whole, command, analyseIn(command), path => path).flatMap(({ role, beneath, request: { action, params } }) =>
    role === 'effect' && beneath !== true && action !== 'file.list' ? [`${action} ${shown(params[param])}`] : [],
  )
}

test('a tree that is laid out in a folder of which nothing is known is not laid out in the root', () => {
  expect(effects('cd "$D"; tar xf /a.tar').filter(each => each.startsWith('file.write'))).toEqual(['file.write ⟨path⟩'])
  expect(effects('tar xf /a.tar -C /')).toContain('file.write /')
  expect(effects("find / -type f -exec grep x '{}' \\;")).toContain('file.read /')
})

test('what is renamed where it lies stays in its folder', () => {
  expect(effects("find src -type f -exec rename s/a/b/ '{}' \\;", 'dest_path')).toContain('file.move /proj/src')
  expect(effects('mv a b', 'dest_path')).toContain('file.move /proj/b')
})

test('a target that is missing is not the root', () => {
  expect(effects('cp -R "$1" "$2"')).toEqual(['file.read /proj', 'file.write /proj'])
  expect(effects('cp a ""')).toEqual(['file.read /proj/a', 'file.write /proj'])
})

test('`!(a)` at the start of a name finds none that begins with a dot', () => {
  expect(effects('shopt -s extglob; cat x/!(a)')).not.toContain('file.read /proj/x/⟨char⟩⟨name⟩')
  expect(effects('shopt -s extglob; cat x/!(a)')).toContain('file.read /proj/x/⟨name⟩')
})

test('less shows the file that the command of `LESSOPEN` names', () => {
  expect(effects("LESSOPEN='echo .env # %s' less /a")).toContain('file.read /proj/.env')
  expect(effects("LESSOPEN='| echo .env' less /a")).not.toContain('file.read /proj/.env')
})
