/** The tests that need no compiler, in one file: a mutant that they see is judged before a compiler is loaded. */
import '../runtime/decide/kleene.test.js'
import '../runtime/decide/value.test.js'
import '../runtime/decide/equality.test.js'
import '../runtime/decide/statement-list.test.js'
import './recorded.js'
