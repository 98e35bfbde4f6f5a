/** The page of a diagnostic code, as Markdown. */
import { catalogue } from './catalogue.js'
import type { CatalogueEntry } from './catalogue/entry.js'

/** What a code means, with an example of the mistake and of how to write it; undefined for an unknown code. */
export function explainCode(code: string): string | undefined {
  const entry = catalogue.get(code)
  return entry === undefined ? undefined : page(code, entry)
}

function page(code: string, entry: CatalogueEntry): string {
  const { severity, title, explanation, bad, good } = entry
  const sections = [
    `# ${title}`,
    `\`${code}\` · ${severity}`,
    explanation,
    '## Wrong',
    ...blocks(bad, entry),
    '## Right',
    ...blocks(good, entry),
  ]
  return `${sections.join('\n\n')}\n`
}

function blocks(example: string | readonly string[], { shows }: CatalogueEntry): readonly string[] {
  const language = shows === 'files' ? 'text' : 'yaml'
  return [example].flat().map(text => `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``)
}

/** The list of all codes, as Markdown with links to their pages. */
export function explainAll(): string {
  const lines = [...catalogue].map(([code, { severity, title }]) => `* [\`${code}\`](${code}.md) (${severity}): ${title}`)
  return `# Diagnostic codes\n\n\`agsec validate --explain CODE\` prints the same pages.\n\n${lines.join('\n')}\n`
}
