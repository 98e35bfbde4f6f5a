/**
 * Patterns that are not regular, where a policy allows backtracking: a machine that tries one way after the other, under a cap on
 * the text and one on its steps. What it does not find out within them is not known.
 *
 * A program is words: the number of registers, where the instructions begin, the number of pairs of a character and the one that
 * it is compared as, those pairs, sets of characters (how many flips of membership, and those), and the instructions. Registers
 * 2n and 2n + 1 are where group n begins and ends.
 */
import { FALSE, type Kleene, TRUE, UNKNOWN } from './kleene.js'

/** Instructions, with their operands. `back`: 1 where characters are read to the left. */
export const STEP = {
  match: 0,
  /** set, back */
  char: 1,
  /** set, whether an edge of the text counts, back: whether it is the character before that is asked for */
  neighbour: 2,
  /** target */
  jump: 3,
  /** where to go on if this way fails */
  try: 4,
  fail: 5,
  /** register := place */
  save: 6,
  /** place := register */
  restore: 7,
  /** register := nothing */
  clear: 8,
  /** register := number of ways left to try */
  mark: 9,
  /** forgets all ways since that mark */
  cut: 10,
  /** register, target: goes there if the place is still the same */
  ifStill: 11,
  /** group, register where it began */
  close: 12,
  /** group, fold, whether a group that has not matched is empty, back */
  reference: 13,
  /** group, target: goes there if it has not matched */
  ifUnset: 14,
  /** number of characters to go left */
  left: 15,
} as const

/** How characters of a reference are compared. */
export const FOLD = { none: 0, ascii: 1, full: 2 } as const

/** The longest text, in UTF-16 units. */
export const LONGEST_TEXT = 4096

/** The most steps on one text; what is kept of a way that is put off counts too. */
const MOST_STEPS = 1 << 22

const UNSET = -1

export class BacktrackingMachine {
  private readonly folded = new Map<number, number>()
  private points: readonly number[] = []
  private steps = 0

  constructor(private readonly words: Uint32Array) {
    for (let pair = 0; pair < this.word(2); pair++) this.folded.set(this.word(3 + 2 * pair), this.word(4 + 2 * pair))
  }

  private word(index: number): number {
    return this.words[index] as number // the compiler wrote them, and their checksum was right
  }

  /** Whether the pattern is found anywhere in the text. */
  test(text: string): Kleene {
    if (text.length > LONGEST_TEXT) return UNKNOWN
    this.points = Array.from(text, char => char.codePointAt(0) as number) // no character is empty
    this.steps = MOST_STEPS
    let result: Kleene = FALSE
    for (let start = 0; start <= this.points.length && result === FALSE; start++) result = this.matchAt(start)
    return result
  }

  private matchAt(start: number): Kleene {
    const count = this.word(0)
    let registers: number[] = new Array<number>(count).fill(UNSET)
    /** For each way left to try its registers, place and instruction. */
    const ways: number[] = []
    let at = start
    let pc = this.word(1)
    while (--this.steps > 0) {
      const code = this.word(pc)
      const a = this.word(pc + 1)
      const b = this.word(pc + 2)
      let failed = false
      switch (code) {
        case STEP.match:
          return TRUE
        case STEP.char: {
          const from = at - b
          failed = !this.isIn(a, this.points[from])
          at = from + 1 - b
          pc += 3
          break
        }
        case STEP.neighbour: {
          const point = this.points[at - this.word(pc + 3)]
          failed = point === undefined ? b === 0 : !this.isIn(a, point)
          pc += 4
          break
        }
        case STEP.jump:
          pc = a
          break
        case STEP.try:
          ways.push(...registers, at, a)
          this.steps -= count
          pc += 2
          break
        case STEP.save:
          registers[a] = at
          pc += 2
          break
        case STEP.restore:
          at = registers[a] as number // every register that is read was written
          pc += 2
          break
        case STEP.clear:
          registers[a] = UNSET
          pc += 2
          break
        case STEP.mark:
          registers[a] = ways.length
          pc += 2
          break
        case STEP.cut:
          ways.length = registers[a] as number
          pc += 2
          break
        case STEP.ifStill:
          pc = registers[a] === at ? b : pc + 3
          break
        case STEP.close: {
          const began = registers[b] as number
          registers[2 * a] = Math.min(began, at)
          registers[2 * a + 1] = Math.max(began, at)
          pc += 3
          break
        }
        case STEP.reference: {
          const end = this.repeated(registers, a, at, pc)
          failed = end === UNSET
          at = end
          pc += 5
          break
        }
        case STEP.ifUnset:
          pc = registers[2 * a] === UNSET ? b : pc + 3
          break
        case STEP.left:
          at -= a
          failed = at < 0
          pc += 2
          break
        default:
          failed = true
      }
      if (!failed) continue
      if (ways.length === 0) return FALSE
      pc = ways.pop() as number
      at = ways.pop() as number
      registers = ways.splice(ways.length - count, count)
    }
    return UNKNOWN
  }

  /** Where the text of a group, read once more from a place on, ends; nothing where it does not stand there. */
  private repeated(registers: readonly number[], group: number, at: number, pc: number): number {
    const from = registers[2 * group] as number
    if (from === UNSET) return this.word(pc + 3) === 1 ? at : UNSET
    const length = (registers[2 * group + 1] as number) - from
    const back = this.word(pc + 4) === 1
    const start = back ? at - length : at
    this.steps -= length
    for (let i = 0; i < length; i++) {
      if (this.compared(this.points[from + i], this.word(pc + 2)) !== this.compared(this.points[start + i], this.word(pc + 2))) return UNSET
    }
    return back ? start : start + length
  }

  private compared(point: number | undefined, fold: number): number | undefined {
    if (point === undefined || fold === FOLD.none) return point
    if (fold === FOLD.ascii) return point >= 65 && point <= 90 ? point + 32 : point
    return this.folded.get(point) ?? point
  }

  private isIn(set: number, point: number | undefined): boolean {
    if (point === undefined) return false
    let low = 0
    let high = this.word(set)
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.word(set + 1 + middle) <= point) low = middle + 1
      else high = middle
    }
    return (low & 1) === 1
  }
}
