/**
 * The syntax tree of a bash script (GNU Bash 5.2, reference manual chapter 3). Words are split into parts but nothing is
 * expanded: that is the evaluator's work. Positions are UTF-16 offsets into the text that was parsed.
 */

export interface Span {
  readonly start: number
  /** Exclusive. */
  readonly end: number
}

/**
 * What was parsed. bash reads a `-c` string line by line and runs what it has read, so a script with a syntax error still has the
 * commands of the complete lines before it.
 */
export interface Script extends Span {
  readonly kind: 'script'
  /** In source order: what bash parses, and then runs, in one go (a line with all its continuations). */
  readonly units: readonly List[]
  /** The first syntax error; `incomplete` where the text ends too early. */
  readonly error?: SyntaxProblem
  /**
   * Syntax that other shells or options read differently, or that fails when it is run: an analysis must not claim to know such a
   * place. Those of nested scripts stand in the outermost.
   */
  readonly marks: readonly SyntaxProblem[]
}

export interface SyntaxProblem extends Span {
  readonly kind: 'error' | 'incomplete' | 'zsh' | 'extglob' | 'depth'
  readonly message: string
}

export interface List extends Span {
  readonly kind: 'list'
  readonly items: readonly ListItem[]
}

export interface ListItem {
  readonly command: Command
  /** What connects this command with the one before it; the first has `;`. */
  readonly join: ';' | '&&' | '||'
  /** Runs in the background: `&` follows the commands that `&&` and `||` connect it with. */
  readonly background: boolean
}

export type Command = Simple | Pipeline | Compound | FunctionDefinition | Coproc

/** `A=1 program word … >file`; a function or alias or builtin as well. */
export interface Simple extends Span {
  readonly kind: 'simple'
  readonly assignments: readonly Assignment[]
  readonly words: readonly Word[]
  readonly redirections: readonly Redirection[]
  /** `name=(…)` among the arguments of `declare`, `export` and their kind; `words` has the name alone in that place. */
  readonly declared?: readonly Assignment[]
}

export interface Pipeline extends Span {
  readonly kind: 'pipeline'
  readonly negated: boolean
  readonly timed: boolean
  readonly commands: readonly Command[]
}

/** A compound command and what is redirected for all of it. */
export type Compound = Span & { readonly redirections: readonly Redirection[] } & (
    | { readonly kind: 'subshell' | 'group'; readonly body: List }
    | { readonly kind: 'if'; readonly branches: readonly { readonly condition: List; readonly body: List }[]; readonly otherwise?: List }
    | { readonly kind: 'while' | 'until'; readonly condition: List; readonly body: List }
    /** `words` is undefined where `in …` is missing: the positional parameters. */
    | { readonly kind: 'for' | 'select'; readonly name: string; readonly words?: readonly Word[]; readonly body: List }
    | { readonly kind: 'arithmetic-for'; readonly expressions: readonly Word[]; readonly body: List }
    | { readonly kind: 'case'; readonly subject: Word; readonly items: readonly CaseItem[] }
    | { readonly kind: 'arithmetic'; readonly expression: Word }
    | { readonly kind: 'test'; readonly expression: Test }
  )

export interface CaseItem {
  readonly patterns: readonly Word[]
  readonly body: List
  /** `;&` runs the next body, `;;&` tests the next patterns. */
  readonly end: ';;' | ';&' | ';;&'
}

export interface FunctionDefinition extends Span {
  readonly kind: 'function'
  readonly name: string
  readonly body: Command
}

export interface Coproc extends Span {
  readonly kind: 'coproc'
  readonly name?: string
  readonly command: Command
}

/** What stands between `[[` and `]]`. */
export type Test =
  | { readonly kind: 'and' | 'or'; readonly left: Test; readonly right: Test }
  | { readonly kind: 'not'; readonly test: Test }
  | { readonly kind: 'unary'; readonly operator: string; readonly operand: Word }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Word; readonly right: Word }
  /** A single word: true where it is not empty. */
  | { readonly kind: 'word'; readonly word: Word }

export interface Assignment extends Span {
  readonly name: string
  /** `name[subscript]=`. */
  readonly subscript?: Word
  /** `+=`. */
  readonly append: boolean
  readonly value: Word | ArrayLiteral
}

export interface ArrayLiteral extends Span {
  readonly kind: 'array'
  readonly elements: readonly { readonly subscript?: Word; readonly append?: boolean; readonly value: Word }[]
}

export interface Redirection extends Span {
  readonly operator: '<' | '>' | '>>' | '>|' | '<>' | '&>' | '&>>' | '<&' | '>&' | '<<' | '<<-' | '<<<'
  /** The number before it, or the name in `{name}>`; undefined where the operator's own stands. */
  readonly descriptor?: number | string
  /** The file; for a here-document its delimiter as written. */
  readonly target: Word
  /** The text of a here-document: with parts to expand unless its delimiter is quoted. */
  readonly body?: Word
}

/** One shell word. INVARIANT: no part is a text part that is empty and unquoted. */
export interface Word extends Span {
  readonly kind: 'word'
  readonly parts: readonly WordPart[]
}

/**
 * - `text`: known text. Where it is not `quoted`, it may still be a tilde, a glob or a brace expansion;
 * - `parameter`: `$x`, `${x…}`; the special ones have their sign as name: `@`, `#`, `?`, `1`;
 * - `command`: `$(…)`, a backtick, `${ …; }`, `${| …; }`;
 * - `process`: `<(…)` and `>(…)`;
 * - `arithmetic`: `$((…))`, `$[…]`;
 * - `extglob`: `?(a|b)` and its kind, unquoted, never inside quotes.
 */
export type WordPart =
  | (Span & { readonly kind: 'text'; readonly text: string; readonly quoted: boolean })
  | ParameterExpansion
  | (Span & { readonly kind: 'command'; readonly script: Script; readonly quoted: boolean })
  | (Span & { readonly kind: 'process'; readonly direction: '<' | '>'; readonly script: Script })
  | (Span & { readonly kind: 'arithmetic'; readonly expression: Word; readonly quoted: boolean })
  | (Span & { readonly kind: 'extglob'; readonly operator: '?' | '*' | '+' | '@' | '!'; readonly alternatives: readonly Word[] })

export interface ParameterExpansion extends Span {
  readonly kind: 'parameter'
  readonly quoted: boolean
  readonly name: string
  /** `${name[subscript]}`; `@` and `*` are words of that text. */
  readonly subscript?: Word
  /** `${!name}`, and `${!prefix*}` and `${!prefix@}` with that operator. */
  readonly indirect: boolean
  /** `${#name}`. */
  readonly length: boolean
  /**
   * What stands after the name: `:-` `-` `:=` `=` `:?` `?` `:+` `+`, `#` `##` `%` `%%`, `/` `//` `/#` `/%`, `^` `^^` `,` `,,` `~` `~~`, `:` (a
   * slice), `@Q` and its kind, `*` and `@` after `${!prefix`.
   */
  readonly operator?: string
  /** The word, pattern or offset after the operator. */
  readonly operand?: Word
  /** What replaces the pattern; the length of a slice. */
  readonly second?: Word
}
