/** Whether an engine is one that the agent cannot replace, as far as owners and modes tell. */
import { lstatSync, type Stats } from 'node:fs'
import { dirname } from 'node:path'

/** What is asked of the machine. */
export interface PathFacts {
  /** The user that agents run as: the one who installs. Undefined where the system has no such numbers. */
  readonly uid: number | undefined
  readonly stat: (path: string) => Pick<Stats, 'uid' | 'gid' | 'mode'>
}

const WRITABLE_BY_GROUP = 0o020
const WRITABLE_BY_ALL = 0o002

/**
 * Why somebody but the system could replace the file: the first of it and the folders above it that is not the superuser's alone.
 * Undefined where there is none. Not looked at: access control lists, mounts, capabilities, and what a superuser's agent can do.
 * @param path absolute, without links
 */
export function whyReplaceable(path: string, facts: PathFacts = machine): string | undefined {
  if (facts.uid === undefined) return 'this system does not tell who may write a file'
  for (let place = path; ; place = dirname(place)) {
    const why = whyWritable(facts.stat(place))
    if (why !== undefined) return `\`${place}\` ${why}`
    if (dirname(place) === place) return undefined
  }
}

function whyWritable({ uid, gid, mode }: Pick<Stats, 'uid' | 'gid' | 'mode'>): string | undefined {
  if (uid !== 0) return `belongs to user ${uid}, not to the system`
  if ((mode & WRITABLE_BY_ALL) !== 0) return 'can be written by everybody'
  return (mode & WRITABLE_BY_GROUP) !== 0 && gid !== 0 ? `can be written by group ${gid}` : undefined
}

const machine: PathFacts = { uid: process.getuid?.(), stat: path => lstatSync(path) }
