/** Where an administrator puts the policies of a machine. Only an administrator can write there, and no option names another place. */

/** @param platform as Node names it @param programData of Windows: `%ProgramData%` */
export function managedPolicies(platform: string, programData: string = process.env['ProgramData'] ?? 'C:\\ProgramData'): string {
  switch (platform) {
    case 'darwin':
      return '/Library/Application Support/agsec/policies'
    case 'win32':
      return `${programData}\\agsec\\policies`
    default:
      return '/etc/agsec/policies'
  }
}
