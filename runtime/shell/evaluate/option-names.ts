/** How the options of the shell are named here. */

/** The option of a shell that may be another than bash. */
export const OTHER_ECHO = '-echo'

export const OPTION_LETTERS: Readonly<Record<string, string>> = { f: 'noglob', x: 'xtrace', H: 'histexpand' }
