/** What the flags of `check` mean for a stream of requests. */
import { nodeHost } from '../runtime/host/node.js'
import { recordLine } from '../runtime/record/record.js'
import { PLATFORMS, RequestError, unknownPlatform } from './asked.js'
import type { Decided, StreamOptions } from './check-stream.js'
import type { Home } from './home.js'
import type { Invocation } from './invocation.js'
import { followed } from './file-sign.js'
import { type Mode, readMode } from './mode.js'
import { contextFlags } from './request-flags.js'
import type { RequestOptions } from './request-options.js'
import { UsageError } from './usage-error.js'

export interface StreamFlags extends RequestOptions {
  readonly exitCode?: boolean
  readonly outcome?: boolean
  readonly audit?: boolean
  readonly files?: boolean
}

/** @throws UsageError where a flag is about one request */
export function streamOptions({ options, home }: Invocation<StreamFlags>): StreamOptions {
  const { action, command, param, params, exitCode, outcome, audit, files, platform } = options
  const single = Object.entries({ action, command, param, params, 'exit-code': exitCode }).find(([, value]) => value !== undefined)
  if (single !== undefined) throw new UsageError(`\`--${single[0]}\` is about one request, and \`--ndjson\` takes them from stdin`)
  return {
    context: contextFlags(options),
    outcome: outcome === true || audit === true,
    files: files === true,
    ...platformOption(platform),
    ...(audit === true ? { record: recorder(home) } : {}),
  }
}

function platformOption(name: string | undefined): Pick<StreamOptions, 'platform'> {
  if (name === undefined) return {}
  const platform = PLATFORMS.find(known => known === name)
  if (platform === undefined) throw new UsageError(unknownPlatform(name))
  return { platform }
}

/** @throws UsageError where a flag is about a stream */
export function refuseStreamFlags({ outcome, audit, files }: StreamFlags): void {
  const given = Object.entries({ outcome, audit, files }).find(([, value]) => value !== undefined)
  if (given !== undefined) throw new UsageError(`\`--${given[0]}\` needs \`--ndjson\``)
}

const LOG = 'current.jsonl'

/** As with hooks, a call that cannot be recorded does not run, but in observe, which stops nothing. */
function recorder(home: Home): (decided: Decided) => void {
  return decided => {
    const logged = nodeHost.append(home.audit, LOG, recordLine({ ...decided, timeMs: Date.now() }))
    if (!logged && decided.mode !== 'observe') throw new RequestError('the audit log cannot be written')
  }
}

/** The mode as it is whenever it is asked for; the file is read again where it has changed. */
export function followMode(home: Home): () => Mode {
  return followed(home.mode, () => readMode(home).mode)
}
