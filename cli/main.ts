#!/usr/bin/env node
/** The entry of the `agsec` command. */
import { runMain } from './run-main.js'

await runMain(process.argv.slice(2))
