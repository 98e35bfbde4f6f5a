/** How long a hook may take. Ours comes first: what a platform does at its own end of patience is to run the call, mostly. */

/** Seconds after which the installed command ends the hook and blocks. */
export const DEADLINE_S = 10

/** Seconds that a platform is told to wait for the command. */
export const PLATFORM_TIMEOUT_S = 20
