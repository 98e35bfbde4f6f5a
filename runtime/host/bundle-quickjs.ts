/**
 * The entry of a bundle for QuickJS: the hook and nothing else, since every kilobyte is parsed anew by each process.
 */
import { AbstractString } from '../decide/abstract-string.js'
import { openDecider } from '../decide/open.js'
import type { DataPlace } from '../decide/table.js'
import { findData } from './data-file.js'
import { runHook } from './hook.js'
import { quickjsHost } from './quickjs.js'

function startBundle(place: DataPlace): void {
  const { script } = quickjsHost
  const table = findData(quickjsHost, script.slice(0, script.lastIndexOf('/')), place)
  quickjsHost.exit(runHook(project => openDecider(table(), project), quickjsHost))
}

// A global name, since a script exports nothing; all but the first is for whoever tries the kernel on an engine, case by case.
Object.assign(globalThis, { agsecKernel: { startBundle, findData, openDecider, quickjsHost, AbstractString } })
