/** What a client has to do with agsec's hook, and what it does when something is wrong with it: one test a cell. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ASKED_FILE, type Client, CLIENTS, ORIGINAL_FILE, REWRITTEN_FILE, type Scope } from './clients.js'
import { explanationOf } from './explained.js'
import { FAULTS, type Fault } from './faults.js'
import { installClient } from './install-client.js'
import { HAS_NAMESPACES, Machine } from './machine.js'
import type { ToolStep } from './model-apis.js'
import { SUB_MARK } from './model-server.js'
import { HAS_TERMINALS } from './terminal.js'
import { noteCell, noteTime, type Outcome, writeResults } from './results.js'
import type { Turn } from './run-client.js'

const REASON = 'in a test'

export function conformance(platform: string): void {
  const client = CLIENTS.find(each => each.platform === platform)
  if (client === undefined) throw new Error(`no client ${platform}`)
  beforeAll(() => installClient(client))
  afterAll(() => writeResults(client, ROWS))
  describe('without agsec', () => withoutHook(client))
  for (const scope of client.scopes) {
    describe.skipIf(scope === 'managed' && !HAS_NAMESPACES)(`installed for the ${scope}`, () => inScope(client, scope))
  }
}

/** What a call is about: something that the policy denies, or something that it does not mention. */
type About = 'denied' | 'fine'

/** Each kind of call. */
interface Kind {
  readonly name: string
  readonly steps: (client: Client, machine: Machine, about: About) => readonly ToolStep[]
  readonly ran: (machine: Machine, turn: Turn, about: About) => boolean
  /** Whether it is a sub-agent that does it. */
  readonly sub?: true
}

const KINDS: readonly Kind[] = [
  {
    name: 'shell command',
    steps: ({ tools }, _machine, about) => [tools.shell(`touch ${about}.shell`)],
    ran: (machine, _turn, about) => machine.has(`${about}.shell`),
  },
  {
    name: 'read',
    steps: ({ tools }, { project }, about) => [tools.read?.(join(project, `${about}.txt`)) ?? tools.shell(`cat ${about}.txt`)],
    ran: (_machine, { sent }, about) => sent.includes(`TEXT-${about}`),
  },
  {
    name: 'write',
    steps: ({ tools }, { project }, about) => [tools.write(join(project, `${about}.write`), 'x')],
    ran: (machine, _turn, about) => machine.has(`${about}.write`),
  },
  {
    name: 'edit',
    // Some clients let a file be edited only after it has been read.
    steps: ({ tools }, { project }, about) => [
      ...(tools.read === undefined ? [] : [tools.read(join(project, `${about}.edit`))]),
      tools.edit(join(project, `${about}.edit`), 'before', 'after'),
    ],
    ran: (machine, _turn, about) => machine.text(`${about}.edit`) !== 'before\n',
  },
  {
    name: 'MCP tool',
    steps: ({ tools }, { project }, about) => [tools.mcp(join(project, `${about}.mcp`))],
    ran: (machine, _turn, about) => machine.has(`${about}.mcp`),
  },
  {
    name: "a sub-agent's shell command",
    sub: true,
    steps: ({ tools }) => [tools.spawn(`${SUB_MARK} go on`), ...(tools.wait === undefined ? [] : [tools.wait])],
    ran: (machine, _turn, about) => machine.has(`${about}.sub`),
  },
]

/** What a sub-agent does, as soon as there is one. */
function subSteps({ tools }: Client, { project }: Machine, about: About): readonly ToolStep[] {
  return [tools.shell(`touch ${join(project, `${about}.sub`)}`)]
}

/** All in one turn where a denied call does not end it. */
async function runKinds(client: Client, machine: Machine, about: About): Promise<ReadonlyMap<Kind, Turn>> {
  const turns = new Map<Kind, Turn>()
  for (const kinds of client.denyEnds === true && about === 'denied' ? KINDS.map(kind => [kind]) : [KINDS]) {
    const main = kinds.flatMap(({ steps }) => steps(client, machine, about))
    const turn = await machine.run({ main, sub: subSteps(client, machine, about) })
    for (const kind of kinds) turns.set(kind, turn)
  }
  return turns
}

/** Which of them did not run, for a message that says it. */
function notRun(machine: Machine, turns: ReadonlyMap<Kind, Turn>, about: About): readonly string[] {
  return [...turns].flatMap(([kind, turn]) => (kind.ran(machine, turn, about) ? [] : [kind.name]))
}

/** The calls of one turn that are timed: enough for a median. */
const TIMED = Array.from({ length: 7 }, (_, i) => `timed-${i}`)

/** Milliseconds from the model's call of a tool to its result: the median of a turn. */
async function timeOf(client: Client, machine: Machine): Promise<number> {
  const { waits } = await machine.run({ main: TIMED.map(name => client.tools.write(join(machine.project, name), 'x')) })
  expect(TIMED.filter(name => machine.has(name))).toEqual(TIMED)
  return [...waits].sort((a, b) => a - b)[Math.floor(waits.length / 2)] ?? Number.NaN
}

/** Without the hook everything runs, or a test of it would say nothing. */
function withoutHook(client: Client): void {
  let machine: Machine
  let turns: ReadonlyMap<Kind, Turn>
  beforeAll(async () => {
    machine = await Machine.make(client, 'user')
    turns = await runKinds(client, machine, 'denied')
  })
  afterAll(() => machine.dispose())
  it.each(KINDS)('$name: runs', kind => {
    const turn = turns.get(kind)
    expect(turn !== undefined && kind.ran(machine, turn, 'denied'), turn?.output).toBe(true)
  })
  it('takes its time', async () => noteTime('without', await timeOf(client, machine)))
}

function inScope(client: Client, scope: Scope): void {
  let machine: Machine
  beforeAll(async () => {
    machine = await Machine.make(client, scope)
    await machine.install()
    machine.keep()
  })
  afterAll(() => machine.dispose())
  decisions(client, scope, () => machine)
  describe('something is wrong', () => {
    beforeAll(() => machine.keep())
    it('nothing yet: a call that is allowed runs', async () => {
      machine.reset()
      await machine.run({ main: [client.tools.write(join(machine.project, ORIGINAL_FILE), 'x')] })
      expect(machine.has(ORIGINAL_FILE)).toBe(true)
    })
    const faults = FAULTS.filter(({ managed }) => scope === 'user' || managed === true)
    for (const fault of faults) {
      it(fault.name, async () => {
        machine.reset()
        await faultCell(client, machine, fault)
      })
    }
  })
}

function decisions(client: Client, scope: Scope, machine: () => Machine): void {
  it('allow: each kind of call runs', async () => {
    const turns = await runKinds(client, machine(), 'fine')
    expect(notRun(machine(), turns, 'fine')).toEqual([])
    note(client, scope, 'allow', 'ran', 'ran')
  })
  it('review: asks or denies', async () => {
    const turn = await machine().run({ main: [client.tools.shell('touch asked.shell')] })
    note(client, scope, 'review', outcomeOf(turn, machine().has('asked.shell')))
  })
  if (scope === 'user' && client.interactive !== undefined)
    it.skipIf(!HAS_TERMINALS).each(ANSWERS)('review at a terminal: its own question, answered %s', async answer => {
      machine().reset()
      const files = [ORIGINAL_FILE, ASKED_FILE].map(file => join(machine().project, file))
      const { asked, screen } = await machine().converse({ main: files.map(file => client.tools.write(file, 'x')) }, answer)
      // What is allowed ran without a question: the question is the review's.
      expect({ asked, allowed: machine().has(ORIGINAL_FILE) }, screen).toEqual({ asked: true, allowed: true })
      const wanted = answer === 'yes' ? 'ran' : 'blocked'
      note(client, scope, terminalRow(answer), machine().has(ASKED_FILE) ? 'ran' : 'blocked', wanted)
    })
  if (scope === 'user')
    it('takes a time that is told beside that without it', async () => noteTime('with', await timeOf(client, machine())))
  describe('deny', () => {
    let turns: ReadonlyMap<Kind, Turn>
    beforeAll(async () => void (turns = await runKinds(client, machine(), 'denied')))
    it.each(KINDS)('$name', kind => {
      const turn = turns.get(kind)
      if (turn === undefined) throw new Error('it was not tried')
      // A sub-agent that never came to its call says nothing.
      if (kind.sub === true) expect(turn.subCalls).toBeGreaterThan(0)
      note(client, scope, `deny: ${kind.name}`, outcomeOf(turn, kind.ran(machine(), turn, 'denied')))
    })
    it('the model is told why', () => {
      const told = [...turns.values()].some(({ sent }) => sent.includes(REASON))
      note(client, scope, TOLD, told ? 'told' : 'not told', 'told')
    })
  })
}

const ANSWERS = ['yes', 'no'] as const
const terminalRow = (answer: (typeof ANSWERS)[number]) => `review at a terminal, answered ${answer}`
const TOLD = 'deny: the model is told why'
const ROWS = [
  'allow',
  'review',
  ...ANSWERS.map(terminalRow),
  ...KINDS.map(({ name }) => `deny: ${name}`),
  TOLD,
  ...FAULTS.map(({ name }) => name),
]

const FAULT_LIMIT_MS = 45_000

async function faultCell(client: Client, machine: Machine, fault: Fault): Promise<void> {
  const options = await fault.arrange(machine)
  if (options === undefined) return
  const made = { allowed: ORIGINAL_FILE, asked: ASKED_FILE, denied: REWRITTEN_FILE }[fault.call]
  const place = (file: string) => join(options.cwd ?? machine.project, file)
  const files = [...(fault.alsoRuns === true ? [ORIGINAL_FILE] : []), fault.asks ?? made]
  const turn = await machine.run({ main: files.map(file => client.tools.write(place(file), 'x')) }, { limitMs: FAULT_LIMIT_MS, ...options })
  if (fault.alsoRuns === true) expect(existsSync(place(ORIGINAL_FILE)), turn.output).toBe(true)
  const outcome = outcomeOf(turn, existsSync(place(made)))
  if (outcome === 'not started') expect(fault.mayNotStart, turn.output).toBe(true)
  note(client, machine.scope, fault.name, outcome)
}

function outcomeOf({ called, timedOut }: Turn, ran: boolean): Outcome {
  if (ran) return 'ran'
  if (called.length === 0) return 'not started'
  return timedOut ? 'hung' : 'blocked'
}

/** What is not as it should be has to have an explanation, and what is must have none. */
function note(client: Client, scope: Scope, cell: string, outcome: Outcome, wanted: Outcome = 'blocked'): void {
  noteCell(scope, cell, outcome)
  const good = outcome === wanted || (wanted === 'blocked' && outcome === 'not started')
  const explained = explanationOf(client.platform, scope, cell) !== undefined
  expect({ cell, outcome, explained }).toEqual({ cell, outcome, explained: !good })
}
