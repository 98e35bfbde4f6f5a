/** The policy of a stream that goes on for long: the bundle as it is now, replaced as a whole between two requests. */
import type { Deciding } from './deciding.js'
import { NO_SIGN, signOf } from './file-sign.js'

export interface FollowedBundle {
  readonly path: string
  /** What the file system said of it before it was first opened. */
  readonly sign: string
  /** Opens what lies there now. Throws where that is no bundle, or a damaged one. */
  readonly open: () => Deciding
  /** Told once of each bundle that cannot take the place of the one before. */
  readonly tell: (why: string) => void
}

/** What is broken may be mended without its bundle being touched, as where its data come after it. */
const RETRY_MS = 1000

export class FollowedPolicy {
  #deciding: Deciding
  #sign: string
  /** When the bundle that lies there now was last found broken. */
  #brokenMs: number | undefined

  /** @param bundle absent where the policy is not to change */
  constructor(
    first: Deciding,
    private readonly bundle?: FollowedBundle,
  ) {
    this.#deciding = first
    this.#sign = bundle?.sign ?? NO_SIGN
  }

  get deciding(): Deciding {
    return this.#deciding
  }

  /** Takes the bundle that lies there now, if it is another one. @returns whether another policy is in force */
  renew(): boolean {
    if (this.bundle === undefined) return false
    // INVARIANT: the sign is taken before the file is read, so that what changes in between is seen the next time.
    const sign = signOf(this.bundle.path)
    const isNew = sign !== this.#sign
    if (!isNew && !this.#isToBeRetried()) return false
    this.#sign = sign
    return this.#reopen(this.bundle, isNew)
  }

  #isToBeRetried(): boolean {
    return this.#brokenMs !== undefined && Date.now() - this.#brokenMs > RETRY_MS
  }

  #reopen({ open, tell }: FollowedBundle, isNew: boolean): boolean {
    try {
      this.#deciding = open()
      this.#brokenMs = undefined
      return true
    } catch (error) {
      this.#brokenMs = Date.now()
      if (isNew) tell(error instanceof Error ? error.message : String(error))
      return false
    }
  }
}
