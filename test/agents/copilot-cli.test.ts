import { conformance } from './conformance.js'

conformance('copilot-cli')
