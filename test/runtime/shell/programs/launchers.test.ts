import { expect, test } from 'vitest'
import { record } from '../../../support/recording-world.js'

const runs = (command: string) => record(command.split(' ')).runs

test.each([
  ['nohup rm x', 'nohup: rm x'],
  ['timeout -vk 1 5 rm x', 'timeout: rm x'],
  ['timeout --fore --pres 5 rm x', 'timeout: rm x'],
  ['nice -5 rm x', 'nice: rm x'],
  ['prlimit -n100 rm x', 'prlimit: rm x'],
  ['taskset -c 0 rm x', 'taskset: rm x'],
  ['sudo -nu root A=1 rm x', 'sudo: rm x'],
  ['su - bob -c id', 'su -c: $ id'],
  ['flock -w 1 l -c id', 'flock: $ id'],
  ['env -iu A B=1 rm x', 'env: rm x'],
  ['env -S', undefined],
  ['setarch x86_64 -R rm x', 'setarch: rm x'],
  ['start-stop-daemon -S -x rm -- x', 'start-stop-daemon: rm x'],
])('%s', (command, expected) => {
  expect(runs(command)[0]).toBe(expected)
})

test('env -S splits its argument and reads on', () => {
  expect(record(['env', '-vS', '-u A B=1 "rm"\\_-r', 'x']).runs).toEqual(['env: rm -r x'])
})

test('where an option is not known, any word may be the command', () => {
  expect(runs('timeout --new 5 rm x')).toEqual(['timeout: 5 rm x', 'timeout: rm x', 'timeout: x'])
})
