/** Texts made to be slow: how our time grows with them, and where RegExp ends. */
import { runChild } from '../child.js'
import type { Effort } from '../effort.js'
import { agsecMatcher, type FindAll, tableOf } from '../matchers/engines.js'
import { FORCE_PUSH, HARD_PATTERNS, type HardPattern } from '../matchers/hard-patterns.js'
import { REALISTIC } from '../matchers/patterns.js'
import type { RegExpRun, RegExpTask } from '../matchers/regexp-child.js'
import { adversarialText } from '../matchers/texts.js'
import { measurePaired } from '../paired.js'
import { duration, type Section, times } from '../report.js'

/** Repeated tool names, doubled and doubled again, through all realistic patterns. */
export async function measureDoubling({ adversarialKb, limitMs, ...effort }: Effort): Promise<Section> {
  const ours = agsecMatcher(tableOf(REALISTIC))
  const texts = adversarialKb.map(kb => adversarialText(kb * 1024))
  const measured = await measurePaired(
    texts.map(text => ({ name: `${text.length / 1024} KB`, units: 1, run: () => ours(text) })),
    effort,
  )
  const figures: Record<string, number> = {}
  const rows = measured.map(({ name, ns, ratio }, i) => {
    const doubled = ratio / (measured[i - 1]?.ratio ?? Number.NaN)
    const regExp = runRegExps(REALISTIC, texts[i] ?? '', ours, limitMs)
    figures[`adversarial.regExp.${adversarialKb[i]}`] = regExp.ns / ns
    if (i > 0) figures['adversarial.doubling'] = Math.max(figures['adversarial.doubling'] ?? 0, doubled)
    return [
      name,
      duration(ns),
      times(doubled),
      `${regExp.cutOff ? '> ' : ''}${duration(regExp.ns)}`,
      `${regExp.cutOff ? '> ' : ''}${times(regExp.ns / ns)}`,
    ]
  })
  return {
    figures,
    tables: [
      {
        title: 'Adversarial: repeated tool names, 64 realistic patterns',
        columns: ['text', 'agsec', 'to half the text', 'RegExp, one by one', 'to agsec'],
        rows,
        notes: [`RegExp runs once, in a process of its own, and is cut off after ${limitMs / 1000} s (marked >)`],
      },
    ],
  }
}

interface RegExpsRun {
  readonly ns: number
  readonly cutOff: boolean
}

/** @throws where a pattern that came to an end says another thing than ours */
function runRegExps(patterns: readonly string[], text: string, ours: FindAll, limitMs: number): RegExpsRun {
  const task: RegExpTask = { patterns, text }
  const { lines, cutOff } = runChild('matchers/regexp-child', task, limitMs)
  const runs = lines as readonly RegExpRun[] // what the child prints
  const found = runs.flatMap((run, i) => (run.found ? [i] : []))
  const own = ours(text).filter(i => i < runs.length)
  if (String(found) !== String(own)) throw new Error(`RegExp finds ${String(found)}, we find ${String(own)}`)
  return { ns: cutOff ? limitMs * 1e6 : runs.reduce((sum, { ms }) => sum + ms * 1e6, 0), cutOff }
}

/** The longest that one pattern may take RegExp. */
const PATTERN_LIMIT_MS = 10_000

export async function measureHardPatterns(effort: Effort): Promise<Section> {
  const figures: Record<string, number> = {}
  const rows: string[][] = []
  for (const hard of HARD_PATTERNS.slice(0, effort.hardPatterns)) {
    const { ns, toBenign, regExp } = await measureHard(hard, effort)
    figures['adversarial.toBenign'] = Math.max(figures['adversarial.toBenign'] ?? 0, toBenign)
    if (hard.pattern === FORCE_PUSH) figures['adversarial.forcePush'] = regExp.ns / ns
    const atLeast = regExp.cutOff ? '> ' : ''
    rows.push([
      `\`${hard.pattern}\``,
      duration(ns),
      toBenign.toFixed(2),
      `${atLeast}${duration(regExp.ns)}`,
      `${atLeast}${times(regExp.ns / ns)}`,
    ])
  }
  return {
    figures,
    tables: [
      {
        title: `Hard patterns, one at a time, on ${effort.longKb} KB made for each`,
        columns: ['pattern', 'agsec', 'to an ordinary text', 'RegExp', 'to agsec'],
        rows,
        notes: ['the ordinary text has the same length and is read to its end too'],
      },
    ],
  }
}

async function measureHard({ pattern, adversarial, benign }: HardPattern, effort: Effort) {
  const ours = agsecMatcher(tableOf([pattern]))
  const length = effort.longKb * 1024
  const [hard, ordinary] = [adversarial(length), benign(length)]
  const [atOrdinary, atHard] = await measurePaired(
    [
      { name: 'ordinary', units: 1, run: () => ours(ordinary) },
      { name: 'hard', units: 1, run: () => ours(hard) },
    ],
    effort,
  )
  if (atOrdinary === undefined || atHard === undefined) throw new Error('two tasks give two figures')
  return { ns: atHard.ns, toBenign: atHard.ratio, regExp: runRegExps([pattern], hard, ours, Math.min(effort.limitMs, PATTERN_LIMIT_MS)) }
}
