/**
 * A pattern that is not regular, as a program for the backtracking machine of the runtime. Where several ways lead on, the one that the
 * dialect would take first comes first: with atomic groups, and in look-around, only the first match counts.
 */
import { FOLD, STEP } from '../../runtime/decide/run-backtracking.js'
import { type Fold, type Look, type Neighbour, type Pattern, partsOf } from './ast.js'
import type { Budget } from './budget.js'
import type { CharSet } from './char-set.js'
import { foldPairs } from './reference-folding.js'
import { widthOf } from './width.js'

export type BacktrackingProgram = readonly number[]

export function backtrackingProgram(pattern: Pattern, dialect: 'python' | 'es', budget: Budget): BacktrackingProgram {
  return new ProgramWriter(dialect, budget).write(pattern)
}

type Repeat = Pattern & { readonly kind: 'repeat' }

class ProgramWriter {
  readonly #code: number[] = []
  readonly #sets: number[] = []
  readonly #setOffsets = new Map<string, number>()
  readonly #registers = new Map<Pattern, number>()
  #registerCount = 0
  /** The offsets of sets and the targets of jumps are relative until it is known what stands before them. */
  readonly #setPlaces: number[] = []
  readonly #targetPlaces: number[] = []

  constructor(
    readonly dialect: 'python' | 'es',
    readonly budget: Budget,
  ) {}

  write(pattern: Pattern): BacktrackingProgram {
    this.#registerCount = 2 * (groupCount(pattern) + 1)
    // An empty iteration of ECMAScript goes to this place.
    this.#add(STEP.fail)
    this.#emit(pattern, 0)
    this.#add(STEP.match)
    const pairs = foldPairs(pattern, this.dialect).flat()
    const head = [this.#registerCount, 3 + pairs.length + this.#sets.length + 1, pairs.length / 2, ...pairs]
    for (const place of this.#setPlaces) this.#code[place] = (this.#code[place] ?? 0) + head.length
    for (const place of this.#targetPlaces) this.#code[place] = (this.#code[place] ?? 0) + head.length + this.#sets.length
    return [...head, ...this.#sets, ...this.#code]
  }

  #add(...words: readonly number[]): void {
    this.#code.push(...words)
    this.budget.spend(1)
    this.budget.countNfaStates(this.#code.length / 3)
  }

  #addJump(...words: readonly number[]): { to: (target: number) => void } {
    this.#add(...words, 0)
    const place = this.#code.length - 1
    this.#targetPlaces.push(place)
    return {
      to: target => {
        this.#code[place] = target
      },
    }
  }

  get #here(): number {
    return this.#code.length
  }

  #emit(pattern: Pattern, back: 0 | 1): void {
    switch (pattern.kind) {
      case 'empty':
        return
      case 'set':
        return this.#addWithSet(STEP.char, pattern.set, back)
      case 'sequence':
        for (const part of back === 1 ? [...pattern.of].reverse() : pattern.of) this.#emit(part, back)
        return
      case 'choice':
        return this.#choice(pattern.of, back)
      case 'repeat':
        return this.#repeat(pattern, back)
      case 'before':
      case 'after':
        return this.#neighbour(pattern)
      case 'ahead':
      case 'behind':
        return this.#look(pattern)
      case 'group':
        this.#add(STEP.save, this.#register(pattern))
        this.#emit(pattern.of, back)
        return this.#add(STEP.close, pattern.number, this.#register(pattern))
      case 'reference':
        return this.#add(STEP.reference, pattern.group, foldNumber(pattern.fold), this.dialect === 'es' ? 1 : 0, back)
      case 'atomic':
        return this.#atomic(pattern, () => this.#emit(pattern.of, back))
      case 'conditional': {
        const unset = this.#addJump(STEP.ifUnset, pattern.group)
        this.#emit(pattern.yes, back)
        const end = this.#addJump(STEP.jump)
        unset.to(this.#here)
        this.#emit(pattern.no, back)
        return end.to(this.#here)
      }
      default:
        return pattern satisfies never
    }
  }

  #addWithSet(step: number, set: CharSet, ...rest: readonly number[]): void {
    this.#setPlaces.push(this.#here + 1)
    this.#add(step, this.#setOffset(set), ...rest)
  }

  #setOffset(set: CharSet): number {
    const key = set.join()
    const offset = this.#setOffsets.get(key) ?? this.#sets.push(set.length, ...set) - set.length - 1
    this.#setOffsets.set(key, offset)
    return offset
  }

  /** One for each part of the pattern, which is enough for its copies, since they follow one another. */
  #register(pattern: Pattern, which = 0): number {
    const first = this.#registers.get(pattern) ?? this.#registerCount
    if (!this.#registers.has(pattern)) {
      this.#registers.set(pattern, first)
      this.#registerCount += 2
    }
    return first + which
  }

  #choice(of: readonly Pattern[], back: 0 | 1): void {
    const ends = of.slice(0, -1).map(alternative => {
      const next = this.#addJump(STEP.try)
      this.#emit(alternative, back)
      const end = this.#addJump(STEP.jump)
      next.to(this.#here)
      return end
    })
    for (const last of of.slice(-1)) this.#emit(last, back)
    for (const end of ends) end.to(this.#here)
  }

  #neighbour({ kind, set, edge }: Neighbour): void {
    this.#addWithSet(STEP.neighbour, set, edge ? 1 : 0, kind === 'before' ? 1 : 0)
  }

  #atomic(pattern: Pattern, emit: () => void): void {
    const mark = this.#register(pattern)
    this.#add(STEP.mark, mark)
    emit()
    this.#add(STEP.cut, mark)
  }

  #look(pattern: Look): void {
    const place = this.#register(pattern, 1)
    if (!pattern.negated) {
      this.#add(STEP.save, place)
      this.#atomic(pattern, () => this.#lookBody(pattern))
      return this.#add(STEP.restore, place)
    }
    const mark = this.#register(pattern)
    this.#add(STEP.mark, mark)
    const next = this.#addJump(STEP.try)
    this.#lookBody(pattern)
    this.#add(STEP.cut, mark)
    this.#add(STEP.fail)
    next.to(this.#here)
  }

  /** Python goes left by the one length that a look-behind has, and reads on from there; ECMAScript reads to the left. */
  #lookBody({ kind, of }: Look): void {
    if (kind === 'behind' && this.dialect === 'python') this.#add(STEP.left, widthOf(of).min)
    this.#emit(of, kind === 'behind' && this.dialect === 'es' ? 1 : 0)
  }

  #repeat(pattern: Repeat, back: 0 | 1): void {
    const { min, max, how } = pattern
    for (let count = 0; count < min; count++) {
      // A copy may add nothing, and a count may be four thousand million.
      this.budget.spend(1)
      if (how === 'possessive') this.#atomic(pattern, () => this.#iteration(pattern, back))
      else this.#iteration(pattern, back)
    }
    if (max > min) this.#optional(pattern, back)
  }

  /** In ECMAScript the groups of an iteration have not matched when it begins. */
  #iteration({ of }: Repeat, back: 0 | 1): void {
    if (this.dialect === 'es') for (const group of groupsIn(of)) this.#add(STEP.clear, 2 * group)
    this.#emit(of, back)
  }

  #optional(pattern: Repeat, back: 0 | 1): void {
    const { of, min, max } = pattern
    const mayBeEmpty = widthOf(of).min === 0
    const last = this.#register(pattern, 1)
    if (mayBeEmpty && this.dialect === 'python') this.#add(STEP.clear, last)
    const start = this.#here
    const exits: { to: (target: number) => void }[] = []
    for (let count = min; count < (max === Number.POSITIVE_INFINITY ? min + 1 : max); count++) {
      this.budget.spend(1)
      exits.push(...this.#oneMore(pattern, mayBeEmpty ? last : undefined, back))
    }
    if (max === Number.POSITIVE_INFINITY) this.#addJump(STEP.jump).to(start)
    for (const exit of exits) exit.to(this.#here)
  }

  /**
   * One iteration that need not be. Python makes one after an empty one no more; ECMAScript takes none that is empty.
   * @param last the register of the place where the iteration before began, for what may be empty
   */
  #oneMore(pattern: Repeat, last: number | undefined, back: 0 | 1): readonly { to: (target: number) => void }[] {
    const python = this.dialect === 'python'
    const exits: { to: (target: number) => void }[] = []
    if (pattern.how === 'lazy') {
      const more = this.#addJump(STEP.try)
      exits.push(this.#addJump(STEP.jump))
      more.to(this.#here)
    }
    if (last !== undefined && python) this.#unlessStill(last, pattern.how === 'lazy' ? undefined : exits)
    if (pattern.how === 'possessive') this.#add(STEP.mark, this.#register(pattern))
    if (pattern.how !== 'lazy') exits.push(this.#addJump(STEP.try))
    if (last !== undefined) this.#add(STEP.save, last)
    this.#iteration(pattern, back)
    if (last !== undefined && !python) this.#unlessStill(last, undefined)
    if (pattern.how === 'possessive') this.#add(STEP.cut, this.#register(pattern))
    return exits
  }

  /** Goes to an exit, or fails where there is none to go to. */
  #unlessStill(last: number, exits: { to: (target: number) => void }[] | undefined): void {
    const jump = this.#addJump(STEP.ifStill, last)
    if (exits === undefined) jump.to(0)
    else exits.push(jump)
  }
}

function foldNumber(fold: Fold): number {
  return FOLD[fold]
}

function groupCount(pattern: Pattern): number {
  return Math.max(0, ...groupsIn(pattern))
}

function groupsIn(pattern: Pattern): readonly number[] {
  return partsOf(pattern).flatMap(part => (part.kind === 'group' ? [part.number] : []))
}
