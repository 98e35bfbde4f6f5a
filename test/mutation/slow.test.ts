/** Those that compile policies. */
import '../runtime/decide/candidates.test.js'
import '../runtime/decide/decide.test.js'
import '../runtime/decide/detail.test.js'
import '../runtime/decide/evaluation.test.js'
import '../runtime/decide/large-policy.test.js'
import '../runtime/decide/statement.test.js'
import './encoded.js'
