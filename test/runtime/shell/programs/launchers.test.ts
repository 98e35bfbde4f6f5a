import { expect, test } from 'vitest'
import { modelOf } from '../../../../runtime/shell/programs/programs.js'
import { told, type Given } from '../../../support/recording-world.js'

const starts = (command: string, given: Given = {}) =>
  told(modelOf(command.split(' ')[0] ?? ''), command, given).lines.filter(line => /^(run|shell|script|unknown)/.test(line))

test.each([
  ['nohup rm x', 'run [rm x] via nohup'],
  ['timeout -vk 1 5 rm x', 'run [rm x] via timeout'],
  ['timeout --fore --pres 5 rm x', 'run [rm x] via timeout'],
  ['nice -5 rm x', 'run [rm x] via nice'],
  ['prlimit -n100 rm x', 'run [rm x] via prlimit'],
  ['taskset -c 0 rm x', 'run [rm x] via taskset'],
  ['sudo -nu root A=1 rm x', 'run [rm x] via sudo'],
  ['su - bob -c id', 'shell id via su -c'],
  ['flock -w 1 l -c id', 'shell id via flock'],
  ['env -iu A B=1 rm x', 'run [rm x] via env'],
  ['setarch x86_64 -R rm x', 'run [rm x] via setarch'],
  ['xterm -hold -e rm x', 'run [rm x] via xterm'],
  ['konsole -e id', 'shell id via konsole'],
  ['service ../../bin/rm x', 'run [../../bin/rm x] via service'],
  ['pueue add -d 5 rm x', 'shell rm x via pueue add'],
  ['xcrun rm x', 'run [rm x] via xcrun'],
  ['npm explore left-pad -- rm x', 'run [rm x] via npm explore'],
  ['gh alias set r !id', 'shell id via gh alias set'],
  ['coverage run -m tool', 'run [python -m tool] via coverage run'],
  ['shx rm x', 'run [rm x] via shx'],
  ['start-stop-daemon -S -x rm -- x', 'run [rm x] via start-stop-daemon'],
])('%s', (command, expected) => {
  expect(starts(command)).toEqual([expected])
})

test('env -S splits its argument and reads on', () => {
  expect(starts('env', { args: ['-vS', '-u A B=1 "rm"\\_-r', 'x'] })).toEqual(['run [rm -r x] via env'])
})

test('where an option is not known, any word may be the command', () => {
  expect(starts('timeout --new 5 rm x')).toEqual(['run [5 rm x] via timeout', 'run [rm x] via timeout', 'run [x] via timeout'])
})

test('names are looked up without version and suffix, and only among own properties', () => {
  expect(starts('SUDO.EXE -n rm x')).toEqual(['run [rm x] via sudo'])
  expect(modelOf('env-9.4')).toBeDefined()
  expect(modelOf('constructor')).toBeUndefined()
})
