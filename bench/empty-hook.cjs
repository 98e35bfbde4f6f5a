// The least that a Node hook can be: it reads its input and says nothing.
const { readFileSync } = require('node:fs')

JSON.parse(readFileSync(0, 'utf8'))
process.exitCode = 10
