/**
 * What the names of a language do, as a table.
 *
 * A line is a role and the names that have it: `D0 os. remove unlink`. A word that ends with a dot stands before the names after it
 * in its line; `.` alone ends that; names after `.` written as `..name` are methods of whatever they are called on. A name stands for
 * everything beneath it that the table does not name: `U os` makes of every other member of `os` something unknown.
 *
 * A role is pairs of a letter and the argument it speaks of (`@`: the object of a method; `*`: every argument):
 *
 *   R read · W write · D delete · X delete with all beneath · B move away · L list · F fetch (`a`: whatever argument is an address) · O open, with the mode in the next argument · A open of Perl
 *   T shell · I shell that can be given input · S shell, or a program where the arguments are several · P program and a list of arguments
 *   V program and arguments as arguments · Y as `exec`: the argument after the program is its name · C program, with arguments not known
 *   H makes a file of a name of its own, of which the argument is the beginning, or its folder where it is not the first · J link to the argument, named by the next · Q query of a database
 *   K rights of a file, given in the other argument · E code of the language · M module · G attribute by name · Z program not known · U anything
 *
 *   N network: with 0 the argument is an address, with 1 a port and the next its host, with @ it is a method of a socket, of which `N!` makes one; `N-` waits for others
 *
 *   values: c characters by number · b base64 · h hexadecimal · i the argument · 1 the first of several · t decoded as the next says · p, e, y path of the arguments: as they are, without empty ones, begun anew by one from the root · j joined · s split · r the object · m, q the object without blanks around it, or where it has none · g, o the argument without `$`, `%` · v reversed · x the program · l, u in small and capital letters · n appended · d, z without percent signs, and but for those that part a URL
 *   w, a the argument replaced by the next, once and all over · f formatted · k packed · ~ the home of the user · $ a variable of the environment · / a path beneath the object
 *   - nothing
 */
export type RoleTable = ReadonlyMap<string, string>

export function roleTable(text: string): RoleTable {
  const roles = new Map<string, string>()
  for (const line of text.split('\n')) {
    const [role = '', ...names] = line.trim().split(' ')
    let prefix = ''
    for (const name of names) {
      if (name === '.') prefix = ''
      else if (name.endsWith('.')) prefix = name
      else roles.set(name.startsWith('..') ? name.slice(1) : prefix + name, role)
    }
  }
  return roles
}

/** The role of a name: its own, or that of the longest part of it from its beginning. */
export function roleOf(table: RoleTable, path: string): string | undefined {
  for (let end = path.length; end > 0; end = path.lastIndexOf('.', end - 1)) {
    const role = table.get(path.slice(0, end))
    if (role !== undefined) return role
  }
  return undefined
}

/** The role does something: it is not a value and not nothing. */
export function isEffect(role: string | undefined): role is string {
  return role !== undefined && role >= 'A' && role < '['
}
