/** The same policy with some of its values behind variables: whole ones, items and lists, and the ends of texts. */

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
type JsonMap = { readonly [key: string]: Json }

/** @param every which of the values, counted from the first: each one, every other one; none for 0 */
export function withVariables(files: readonly string[], every: number): readonly string[] {
  return every === 0 ? files : files.map(text => JSON.stringify(withDeclared(JSON.parse(text) as JsonMap, every)))
}

function withDeclared(file: JsonMap, every: number): JsonMap {
  const hiding = new Hiding(every)
  const statements = list(file['statements']).map(statement => hiding.inStatement(map(statement)))
  return { ...file, statements, variables: hiding.declared }
}

class Hiding {
  readonly declared: { [name: string]: Json } = {}
  private met = 0

  constructor(private readonly every: number) {}

  inStatement(statement: JsonMap): JsonMap {
    return mapped(statement, (key, value) => {
      if (key === 'conditions') return this.inConditions(map(value))
      return ['actions', 'not_actions', 'agents', 'not_agents'].includes(key) ? this.inValue(value, false) : value
    })
  }

  private inConditions(conditions: JsonMap): JsonMap {
    return mapped(conditions, (key, value) => {
      if (key === 'not') return this.inConditions(map(value))
      return key === 'any' || key === 'all' ? list(value).map(member => this.inConditions(map(member))) : this.inCondition(value)
    })
  }

  private inCondition(condition: Json): Json {
    if (!isMap(condition)) return this.inValue(condition, false)
    const isPath = /path|within/.test(String(condition['op']))
    return mapped(condition, (key, value) => (key === 'value' ? this.inValue(value, isPath) : value))
  }

  private inValue(value: Json, isPath: boolean): Json {
    if (isList(value) && value.length > 0 && value.every(isScalar) && this.isNext())
      return this.declare(value.map(one => escaped(one, isPath)))
    if (isList(value)) return value.map(item => this.inValue(item, isPath))
    if (!isScalar(value)) return value
    return this.isNext() ? this.hidden(value, isPath) : escaped(value, isPath)
  }

  private isNext(): boolean {
    return ++this.met % this.every === 0
  }

  /** Every other text is cut in two, the end behind a variable of its own. */
  private hidden(value: string | number | boolean, isPath: boolean): string {
    const cut = typeof value !== 'string' || value.includes('$') || this.met % 2 === 0 ? 0 : Math.floor(value.length / 2)
    return typeof value === 'string' && cut > 0
      ? value.slice(0, cut) + this.declare(value.slice(cut))
      : this.declare(escaped(value, isPath))
  }

  /** Another variable may come between, declared before or after. */
  private declare(value: Json): string {
    const name = `v${this.met}`
    if (this.met % 3 !== 0) return this.named(name, value)
    return this.named(`_${name}`, this.named(name, value))
  }

  private named(name: string, value: Json): string {
    this.declared[name] = value
    return `\${${name}}`
  }
}

/** `${cwd}` is a folder to paths, and elsewhere a text that has to say so. */
function escaped(value: Json, isPath: boolean): Json {
  return typeof value === 'string' && !isPath ? value.replaceAll('${', '$${') : value
}

function mapped(from: JsonMap, change: (key: string, value: Json) => Json): JsonMap {
  return Object.fromEntries(Object.entries(from).map(([key, value]) => [key, change(key, value)]))
}

function isScalar(value: Json): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value)
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

function isMap(value: Json | undefined): value is JsonMap {
  return typeof value === 'object' && value !== null && !isList(value)
}

function list(value: Json | undefined): readonly Json[] {
  return isList(value) ? value : []
}

function map(value: Json | undefined): JsonMap {
  return isMap(value) ? value : {}
}
