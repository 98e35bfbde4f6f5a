/** What the openai package does against the scripted server; run by `openai.test.ts`, one process per release. */
import { testChat } from './chat.js'
import { testClient } from './client.js'
import { testResponses } from './responses.js'

testChat()
testClient()
testResponses()
