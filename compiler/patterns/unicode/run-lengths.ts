/**
 * How numbers are written in the committed Unicode tables: in base 32, lowest digit first, one character of the URL-safe base64 alphabet
 * per digit; the upper half of that alphabet says that another digit follows. `F` is 5, `hB` is 33; numbers stand without separators.
 */
const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

export function packNumbers(numbers: readonly number[]): string {
  return numbers.map(packNumber).join('')
}

function packNumber(number: number): string {
  let text = ''
  let rest = number
  for (; rest >= 32; rest >>= 5) text += digits.charAt(32 + (rest & 31))
  return text + digits.charAt(rest)
}

export function unpackNumbers(packed: string): number[] {
  const numbers: number[] = []
  let number = 0
  let shift = 0
  for (const char of packed) {
    const digit = digits.indexOf(char)
    number |= (digit & 31) << shift
    shift += 5
    if (digit >= 32) continue
    numbers.push(number)
    number = 0
    shift = 0
  }
  return numbers
}

/** An ascending list as the differences between neighbours. */
export function packAscending(numbers: readonly number[]): string {
  return packNumbers(numbers.map((number, at) => number - (numbers[at - 1] ?? 0)))
}

export function unpackAscending(packed: string): number[] {
  let sum = 0
  return unpackNumbers(packed).map(difference => {
    sum += difference
    return sum
  })
}
