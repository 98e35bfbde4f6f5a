/** Statements in a list that may be longer than they are. */
export interface StatementList {
  readonly list: ArrayLike<number>
  readonly length: number
}

/** A list in file order that is filled again for each request: an ordinary decision allocates nothing for it. */
export class StatementBuffer implements StatementList {
  list = new Uint32Array(64)
  length = 0

  clear(): void {
    this.length = 0
  }

  /** Most statements come in file order. */
  add(statement: number): void {
    if (this.length === this.list.length) {
      const longer = new Uint32Array(2 * this.length)
      longer.set(this.list)
      this.list = longer
    }
    const { list } = this
    let at = this.length++
    for (; at > 0 && (list[at - 1] as number) > statement; at--) list[at] = list[at - 1] as number // in bounds
    list[at] = statement
  }
}
