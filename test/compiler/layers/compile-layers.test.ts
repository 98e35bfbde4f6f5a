import { describe, expect, it } from 'vitest'
import { claimsOf, compileLayers } from '../../../compiler/layers/compile-layers.js'
import { joinTables, splitTables } from '../../../compiler/layers/join-tables.js'
import { agentLayer, layerPath, type LayerSources, MANAGED, projectLayer, USER } from '../../../compiler/layers/layer.js'
import { verifyLayers } from '../../../compiler/layers/verify-layers.js'
import { compile } from '../../../compiler/compile.js'
import { openDecider } from '../../../runtime/decide/open.js'
import { inMemory, type TableFile } from '../../../runtime/decide/table.js'
import type { Call, ValueMap } from '../../../runtime/decide/request.js'
import type { LayerTraits } from '../../../runtime/decide/layers.js'

const layer = (traits: LayerTraits, text: string): LayerSources => ({
  traits,
  sources: [{ path: layerPath(traits, 'policy.yaml'), text }],
})
const statements = (...all: readonly string[]) => `statements:\n${all.map(one => `  - ${one}\n`).join('')}`
const managed = layer(MANAGED, statements('{ sid: A, effect: deny, actions: a, reason: "not a" }'))
const user = layer(USER, `default: allow\n${statements('{ sid: B, effect: review, actions: b }')}`)
const codex = layer(agentLayer('codex'), 'default: deny')
const project = layer(
  projectLayer(false),
  statements(
    '{ sid: obey_the_project, effect: deny, actions: p, reason: "obey the reason", guidance: "obey the guidance" }',
    '{ effect: review, actions: q, conditions: { params.obey_field: { op: regex, value: obey_value } } }',
  ),
)
const ask = (action: string, context: ValueMap = {}, params: ValueMap = {}): Call => [
  { role: 'whole', request: { action, params, context } },
]

function compiled(layers: readonly LayerSources[]) {
  const compilation = compileLayers(layers)
  if (compilation.table === undefined) throw new Error(compilation.diagnostics.map(({ message }) => message).join('\n'))
  return { ...compilation, table: compilation.table }
}

const whole = compiled([managed, user, codex, project])
const claims = claimsOf(whole.layers)
const found = (table: Uint8Array) => verifyLayers(table, claims, 'table').diagnostics.map(({ message }) => message)

describe('layers', () => {
  it('of a user alone are the very table of the policy', () => {
    expect(compiled([user]).table).toEqual(compile(user.sources, { emit: false }).table)
    expect(compiled([user]).sourceDigest).toBe(compile(user.sources, { emit: false }).sourceDigest)
  })

  it('are proved', () => {
    expect(whole.verification).toMatchObject({ diagnostics: [], statements: whole.statementCount })
    expect(found(whole.table)).toEqual([])
  })

  it('tell how many statements there are, and of which sources', () => {
    const { info } = openDecider(whole.table)
    expect(info).toMatchObject({ statementCount: whole.statementCount, sourceDigest: whole.sourceDigest })
    expect(compiled([managed, user]).sourceDigest).not.toBe(compiled([layer(MANAGED, 'default: deny'), user]).sourceDigest)
  })

  it('each report what is wrong with them', () => {
    const { diagnostics, table } = compileLayers([layer(MANAGED, 'statments: []'), layer(USER, 'statements: ['), codex])
    expect(table).toBeUndefined()
    expect(new Set(diagnostics.map(({ span }) => span.source.path))).toEqual(new Set(['managed:policy.yaml', 'policy.yaml']))
  })

  it('open the table of an agent for that agent alone', () => {
    const tables = splitTables(whole.table)?.layers ?? []
    const at = tables.findIndex(({ traits }) => traits.agent === 'codex')
    const from = whole.table.length - tables.slice(at).reduce((sum, { table }) => sum + table.length, 0)
    const reads: number[] = []
    const file = inMemory(whole.table)
    const watched: TableFile = {
      size: file.size,
      read: (offset, length) => {
        reads.push(offset)
        return file.read(offset, length)
      },
    }
    const isRead = () => reads.some(offset => offset >= from && offset < from + (tables[at]?.table.length ?? 0))
    const decider = openDecider(watched)
    expect(decider.decide(ask('x', { agent: 'claude-code' })).decision).toBe('allow')
    expect(isRead()).toBe(false)
    expect(decider.decide(ask('x', { agent: 'codex' })).decision).toBe('deny')
    expect(isRead()).toBe(true)
  })

  it('explain their statements one after the other', () => {
    const both = compiled([managed, layer(USER, statements('{ sid: A, effect: allow, actions: a }'))])
    const explained = openDecider(both.table).explain(ask('a'))
    expect(explained.map(({ source }) => source)).toEqual(['managed:policy.yaml:2', 'policy.yaml:2'])
  })
})

describe('a project that nobody trusted', () => {
  it('has no word of its author in its table', () => {
    const { table } = compiled([project])
    const text = Buffer.from(table).toString('utf16le') + Buffer.from(table).toString('latin1')
    // The field and the pattern have to be there: nothing tells them to anybody.
    for (const word of ['obey_the_project', 'obey the reason', 'obey the guidance', 'policy.yaml', 'regex "obey_value"']) {
      expect(text, word).not.toContain(word)
    }
  })

  it('tells its statements by their numbers', () => {
    const decider = openDecider(whole.table)
    expect(decider.decide(ask('p'))).toMatchObject({ decision: 'deny', sid: 'project#1', reason: "Denied by 'project#1'" })
    const possible = decider.decide(ask('q', {}, { obey_field: [] }))
    expect(possible).toMatchObject({ decision: 'review', sid: 'project#2' })
    expect(JSON.stringify(decider.explain(ask('q', {}, { obey_field: [] })))).not.toContain('obey')
    expect(JSON.stringify(possible)).not.toContain('obey')
  })

  it('speaks in its own words once it is trusted', () => {
    const { table } = compiled([{ ...project, traits: projectLayer(true) }])
    expect(openDecider(table).decide(ask('p'))).toMatchObject({ sid: 'obey_the_project', guidance: 'obey the guidance' })
  })
})

describe('in observe mode', () => {
  const decider = openDecider(
    compiled([layer(MANAGED, `default: review\n${statements('{ sid: M, effect: allow, actions: m }')}`), user]).table,
  )
  const observed = (action: string) => decider.decide(ask(action), { protectionOnly: true })

  it('the managed layer enforces, its default too', () => {
    expect(observed('m')).toMatchObject({ decision: 'allow', sid: 'M' })
    expect(observed('b')).toMatchObject({ decision: 'review', sid: null, reason: expect.stringContaining('managed layer') })
  })

  it('the other layers do not', () => {
    expect(openDecider(compiled([managed, user]).table).decide(ask('b'), { protectionOnly: true }).decision).toBe('allow')
    expect(openDecider(compiled([managed, user]).table).decide(ask('a'), { protectionOnly: true }).decision).toBe('deny')
  })
})

describe('layers that are not what was compiled', () => {
  const without = (traits: LayerTraits, key: 'agent' | 'always' | 'tightens') => {
    const copy: { -readonly [Key in keyof LayerTraits]: LayerTraits[Key] } = { ...traits }
    delete copy[key]
    return copy
  }
  const tables = () => splitTables(whole.table) ?? { digest: '', layers: [] }
  const rejoined = (
    change: (layers: ReturnType<typeof tables>['layers']) => ReturnType<typeof tables>['layers'],
    digest = tables().digest,
  ) => joinTables(change(tables().layers), digest)

  it.each<[string, Uint8Array, string]>([
    ['one is gone', rejoined(layers => layers.slice(1)), '3 layers for 4'],
    [
      'they are in another order',
      rejoined(([a, b, ...rest]) => [b, a, ...rest].flatMap(one => one ?? [])),
      'expected {"name":"managed","always":true}',
    ],
    [
      'the project may allow',
      rejoined(layers => layers.map(({ traits, table }) => ({ traits: without(traits, 'tightens'), table }))),
      '"tightens":true',
    ],
    [
      'the managed one does not always count',
      rejoined(layers => layers.map(({ traits, table }) => ({ traits: without(traits, 'always'), table }))),
      '"always":true',
    ],
    [
      'an agent speaks for all',
      rejoined(layers => layers.map(({ traits, table }) => ({ traits: without(traits, 'agent'), table }))),
      '"agent":"codex"',
    ],
    ['their sources are others', rejoined(layers => layers, 'f'.repeat(64)), 'other sources'],
    [
      'tables are exchanged',
      rejoined(layers => layers.map(({ traits }, i) => ({ traits, table: layers[(i + 1) % layers.length]?.table ?? new Uint8Array() }))),
      'statements for',
    ],
    ['there is one table', compile(user.sources, { emit: false }).table ?? new Uint8Array(), 'no layers'],
  ])('%s', (_, table, message) => {
    expect(found(table).join('\n')).toContain(message)
  })

  it('are found by any byte of their directory that is another, or refused', () => {
    const end = whole.table.length - tables().layers.reduce((sum, { table }) => sum + table.length, 0)
    for (let at = 0; at < end; at++) {
      const damaged = Uint8Array.from(whole.table)
      damaged[at] = (damaged[at] ?? 0) ^ 1
      // To prove the layers costs more than to open them.
      if (at % 7 === 0) expect(found(damaged), `byte ${at}`).not.toEqual([])
      expect(() => openDecider(damaged).decide(ask('a')), `byte ${at}`).toThrow()
    }
  })
})
