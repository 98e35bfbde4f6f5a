/** Statements in a list that may be longer than they are. */
export interface StatementList {
  readonly list: ArrayLike<number>
  readonly length: number
}

/** So few are brought into order one by one, without a view of them. */
const FEW = 16

/** A list that is filled again for each request: an ordinary decision allocates nothing for it. */
export class StatementBuffer implements StatementList {
  list = new Uint32Array(64)
  length = 0
  private inOrder = true

  clear(): void {
    this.length = 0
    this.inOrder = true
  }

  push(statement: number): void {
    const { length } = this
    if (length === this.list.length) {
      const longer = new Uint32Array(2 * length)
      longer.set(this.list)
      this.list = longer
    }
    if (length > 0 && (this.list[length - 1] as number) > statement) this.inOrder = false // in bounds
    this.list[length] = statement
    this.length++
  }

  /** Brings the statements into file order, in which most lists come. */
  sorted(): this {
    if (this.inOrder) return this
    if (this.length > FEW) this.list.subarray(0, this.length).sort()
    else this.insertInOrder()
    return this
  }

  private insertInOrder(): void {
    const { list, length } = this
    for (let i = 1; i < length; i++) {
      const statement = list[i] as number // in bounds
      let at = i
      for (; at > 0 && (list[at - 1] as number) > statement; at--) list[at] = list[at - 1] as number // in bounds
      list[at] = statement
    }
  }
}
