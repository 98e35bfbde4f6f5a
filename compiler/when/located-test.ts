/** A comparison as the condition that it stands for, so that all that is checked of conditions is checked of it, in one place. */
import {
  type Entry,
  type Located,
  locatedList,
  type LocatedMap,
  locatedMap,
  type LocatedScalar,
  type ScalarStyle,
} from '../parse/located.js'
import type { TextPlaces } from '../parse/offsets.js'
import type { Span } from '../source.js'
import type { Comparison, Literal, Range, TextLiteral, Word } from './expression.js'
import { placeInText } from './text-literal.js'

/** `field: { op: …, value: …, dialect: … }` */
export function locatedTest(comparison: Comparison, places: TextPlaces): Entry & { readonly value: LocatedMap } {
  const { field, operator, dialect, value } = comparison
  const at = (range: Range) => placed(range, places)
  const entries: readonly Entry[] = [
    { key: 'op', keySpan: at(operator), value: locatedWord(operator, places) },
    ...(value === undefined ? [] : [{ key: 'value', keySpan: at(value), value: locatedLiteral(value, places) }]),
    ...(dialect === undefined ? [] : [{ key: 'dialect', keySpan: at(dialect), value: locatedWord(dialect, places) }]),
  ]
  return { key: field.name, keySpan: at(field), value: locatedMap(entries, at(comparison)) }
}

function placed({ start, end }: Range, places: TextPlaces): Span {
  return places(start, end - start)
}

function locatedWord(word: Word, places: TextPlaces): LocatedScalar {
  return scalar(word.text, 'double', placed(word, places))
}

function locatedLiteral(literal: Literal, places: TextPlaces): Located {
  const span = placed(literal, places)
  switch (literal.kind) {
    case 'text':
      return locatedText(literal, span, places)
    case 'number':
    case 'plain':
      return scalar(literal.value, 'plain', span)
    case 'list':
      return locatedList(
        literal.items.map(item => locatedLiteral(item, places)),
        span,
      )
    case 'map':
      return locatedMap(
        literal.entries.map(({ key, value }) => ({ key: key.value, keySpan: placed(key, places), value: locatedLiteral(value, places) })),
        span,
      )
    default:
      return literal satisfies never
  }
}

function locatedText(literal: TextLiteral, span: Span, places: TextPlaces): LocatedScalar {
  const inner: TextPlaces = (offset, length) => placed(placeInText(literal, offset, length), places)
  return { ...scalar(literal.value, 'double', span), written: { style: 'double', span, inner } }
}

function scalar(data: LocatedScalar['data'], style: ScalarStyle, span: Span): LocatedScalar {
  return { kind: 'scalar', data, span, written: { style, span }, size: 1 }
}
