/**
 * Properties draw the same cases in every ordinary run, so that a change is never blamed for a case that it did not meet;
 * `AGSEC_SEED=random npm test`, or a number, draws others.
 */
import fc from 'fast-check'

const asked = process.env['AGSEC_SEED'] ?? '1'
if (asked !== 'random') fc.configureGlobal({ seed: Number(asked) })
