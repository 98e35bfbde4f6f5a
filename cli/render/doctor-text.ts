import type { AgentReport, DoctorReport } from '../doctor/doctor-report.js'
import type { Finding } from '../doctor/finding.js'
import { counted } from './counted.js'
import type { Palette } from './palette.js'

export function doctorText(report: DoctorReport, colour: Palette): string {
  const parts = [
    section(`agsec ${report.version}, ${report.home}`, report.machine, colour),
    ...report.agents.map(agent => section(headingOf(agent), agent.findings, colour)),
    ...(report.agents.length === 0 ? ['no agent was found on this machine\n'] : []),
    report.problems === 0 ? 'no problems\n' : `${counted(report.problems, 'problem')}\n`,
  ]
  return parts.join('\n')
}

function headingOf({ title, client }: AgentReport): string {
  return client === undefined ? title : `${title}, ${client.program}`
}

function section(heading: string, findings: readonly Finding[], colour: Palette): string {
  return `${colour.bold(heading)}\n${findings.map(finding => lineOf(finding, colour)).join('')}`
}

function lineOf({ level, message, help }: Finding, colour: Palette): string {
  const word = level.padEnd(7)
  const shown = level === 'problem' ? colour.deny(word) : level === 'ok' ? colour.allow(word) : word
  return `  ${shown}  ${message}\n${help === undefined ? '' : `           help: ${help}\n`}`
}
