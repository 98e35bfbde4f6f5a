import { conformance } from './conformance.js'

conformance('codex')
