/** As much of the peers' types as is used here: they are installed by the bench itself, not by this package. */

declare module 'casbin' {
  export const StringAdapter: new (policy: string) => object
  export function newModelFromString(text: string): object
  export function newEnforcer(model: object, adapter: object): Promise<Enforcer>
  export interface Enforcer {
    addFunction(name: string, run: (...args: never[]) => boolean): Promise<void>
    enforceExSync(action: string, params: object): [allowed: boolean, rule: readonly string[]]
  }
}

declare module '@casl/ability' {
  export function createMongoAbility(
    rules: unknown,
    options: { readonly detectSubjectType: (subject: { readonly subject: string }) => string },
  ): {
    relevantRuleFor(action: string, subject: object): { readonly reason: 'allow' | 'deny' | 'review' } | null
  }
}

declare module 'json-rules-engine' {
  export class Engine {
    constructor(rules: readonly object[], options: { readonly allowUndefinedFacts: boolean })
    addOperator(name: string, run: (fact: never, value: never) => boolean): void
    run(facts: object): Promise<{ readonly events: readonly { readonly type: 'allow' | 'deny' | 'review' }[] }>
  }
}

declare module '@marcbachmann/cel-js' {
  export class Environment {
    registerVariable(name: string, type: string): this
    registerFunction(signature: string, run: (a: string, b: string) => boolean): this
    parse(expression: string): (variables: object) => unknown
  }
}

declare module '@open-policy-agent/opa-wasm' {
  export function loadPolicy(
    wasm: Uint8Array,
    memory: { readonly initial: number },
  ): Promise<{ evaluate(input: object): readonly { readonly result: string }[] }>
}

declare module '@cedar-policy/cedar-wasm/nodejs' {
  interface Failure {
    readonly type: 'failure'
    readonly errors: readonly object[]
  }
  export function preparsePolicySet(id: string, policies: { readonly staticPolicies: unknown }): { readonly type: 'success' } | Failure
  export function statefulIsAuthorized(call: object):
    | Failure
    | {
        readonly type: 'success'
        readonly response: { readonly decision: 'allow' | 'deny'; readonly diagnostics: { readonly reason: readonly string[] } }
      }
}
