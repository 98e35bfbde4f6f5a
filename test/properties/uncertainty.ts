/** Knowing less: some of a request's texts are known only in part. */
import { ok } from 'node:assert/strict'
import fc from 'fast-check'
import { AbstractString, type HoleKind } from '../../runtime/decide/abstract-string.js'
import { openDecider } from '../../runtime/decide/open.js'
import type { Call, Request, Value } from '../../runtime/decide/request.js'
import { callAbout } from '../arbitrary/calls.js'
import { LARGE_REGEX_FIELD, policyFiles } from '../arbitrary/policies.js'
import { evaluate } from '../reference/condition.js'
import { decideReference } from '../reference/decide-reference.js'
import { compiled } from './deciding.js'
import { target } from './target.js'

/** Which part of a text is no longer known: from and to, as parts of its length, and the hole that stands for it if it can. */
interface Blur {
  readonly from: number
  readonly to: number
  readonly hole: HoleKind
}

const place = fc.double({ min: 0, max: 1, noNaN: true })
const blur: fc.Arbitrary<Blur | null> = fc.option(
  fc.record({ from: place, to: place, hole: fc.constantFrom('any', 'below', 'segment', 'char', 'visible') }),
  { freq: 3 },
)

/** `ignore` is the one setting by which a deny may be lost. */
const heedful = policyFiles
  // The reference does not look ahead in texts known only in part.
  .filter(files => !files.some(text => text.includes(LARGE_REGEX_FIELD)))
  .map(files => files.map(text => text.replaceAll('"ignore"', '"review"')))

export const uncertainty = target({
  name: 'uncertainty',
  component: 'runtime/decide/',
  says: 'knowing less never lets through what was not allowed, and a condition is then unknown or what it was',
  runs: 250,
  cases: heedful.chain(files =>
    fc.record({
      files: fc.constant(files),
      request: callAbout(files).map(requestOf),
      blurs: fc.array(blur, { minLength: 2, maxLength: 6 }),
    }),
  ),
  check: ({ files, request, blurs }) => {
    const known = withoutHoles(request)
    const partly = blurred(known, blurs)
    const { policy, table } = compiled(files)
    const decider = openDecider(table)
    const describe = () => JSON.stringify({ known, partly })
    for (const decide of [(call: Call) => decider.decide(call), (call: Call) => decideReference(policy, call)]) {
      const [before, after] = [known, partly].map(one => decide([{ role: 'whole', request: one }]).decision)
      ok(before === 'allow' || after !== 'allow', describe())
    }
    const [before, after] = [known, partly].map(one => decider.explain([{ role: 'whole', request: one }]))
    after?.forEach(({ condition }, i) => ok(condition === 'unknown' || condition === before?.[i]?.condition, describe()))
    for (const { condition } of policy.statements) {
      const [sure, unsure] = [known, partly].map(one => evaluate(condition, one).value)
      ok(unsure === 'unknown' || unsure === sure, describe())
    }
  },
})

function requestOf([first]: Call): Request {
  return first?.request ?? { action: 'a', params: {}, context: {} }
}

function withoutHoles(request: Request): Request {
  const filled = (value: Value): Value =>
    value instanceof AbstractString ? value.parts.filter(part => typeof part === 'string').join('') : value
  return { ...request, params: mapTexts(request.params, filled) }
}

function blurred(request: Request, blurs: readonly (Blur | null)[]): Request {
  let met = 0
  const blurOne = (value: Value): Value => {
    const how = blurs[met++ % blurs.length]
    return typeof value === 'string' && how ? blurredText(value, how) : value
  }
  return { ...request, params: mapTexts(request.params, blurOne) }
}

function mapTexts(params: Request['params'], change: (value: Value) => Value): Request['params'] {
  const changed = (value: Value): Value => {
    if (value instanceof AbstractString || typeof value !== 'object' || value === null) return change(value)
    if (isList(value)) return value.map(changed)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, changed(item)]))
  }
  return Object.fromEntries(Object.entries(params).map(([key, value]) => [key, changed(value)]))
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value)
}

function blurredText(text: string, { from, to, hole }: Blur): Value {
  const chars = [...text]
  const [start, end] = [from, to].map(part => Math.floor(part * (chars.length + 1))).sort((a, b) => a - b)
  const [before, middle, after] = [chars.slice(0, start), chars.slice(start, end), chars.slice(end)].map(each => each.join(''))
  const kind = canStandFor(hole, before ?? '', middle ?? '', after ?? '') ? hole : 'any'
  return AbstractString.of([before ?? '', { hole: kind }, after ?? ''])
}

/** A hole for a name makes no segment empty, `.`, `..`, a home folder or a drive, and a hole for what lies beneath holds none of the first. */
function canStandFor(hole: HoleKind, before: string, middle: string, after: string): boolean {
  const segment = `${before.slice(before.search(/[^/\\]*$/))}${middle}${/^[^/\\]*/.exec(after)?.[0] ?? ''}`
  const isRoot = !/[/\\]/.test(before) && /^(~|[A-Za-z]:)/.test(segment)
  switch (hole) {
    case 'any':
      return true
    case 'segment':
      return !/[/\\]/.test(middle) && isName(segment) && !isRoot
    case 'char':
      return [...middle].length === 1 && !/[/\\]/.test(middle) && isName(segment) && !isRoot
    case 'visible':
      return middle !== '' && !/[/\\]/.test(middle) && !middle.startsWith('.') && !isRoot
    case 'below':
      return middle === '' || (/^(\/[^/\\]+)+$/.test(middle) && middle.slice(1).split('/').every(isName))
    default:
      return hole satisfies never
  }
}

function isName(segment: string): boolean {
  return segment !== '' && segment !== '.' && segment !== '..'
}
