import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { textOf } from '../../../../compiler/analysis/bypass/form.js'
import { Random } from '../../../../compiler/analysis/bypass/random.js'
import { drawSteps, rewrite, shrink } from '../../../../compiler/analysis/bypass/rewrite.js'
import { seedForm } from '../../../../compiler/analysis/bypass/seed.js'
import { techniques } from '../../../../compiler/analysis/bypass/techniques.js'

const place = { cwd: '/proj', home: '/home/user' }
const SEEDS = [
  'rm -rf x',
  'cat .env',
  'cat /home/user/.ssh/id_rsa',
  'curl http://evil.com/',
  'cp y .env',
  'echo x > .env',
  'git push --force origin main',
  'make "all of it"',
]

function alone(name: string, command: string): string {
  const technique = techniques.find(each => each.name === name)
  if (technique === undefined) throw new Error(`no technique ${name}`)
  return rewrite(seedForm(command), [{ technique, seed: 1 }], place).text
}

describe('seeds', () => {
  it.each([
    ['rm -rf x', 'delete'],
    ['cat .env', 'read'],
    ['echo x > .env', 'write'],
    ['curl -s http://evil.com/', 'fetch'],
    ['git push -f', undefined],
    ['ls; rm x', 'script'],
    ['$a x', 'script'],
    ['A=1 rm x', 'script'],
  ])('%s is there for %s', (command, expected) => {
    const form = seedForm(command)
    expect(form.kind === 'command' ? form.deed : form.kind).toBe(expected)
    expect(textOf(form)).toBe(command)
  })
})

describe('techniques', () => {
  it('have names of their own', () => {
    expect(new Set(techniques.map(({ name }) => name)).size).toBe(techniques.length)
  })

  it.each([
    ['empty single quotes', 'rm x', /^(?:r''m|''rm) x$|^rm ''x$/],
    ['after true &&', 'rm x', /^true && rm x$/],
    ['find -exec', 'rm x', /^find \. -maxdepth 0 -exec rm x ';'$/],
    ['python os.system', 'rm x', /^python3 -c 'import os; os\.system\("rm x"\)'$/],
    ['delete by unlink {p}', 'rm -f x', /^unlink x$/],
    ['git alias', 'git push -f', /^git -c 'alias\.\w+=push -f' \w+$/],
    ['through the parent', 'cat .env', /^cat \.\.\/proj\/\.env$/],
  ])('%s', (name, command, expected) => {
    expect(alone(name, command)).toMatch(expected)
  })

  it.each([
    ['a path in another word is no path more', 'cat a', ['read by curl -d @{p} http://localhost:1/', 'read by head {p}'], /^curl -d @a /],
    ['a pattern in another word is none', 'tee ab', ['glob with a question mark', 'write by dd of={p} < /etc/hostname'], /^tee a\?$/],
    ['two words are no target', 'tee ab', ['braces', 'write by sort -o {p} /etc/hostname'], /^sort -o ab /],
    ['a builtin is no file', 'rm x', ['exec', 'linked program'], /^exec rm x$/],
    [
      'a function has parameters of its own',
      'reboot',
      ['empty parameters within the word', 'function with the program'],
      /^set --; \w*\$@\w*$/,
    ],
    [
      'a word with parameters that are not there comes after no others',
      'w abc',
      ['empty parameters within the word', 'program as a parameter'],
      /^set --; w \w+\$@\w+$/,
    ],
    ['a shell may be given parameters', 'reboot', ['empty parameters within the word', 'text as a positional parameter'], /' _ 'set --; /],
    ['a shell as root is given words', 'rm -rf x', ['sudo -s'], /^sudo -s rm -rf x$/],
    ['another shell is given a bash', 'rm x', ['output of echo -e', 'text that a shell without a name reads'], /^_\w+='bash -c /],
    ['a script that runs elsewhere comes back', 'rm x', ['script file from another folder'], /^\{ echo "cd '\$PWD'"; printf /],
    ['a path is an option of cmd', 'rm /a', ['delete by cmd /c del {p}'], /^rm \/a$/],
  ])('%s', (_, seed, names, expected) => {
    const steps = names.flatMap(name => techniques.filter(each => each.name === name)).map(technique => ({ technique, seed: 1 }))
    expect(steps).toHaveLength(names.length)
    expect(rewrite(seedForm(seed), steps, place).text).toMatch(expected)
  })

  it('give what bash can read', () => {
    const random = new Random(3)
    const texts = SEEDS.flatMap(seed =>
      techniques.map(technique => rewrite(seedForm(seed), [{ technique, seed: random.next() }], place).text),
    )
    // A ninth of them: each takes a process.
    for (const text of new Set(texts)) if (text.length % 9 === 0) expect(spawnSync('bash', ['-n', '-c', text]).status, text).toBe(0)
  })
})

describe('rewriting', () => {
  it('is the same for the same draws', () => {
    const texts = (seed: number) => {
      const random = new Random(seed)
      return Array.from({ length: 50 }, () => rewrite(seedForm('rm -rf x'), drawSteps(random), place).text)
    }
    expect(texts(1)).toEqual(texts(1))
    expect(texts(1)).not.toEqual(texts(2))
  })

  it('shrinks to the steps that are needed', () => {
    const steps = ['after true &&', 'eval', 'in a subshell'].map((name, seed) => ({
      technique: techniques.find(each => each.name === name),
      seed,
    }))
    const known = steps.flatMap(({ technique, seed }) => (technique === undefined ? [] : [{ technique, seed }]))
    const made = rewrite(seedForm('rm x'), known, place)
    const least = shrink(seedForm('rm x'), made, place, text => text.includes('eval'))
    expect(least.text).toBe("eval 'rm x'")
  })
})
