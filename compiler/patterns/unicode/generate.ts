/**
 * Writes `tables.ts` from the Unicode 15.1 character database: `npx tsx compiler/patterns/unicode/generate.ts`,
 * then `npm run format`.
 *
 * The tables are committed, and nothing is asked of the engine's own: a policy must compile to the same bytes on every engine, and
 * engines differ in their Unicode version. 15.1 is that of Python 3.13, the newest whose `re` the default dialect follows.
 */
import { writeFileSync } from 'node:fs'
import { type CharSet, charRanges } from '../char-set.js'
import { packAscending, packNumbers } from './run-lengths.js'

const database = '@unicode/unicode-15.1.0'

/** The two-letter categories; the groups (`L`, `LC` …) are unions of these. */
const categories: Readonly<Record<string, string>> = {
  Lu: 'Uppercase_Letter',
  Ll: 'Lowercase_Letter',
  Lt: 'Titlecase_Letter',
  Lm: 'Modifier_Letter',
  Lo: 'Other_Letter',
  Mn: 'Nonspacing_Mark',
  Mc: 'Spacing_Mark',
  Me: 'Enclosing_Mark',
  Nd: 'Decimal_Number',
  Nl: 'Letter_Number',
  No: 'Other_Number',
  Pc: 'Connector_Punctuation',
  Pd: 'Dash_Punctuation',
  Ps: 'Open_Punctuation',
  Pe: 'Close_Punctuation',
  Pi: 'Initial_Punctuation',
  Pf: 'Final_Punctuation',
  Po: 'Other_Punctuation',
  Sm: 'Math_Symbol',
  Sc: 'Currency_Symbol',
  Sk: 'Modifier_Symbol',
  So: 'Other_Symbol',
  Zs: 'Space_Separator',
  Zl: 'Line_Separator',
  Zp: 'Paragraph_Separator',
  Cc: 'Control',
  Cf: 'Format',
  Cs: 'Surrogate',
  Co: 'Private_Use',
  Cn: 'Unassigned',
}

/** The binary properties of ECMAScript that are not simply made of categories. */
const binaryProperties = [
  'ASCII_Hex_Digit',
  'Alphabetic',
  'Bidi_Control',
  'Bidi_Mirrored',
  'Case_Ignorable',
  'Cased',
  'Changes_When_Casefolded',
  'Changes_When_Casemapped',
  'Changes_When_Lowercased',
  'Changes_When_NFKC_Casefolded',
  'Changes_When_Titlecased',
  'Changes_When_Uppercased',
  'Dash',
  'Default_Ignorable_Code_Point',
  'Deprecated',
  'Diacritic',
  'Emoji',
  'Emoji_Component',
  'Emoji_Modifier',
  'Emoji_Modifier_Base',
  'Emoji_Presentation',
  'Extended_Pictographic',
  'Extender',
  'Grapheme_Base',
  'Grapheme_Extend',
  'Hex_Digit',
  'IDS_Binary_Operator',
  'IDS_Trinary_Operator',
  'ID_Continue',
  'ID_Start',
  'Ideographic',
  'Join_Control',
  'Logical_Order_Exception',
  'Lowercase',
  'Math',
  'Noncharacter_Code_Point',
  'Pattern_Syntax',
  'Pattern_White_Space',
  'Quotation_Mark',
  'Radical',
  'Regional_Indicator',
  'Sentence_Terminal',
  'Soft_Dotted',
  'Terminal_Punctuation',
  'Unified_Ideograph',
  'Uppercase',
  'Variation_Selector',
  'White_Space',
  'XID_Continue',
  'XID_Start',
]

interface DatabaseRange {
  readonly begin: number
  /** Exclusive. */
  readonly end: number
}

async function rangesOf(property: string): Promise<CharSet> {
  const module: { readonly default: readonly DatabaseRange[] } = await import(`${database}/${property}/ranges.mjs`)
  return charRanges(module.default.map(({ begin, end }) => [begin, end - 1] as const))
}

async function scripts(): Promise<readonly string[]> {
  const index: { readonly default: { readonly Script: readonly string[] } } = await import(`${database}/index.mjs`)
  return index.default.Script
}

/** Simple folding: the entries with status C and S. */
async function foldPairs(): Promise<readonly (readonly [number, number])[]> {
  const parts = await Promise.all(
    ['C', 'S'].map(async status => {
      const module: { readonly default: ReadonlyMap<number, number> } = await import(`${database}/Case_Folding/${status}/code-points.mjs`)
      return [...module.default]
    }),
  )
  return parts.flat().sort((a, b) => a[0] - b[0])
}

/**
 * Pairs in rows of equal distance: step between sources, number of pairs, first source (from the end of the row before), target minus
 * source, its sign in the lowest bit.
 */
function packFoldPairs(pairs: readonly (readonly [number, number])[]): string {
  const numbers: number[] = []
  let last = 0
  for (let at = 0; at < pairs.length; ) {
    const [first, target] = pairs[at] ?? [0, 0]
    const step = (pairs[at + 1]?.[0] ?? first) - first === 2 ? 2 : 1
    let count = 1
    while (continuesRow(pairs, at + count, first + step * count, target - first)) count++
    const distance = target - first
    numbers.push(step, count, first - last, Math.abs(distance) * 2 + (distance < 0 ? 1 : 0))
    last = first + step * (count - 1)
    at += count
  }
  return packNumbers(numbers)
}

function continuesRow(pairs: readonly (readonly [number, number])[], at: number, source: number, distance: number): boolean {
  const pair = pairs[at]
  return pair !== undefined && pair[0] === source && pair[1] - pair[0] === distance
}

async function packed(names: readonly string[], property: (name: string) => string): Promise<readonly (readonly [string, string])[]> {
  return Promise.all(names.map(async name => [name, packAscending(await rangesOf(property(name)))] as const))
}

function renderTable(name: string, comment: string, rows: readonly (readonly [string, string])[]): string {
  const body = rows.map(([key, value]) => `  ${key}: '${value}'`).join(',\n')
  return `/** ${comment} */\nexport const ${name}: Readonly<Record<string, string>> = {\n${body}\n}\n`
}

async function render(): Promise<string> {
  const scriptNames = await scripts()
  const script = await packed(scriptNames, name => `Script/${name}`)
  const extensions = await packed(scriptNames, name => `Script_Extensions/${name}`)
  const plain = new Map(script)
  const parts = [
    '/** Made by `generate.ts` from the Unicode 15.1 character database: do not edit. See `run-lengths.ts` for the encoding. */\n',
    renderTable(
      'categoryTables',
      'General categories.',
      await packed(Object.keys(categories), name => `General_Category/${categories[name] ?? name}`),
    ),
    renderTable('propertyTables', 'Binary properties.', await packed(binaryProperties, name => `Binary_Property/${name}`)),
    renderTable('scriptTables', 'Scripts.', script),
    renderTable(
      'scriptExtensionTables',
      'Script extensions, where they differ from the script.',
      extensions.filter(([name, value]) => value !== plain.get(name)),
    ),
    `/** Simple case folding in rows: step, count, first source since the last one, distance. */\nexport const foldTable =\n  '${packFoldPairs(await foldPairs())}'\n`,
  ]
  return parts.join('\n')
}

writeFileSync(new URL('tables.ts', import.meta.url), await render())
