import type { EngineStatus } from '../engine/engine-status.js'
import { MODE_MEANING } from '../set-mode.js'
import type { AuditStatus, BundleStatus, LayerStatus, StatusReport } from '../status-report.js'
import { subjectOf } from './audit-text.js'
import { columns, oneLine } from './columns.js'
import { counted } from './counted.js'
import type { Palette } from './palette.js'

export function statusText(report: StatusReport, colour: Palette): string {
  const rows = [
    ['agsec', report.version],
    ['mode', `${report.mode.mode} (${MODE_MEANING[report.mode.mode]})`],
    ...policyRows(report),
    ['bundle', bundleWords(report.bundle)],
    ['hook', hookWords(report)],
    ...(report.engine === undefined ? [] : [['engine', engineWords(report.engine)]]),
    ['audit', auditWords(report.audit)],
    ['last block', lastBlockWords(report.audit)],
  ]
  const problems = report.problems.map(({ message, help }) => `${colour.deny('problem')}: ${message}\n  help: ${help}\n`)
  return columns(rows.map(([name = '', value = '']) => [colour.bold(name), value])) + problems.map(text => `\n${text}`).join('')
}

/** The user's folder alone where there is nothing else; else every layer. */
function policyRows({ policies, layers }: StatusReport): readonly (readonly string[])[] {
  const [only, ...more] = layers
  if (more.length === 0 && (only === undefined || only.name === 'user'))
    return [['policies', `${policies.folder} (${counted(policies.files, 'file')}, ${counted(policies.statements, 'statement')})`]]
  return layers.map(layer => [`${layer.name} layer`, layerWords(layer)])
}

function layerWords({ folders, files, statements, default: written, state }: LayerStatus): string {
  const fallback = written === undefined ? 'no default' : `default ${written}`
  const what = [counted(files, 'file'), counted(statements, 'statement'), state ?? fallback]
  return `${folders.join(', ')} (${what.join(', ')})`
}

function bundleWords(bundle: BundleStatus): string {
  const known = bundle.state === 'current' || bundle.state === 'stale'
  return known
    ? `${bundle.path} (${bundle.state}, ${counted(bundle.statements, 'statement')}, kernel ${bundle.kernelVersion})`
    : `${bundle.path} (${bundle.state})`
}

function hookWords({ hooks }: StatusReport): string {
  if (hooks.length === 0) return 'not installed (`agsec install claude-code`)'
  return hooks.map(({ platform, settings }) => `${platform}: ${settings}`).join(', ')
}

function engineWords({ kind, version, program, state, faster }: EngineStatus): string {
  const known = `${kind} ${version} (${program}${state === 'as installed' ? '' : `, ${state}`})`
  if (faster === undefined) return known
  const percent = Math.round(100 * faster.ratio)
  return `${known}; on ${faster.program} a hook would take about ${percent} % of the time (\`agsec install claude-code --engine ${faster.kind}\`)`
}

function auditWords({ calls, byDecision, byOutcome, skippedLines }: AuditStatus): string {
  if (calls === 0 && skippedLines === 0) return 'no calls recorded'
  const skipped = skippedLines === 0 ? '' : `; skipped ${counted(skippedLines, 'line')} that cannot be read`
  return `${counted(calls, 'call')}: decided ${countsWords(byDecision)}; happened ${countsWords(byOutcome)}${skipped}`
}

function countsWords(counts: Readonly<Record<string, number>>): string {
  const words = Object.entries(counts).map(([name, count]) => `${count} ${name}`)
  return words.length === 0 ? 'nothing' : words.join(', ')
}

function lastBlockWords({ lastBlock }: AuditStatus): string {
  if (lastBlock === undefined) return 'none'
  return `${lastBlock.time}  ${lastBlock.action}  ${lastBlock.sid ?? '(default)'}  ${oneLine(subjectOf(lastBlock.params), 60)}`
}
