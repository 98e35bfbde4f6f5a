import { conformance } from './conformance.js'

conformance('cline')
