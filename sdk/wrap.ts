import type { ValueMap, Verdict, WrapOptions } from './contract.js'

/** How a wrapped function asks whether it may run. */
export interface Asking {
  readonly asking: (params: () => unknown) => Verdict | Promise<Verdict>
  readonly unasked: (params: () => unknown) => Verdict
}

/** See `Guard.wrap`. */
export function wrapped<T, A extends unknown[], R>(
  fn: (this: T, ...args: A) => R,
  options: WrapOptions<A>,
  { asking, unasked }: Asking,
): (this: T, ...args: A) => R {
  const run = (self: T, args: A, verdict: Verdict): R => {
    if (verdict.kind === 'refused') throw verdict.error
    return fn.apply(self, argumentsFor(options, args, verdict.input))
  }
  if (options.async !== true && !isAsync(fn))
    return function (...args) {
      return run(
        this,
        args,
        unasked(() => paramsOf(options, args)),
      )
    }
  const waiting = async function (this: T, ...args: A): Promise<unknown> {
    return run(this, args, await asking(() => paramsOf(options, args)))
  }
  return waiting as (this: T, ...args: A) => R // R is a promise: the function is async, or was said to be
}

function isAsync(fn: object): boolean {
  return Object.prototype.toString.call(fn) === '[object AsyncFunction]'
}

/** @throws whatever a function of the options does, which refuses the call */
function paramsOf<A extends unknown[]>({ params }: WrapOptions<A>, args: A): unknown {
  if (typeof params === 'function') return params(...args)
  if (params !== undefined) return named(params, args)
  return args.length === 0 ? {} : args.length === 1 ? args[0] : args
}

/** What has no name could do something that nobody looked at: it is a list, which is refused. */
function named(names: readonly string[], args: readonly unknown[]): unknown {
  return args.length > names.length ? args : Object.fromEntries(args.map((arg, i) => [names[i] ?? '', arg]))
}

function argumentsFor<A extends unknown[]>({ params }: WrapOptions<A>, args: A, input: ValueMap): A {
  if (typeof params === 'function' || args.length === 0) return args
  const given = params === undefined ? [input] : params.slice(0, args.length).map(name => input[name])
  return given as unknown[] as A // copies, one for each
}
