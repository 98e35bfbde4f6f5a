/** Splitting the classes by what reads them: classes that the same positions read are one cell, and lead to the same state. */

/** Marks of one word; the sign is left out. */
const MARKS_PER_ROUND = 31

export class ClassCells {
  /** The cell of each class, after `finish`. */
  readonly cellOf: Int32Array
  /** A class of each cell. */
  readonly samples: Int32Array
  #count = 0
  #marks = 0
  readonly #marksOf: Int32Array
  readonly #seenCells: Int32Array
  readonly #seenMarks: Int32Array

  constructor(readonly classCount: number) {
    this.cellOf = new Int32Array(classCount)
    this.samples = new Int32Array(classCount)
    this.#marksOf = new Int32Array(classCount)
    this.#seenCells = new Int32Array(classCount)
    this.#seenMarks = new Int32Array(classCount)
  }

  /** @param cellOf the split to begin with, by numbers below that of the classes */
  begin(cellOf: Int32Array): void {
    this.cellOf.set(cellOf)
    this.#marksOf.fill(0)
    this.#marks = 0
  }

  /** Tells the classes for which the bit of their group is set from the others. */
  mark(classes: Int32Array, groupOf: Int32Array, groups: number): void {
    if (this.#marks === MARKS_PER_ROUND) this.#flush()
    const bit = 1 << this.#marks++
    for (let i = 0; i < classes.length; i++) {
      const each = classes[i] ?? 0
      if (((groups >> (groupOf[each] ?? 0)) & 1) === 1) this.#marksOf[each] = (this.#marksOf[each] ?? 0) | bit
    }
  }

  /** The number of cells. */
  finish(): number {
    this.#flush()
    return this.#count
  }

  #flush(): void {
    this.#count = 0
    for (let each = 0; each < this.classCount; each++) {
      this.cellOf[each] = this.#find(each, this.cellOf[each] ?? 0, this.#marksOf[each] ?? 0)
    }
    this.#marksOf.fill(0)
    this.#marks = 0
  }

  #find(each: number, cell: number, marks: number): number {
    for (let found = 0; found < this.#count; found++) {
      if (this.#seenMarks[found] === marks && this.#seenCells[found] === cell) return found
    }
    this.#seenCells[this.#count] = cell
    this.#seenMarks[this.#count] = marks
    this.samples[this.#count] = each
    return this.#count++
  }
}
