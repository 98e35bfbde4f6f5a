/** Punycode (RFC 3492), the encoding half: international host names in their ASCII form. */

const BASE = 36
const T_MIN = 1
const T_MAX = 26

/** A label in ASCII: itself, or `xn--` and its encoding; undefined where it holds an unpaired surrogate. */
export function toPunycode(label: string): string | undefined {
  const points: number[] = []
  for (const char of label) points.push(char.codePointAt(0) ?? 0)
  if (points.every(point => point < 128)) return label
  if (points.some(point => point >= 0xd800 && point <= 0xdfff)) return undefined
  return `xn--${encode(points)}`
}

function encode(points: readonly number[]): string {
  const basic = points.filter(point => point < 128)
  let output = basic.map(point => String.fromCharCode(point)).join('')
  if (basic.length > 0) output += '-'
  const state = { n: 128, delta: 0, bias: 72, handled: basic.length }
  while (state.handled < points.length) {
    const next = Math.min(...points.filter(point => point >= state.n))
    state.delta += (next - state.n) * (state.handled + 1)
    state.n = next
    output += encodeRound(points, state, basic.length)
    state.delta++
    state.n++
  }
  return output
}

interface State {
  readonly n: number
  delta: number
  bias: number
  handled: number
}

/** Encodes every occurrence of the current code point `n`. */
function encodeRound(points: readonly number[], state: State, basicCount: number): string {
  let output = ''
  for (const point of points) {
    if (point < state.n) state.delta++
    if (point !== state.n) continue
    output += variableLength(state.delta, state.bias)
    state.bias = adapt(state.delta, state.handled + 1, state.handled === basicCount)
    state.delta = 0
    state.handled++
  }
  return output
}

function variableLength(delta: number, bias: number): string {
  let output = ''
  let q = delta
  for (let k = BASE; ; k += BASE) {
    const t = k <= bias ? T_MIN : k >= bias + T_MAX ? T_MAX : k - bias
    if (q < t) return output + digit(q)
    output += digit(t + ((q - t) % (BASE - t)))
    q = Math.floor((q - t) / (BASE - t))
  }
}

function digit(value: number): string {
  return String.fromCharCode(value < 26 ? value + 97 : value + 22)
}

function adapt(delta: number, count: number, first: boolean): number {
  let d = first ? Math.floor(delta / 700) : delta >> 1
  d += Math.floor(d / count)
  let k = 0
  for (; d > ((BASE - T_MIN) * T_MAX) >> 1; k += BASE) d = Math.floor(d / (BASE - T_MIN))
  return k + Math.floor(((BASE - T_MIN + 1) * d) / (d + 38))
}
