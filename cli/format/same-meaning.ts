import type { Ir } from '../../compiler/ir/ir.js'

/** Whether two compilations decide alike, though their statements may stand on other lines. */
export function sameMeaning(a: Ir, b: Ir): boolean {
  return JSON.stringify(withoutPlaces(a)) === JSON.stringify(withoutPlaces(b))
}

function withoutPlaces(ir: Ir): object {
  return {
    ...ir,
    statements: ir.statements.map(statement => ({ ...statement, source: undefined })),
    // What a pattern compiles to follows from its source.
    patterns: ir.patterns.map(({ source }) => source),
  }
}
