/** A policy as the YAML parser gives it. */
export declare function loadPolicy(path: string): unknown
export declare function decide(policy: unknown, request: unknown): string
