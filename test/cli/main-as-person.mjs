/** The command line with a person at its terminal, who types whatever word is asked for. The package has no such program. */
import { runMain } from '../../dist/bin/run-main.js'

await runMain(process.argv.slice(2), {
  ancestors: () => [],
  variables: [],
  atTerminal: true,
  ask: question => /Type `(.*)` to go on/.exec(question)?.[1] ?? '',
})
