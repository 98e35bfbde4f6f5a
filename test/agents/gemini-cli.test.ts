import { conformance } from './conformance.js'

conformance('gemini-cli')
