import { conformance } from './conformance.js'

conformance('opencode')
