/** Statements in a list that may be longer than they are. */
export interface StatementList {
  readonly list: ArrayLike<number>
  readonly length: number
}

/** A list that is filled again for each request: an ordinary decision allocates nothing for it. */
export class StatementBuffer implements StatementList {
  list = new Uint32Array(64)
  length = 0

  push(statement: number): void {
    if (this.length === this.list.length) {
      const longer = new Uint32Array(2 * this.length)
      longer.set(this.list)
      this.list = longer
    }
    this.list[this.length++] = statement
  }

  /** Brings the statements into file order: what was added is few, or comes in order. */
  sorted(): this {
    const { list, length } = this
    if (length > MANY && !isSorted(list, length)) list.subarray(0, length).sort()
    else insertionSort(list, length)
    return this
  }
}

/** Beyond this an insertion sort may take longer than the engine's. */
const MANY = 32

function isSorted(list: Uint32Array, length: number): boolean {
  for (let i = 1; i < length; i++) if ((list[i - 1] as number) > (list[i] as number)) return false // in bounds
  return true
}

function insertionSort(list: Uint32Array, length: number): void {
  for (let i = 1; i < length; i++) {
    const statement = list[i] as number // in bounds
    let at = i
    for (; at > 0 && (list[at - 1] as number) > statement; at--) list[at] = list[at - 1] as number // in bounds
    list[at] = statement
  }
}
