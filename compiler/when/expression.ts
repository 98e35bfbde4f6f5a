/** An expression of `when` as written. Places are offsets in the text of the expression, not yet in the file. */

export interface Range {
  readonly start: number
  readonly end: number
}

/** What is wrong at a place of the expression. */
export interface ExpressionProblem extends Range {
  readonly code: 'when-syntax' | 'when-operand' | 'when-limit' | 'bad-field'
  readonly message: string
  readonly help?: string
}

export type Expression =
  | { readonly kind: 'and' | 'or'; readonly of: readonly Expression[] }
  | { readonly kind: 'not'; readonly of: Expression }
  | Comparison
  /** What could not be read, and has been reported. */
  | { readonly kind: 'missing' }

/** A field, an operator, and a value where the operator takes one. */
export interface Comparison extends Range {
  readonly kind: 'comparison'
  readonly field: Field
  readonly operator: Word
  /** Before the pattern of a regular expression: how it is read. */
  readonly dialect?: Word
  readonly value?: Literal
}

export interface Field extends Range {
  /** As conditions write it: names with dots between them. */
  readonly name: string
  /** As written here, perhaps with names in quotes. */
  readonly text: string
}

export interface Word extends Range {
  readonly text: string
}

export type Literal = TextLiteral | NumberLiteral | PlainLiteral | ListLiteral | MapLiteral

export interface TextLiteral extends Range {
  readonly kind: 'text'
  readonly value: string
  /** Where the UTF-16 unit at an offset of the value stands in the expression. */
  readonly pieces: readonly TextPiece[]
}

/** A part of the expression and the part of a value that it stands for. Pieces follow each other in both. */
export interface TextPiece extends Range {
  readonly text: string
}

export interface NumberLiteral extends Range {
  readonly kind: 'number'
  readonly value: number
  readonly text: string
}

export interface PlainLiteral extends Range {
  readonly kind: 'plain'
  readonly value: boolean | null
}

export interface ListLiteral extends Range {
  readonly kind: 'list'
  readonly items: readonly Literal[]
}

export interface MapLiteral extends Range {
  readonly kind: 'map'
  readonly entries: readonly { readonly key: TextLiteral; readonly value: Literal }[]
}
