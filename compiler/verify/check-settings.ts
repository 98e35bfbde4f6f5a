/** The settings of the table. */
import { EFFECTS, NONE, SECTION } from '../../runtime/decide/table.js'
import type { Claim, Findings } from './claims.js'
import { expectedStatements } from './check-statement.js'

export function checkSettings(claim: Claim, findings: Findings): void {
  const { table, whole } = findings
  const { policy, sourceDigest } = claim
  const expected = policy.default ?? 'none'
  findings.reading(whole, 'the settings', () => {
    const found = table.setting('defaultEffect')
    const is = found === NONE ? 'none' : EFFECTS[found]
    if (is !== expected) findings.differs(whole, `the table's default is \`${is ?? found}\`, expected \`${expected}\``)
    if (table.setting('effectsFull') !== (policy.effects === 'full' ? 1 : 0))
      findings.differs(whole, 'the table reads `effects` in another way')
    if (table.text(table.setting('sourceDigest')) !== sourceDigest) findings.differs(whole, 'the table names other sources')
    const count = table.count(SECTION.statements)
    const statements = expectedStatements(claim).length
    if (count !== statements) findings.differs(whole, `the table has ${count} statements for ${statements}`)
  })
}
