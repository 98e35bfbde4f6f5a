/** What a sandbox saw a command do: one system call each. */
export interface Event {
  /** `exec`, `read`, `write`, `rdwr`, `unlink`, `rmdir`, `rename`, `mkdir`, `symlink`, `link`, `connect`, and others that no property is about. */
  readonly t: string
  /** The path, or the address that was connected to. */
  readonly p: string
  /** The second path of `rename`, `symlink` and `link`. */
  readonly q?: string
  readonly argv?: readonly string[]
  /** Of what was opened: the path without links. */
  readonly real?: string
}
