// Loaded before a hook: tells at its end which code V8 took from a cache.
const vm = require('node:vm')
const { Script } = vm

const taken = []
vm.Script = class extends Script {
  constructor(text, options) {
    super(text, options)
    if (options.cachedData !== undefined && this.cachedDataRejected === false) taken.push(options.filename.replace('agsec:', ''))
  }
}
process.on('exit', () => require('node:fs').writeSync(2, `cached: ${taken.join(' ')}\n`))
