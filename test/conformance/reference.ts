/** What the language says of the suite's cases: the reference interpreter's results, in their order. */
import { compileSuiteFile } from '../../cli/conformance/run-suite.js'
import type { OpenSuiteFile } from '../../cli/conformance/read-suite.js'
import { decodeCall } from '../../cli/conformance/suite.js'
import { loadProtection } from '../../compiler/protection/protection.js'
import type { Result } from '../../runtime/decide/result.js'
import { decideReference } from '../reference/decide-reference.js'

export function referenceResults(file: OpenSuiteFile): readonly Result[] {
  const { policy } = compileSuiteFile(file)
  if (policy === undefined) throw new Error(`the policy of ${file.name}.yaml does not compile`)
  const statements = [...(file.protection ? loadProtection() : []), ...policy.statements]
  return file.cases.map(({ call }) => decideReference({ ...policy, statements }, decodeCall(call)))
}
