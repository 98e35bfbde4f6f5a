/** The parameter that a plain text stands for in an inline test. */

const mainArguments: { readonly [action: string]: string } = {
  'bash.execute': 'command',
  'powershell.execute': 'command',
  'file.read': 'file_path',
  'file.write': 'file_path',
  'file.edit': 'file_path',
  'file.delete': 'file_path',
  'file.glob': 'pattern',
  'file.grep': 'pattern',
  'notebook.edit': 'file_path',
  'web.fetch': 'url',
  'web.search': 'query',
}

export function mainArgument(action: string): string | undefined {
  return Object.hasOwn(mainArguments, action) ? mainArguments[action] : undefined
}

export function hasWildcard(action: string): boolean {
  return /[*?[]/.test(action)
}
