/** Code of languages that nobody reads here, of which every word is one that only computes and prints. */

interface Calculation {
  /** Signs by which more is meant than the words say. */
  readonly strange: RegExp
  readonly words: string
}

/** No function that takes another by its name in a text, and none that has a file as one of its arguments. */
const R: Calculation = {
  strange: /[`@#%]|\w"|""|:::/,
  words:
    'if else for in while repeat break next TRUE FALSE NULL NA Inf NaN T F pi c x y z a b d i j k m n s v df abs all any as character numeric integer logical cat ceiling cor cumsum cumprod dim dnorm pnorm qnorm diff exp factor factorial choose floor format gsub head tail is na null length list log log2 log10 matrix max mean median min nchar ncol nrow names order paste paste0 print prod quantile range rbind cbind rep rev rnorm runif round sample sd seq seq_along seq_len set seed sessionInfo sort split sprintf sqrt str strsplit sub sum summary t table tolower toupper trunc typeof unique unlist var which R version string Sys time date message',
}

const JULIA: Calculation = {
  strange: /[`'@$#]|\w"|""|::/,
  words:
    'if else elseif for in while begin end let const true false nothing using LinearAlgebra Statistics Random Printf a b c d i j k m n s t v x y z A B X abs all any ceil collect count cos cumsum det diff div exp exit factorial fill findall first floor gcd inv isempty map filter reduce isodd iseven isprime join last lcm length log maximum mean median minimum mod norm ones pi println print prod rand randn range rem repeat replace reverse round sin size sort split sqrt std string strip sum tr transpose typeof unique uppercase lowercase var zeros zip Int Int64 Float64 String Bool VERSION',
}

const ELIXIR: Calculation = {
  strange: /[`'@~#?]|\w"|""|[.:]\s*"/,
  words:
    'fn end do if else case when true false nil and or not in a b c d i j k m n s t v x y z acc IO puts inspect Enum Integer Float String Map List Tuple MapSet Kernel sum map filter reduce reject count max min sort uniq reverse zip join split take drop at length upcase downcase trim replace contains to_string to_integer parse pow digits gcd floor ceil round abs rem div keys values get put size with_index chunk_every frequencies group_by sum_by product label pretty limit',
}

const CALCULATIONS: Readonly<Record<string, Calculation>> = { Rscript: R, julia: JULIA, elixir: ELIXIR }

/** Whether the code of the program only computes and prints. */
export function isCalculation(name: string, code: string): boolean {
  const language = CALCULATIONS[name]
  if (language === undefined) return false
  // A value within a text is code again, and other letters may be those of other names.
  if (/\$[({A-Za-z]|#\{|[^\n -~]/.test(code)) return false
  // What is not closed is matched too, lest it be looked for again from every sign behind it.
  const bare = code.replace(/"(?:[^"\\]|\\[^])*("?)|'(?:[^'\\]|\\[^])*('?)/g, (text: string, end?: string, last?: string) =>
    text.startsWith("'") && name !== 'Rscript' ? text : (end ?? last) === '' ? '`' : '"',
  )
  const words = ` ${language.words} `
  return !language.strange.test(bare) && (bare.match(/\b[A-Za-z_]\w*/g) ?? []).every(word => words.includes(` ${word} `))
}
