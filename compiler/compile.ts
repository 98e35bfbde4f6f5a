/** The compiler: parse, validate, lower, optimise, encode, emit, verify. */
import type { Policy, Statement } from './ast.js'
import type { Diagnostic } from './diagnostic.js'
import { digest, type EmittedBundle, emitBundle } from './emit/bundle.js'
import type { Ir } from './ir/ir.js'
import { hideTexts } from './layers/hide-texts.js'
import { lower } from './lower/lower.js'
import { parsePolicy } from './parse/parse-policy.js'
import { optimise } from './passes/optimise.js'
import type { PassName } from './passes/pass.js'
import { loadProtection } from './protection/protection.js'
import type { Source } from './source.js'
import { encodeTable } from './table/encode.js'
import { readBack } from './verify/bundle-text.js'
import type { Claim } from './verify/claims.js'
import { type Verification, verifyTable } from './verify/verify-table.js'
import { Watch } from './watch.js'

export interface CompileOptions {
  /** Stands before the policy and enforces in every mode. Default: agsec's protection of itself. */
  readonly protection?: readonly Statement[]
  /** Keep the author's words out of the table: statements go by numbers after this name. */
  readonly hideTextsAs?: string
  /** Emit a bundle for Node, not just its table. Default: true. */
  readonly emit?: boolean
  /** The passes of the optimiser that run. Default: all. No result depends on them. */
  readonly passes?: readonly PassName[]
  /** Told how long the phases take and what the passes do. */
  readonly watch?: Watch
  /** Prove that the table says what the policy says. Default: true; only tests of other things turn it off. */
  readonly verify?: boolean
}

/** What a compilation gave; everything but the diagnostics is there only if none of them is an error. */
export interface Compilation {
  readonly diagnostics: readonly Diagnostic[]
  readonly policy?: Policy
  readonly ir?: Ir
  readonly table?: Uint8Array
  readonly bundle?: EmittedBundle
  readonly verification?: Verification
  readonly sourceDigest: string
  /** With those that protect agsec itself; zero where it did not compile. */
  readonly statementCount: number
}

/** Compiles the sources of one policy. Every problem is a diagnostic; nothing is thrown for what a policy says. */
export function compile(sources: readonly Source[], options: CompileOptions = {}): Compilation {
  const sourceDigest = digestOf(sources)
  const failed = { sourceDigest, statementCount: 0 }
  const watch = options.watch ?? new Watch()
  const parsed = parsePolicy(sources, watch)
  if (parsed.policy === undefined) return { diagnostics: parsed.diagnostics, ...failed }
  const policy = options.hideTextsAs === undefined ? parsed.policy : hideTexts(parsed.policy, options.hideTextsAs)
  const claim = { policy, protection: watch.time('protection', () => options.protection ?? loadProtection()), sourceDigest }
  const { ir: lowered, diagnostics: found } = watch.time('lower', () => lower(policy, claim.protection))
  const diagnostics = [...parsed.diagnostics, ...found]
  if (hasErrors(diagnostics)) return { diagnostics, ...failed }
  const ir = optimise(lowered, options.passes, watch)
  const table = watch.time('encode', () => encodeTable(ir, sourceDigest))
  const compilation = { diagnostics, policy, ir, table, sourceDigest, statementCount: ir.statements.length }
  const emitted = options.emit === false ? compilation : { ...compilation, bundle: watch.time('emit', () => emit(table, ir, sourceDigest)) }
  return options.verify === false ? emitted : watch.time('verify', () => verified(emitted, claim))
}

/** Fails closed: a table that does not say what the policy says is not given to anybody. */
function verified(compilation: Compilation & { readonly table: Uint8Array }, claim: Claim): Compilation {
  const { table, bundle, sourceDigest } = compilation
  const verification = verifyTable(bundle === undefined ? table : readBack(bundle), claim, 'agsec:decision-table')
  const diagnostics = [...compilation.diagnostics, ...verification.diagnostics]
  return hasErrors(diagnostics) ? { diagnostics, sourceDigest, statementCount: 0 } : { ...compilation, diagnostics, verification }
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(diagnostic => diagnostic.severity === 'error')
}

function emit(table: Uint8Array, ir: Ir, sourceDigest: string): EmittedBundle {
  return emitBundle('node', table, { sourceDigest, statementCount: ir.statements.length })
}

/** SHA-256 over names and texts, each with its length before it, so that no two sets of sources read alike. */
export function digestOf(sources: readonly Source[]): string {
  return digest(sources.map(({ path, text }) => `${path.length}:${path}${text.length}:${text}`).join(''))
}
