/** What the language says of the suite's cases: the reference interpreter's results, in their order. */
import { compileSuiteFile, protectionOf } from '../../cli/conformance/run-suite.js'
import type { OpenSuiteFile } from '../../cli/conformance/read-suite.js'
import { decodeCall } from '../../cli/conformance/suite.js'
import type { Result } from '../../runtime/decide/result.js'
import { decideReference } from '../reference/decide-reference.js'
import { decideLayers, referenceLayers } from '../reference/layers.js'

export function referenceResults(file: OpenSuiteFile): readonly Result[] {
  const { layers } = compileSuiteFile(file)
  const [first, ...rest] = referenceLayers(layers)
  if (first === undefined) throw new Error(`the policy of ${file.name}.yaml does not compile`)
  const statements = [...protectionOf(file), ...first.policy.statements]
  const policy = { ...first.policy, statements }
  const decide =
    file.layers === undefined ? decideReference.bind(undefined, policy) : decideLayers.bind(undefined, [{ ...first, policy }, ...rest])
  return file.cases.map(({ call }) => decide(decodeCall(call)))
}
