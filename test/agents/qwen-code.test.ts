import { conformance } from './conformance.js'

conformance('qwen-code')
