/**
 * The entry of the kernel for QuickJS: the hook and nothing else, since every kilobyte costs each process time.
 */
import { AbstractString } from '../decide/abstract-string.js'
import { openDecider } from '../decide/open.js'
import type { DataPlace } from '../decide/table.js'
import { findData } from './data-file.js'
import { runHook } from './hook.js'
import type { MakeCode } from './parts.js'
import { quickjsHost } from './quickjs.js'

/** @param make what makes code of the kernel's parts */
function startBundle(place: DataPlace, folder: string, make: MakeCode): void {
  const table = findData(quickjsHost, folder, place, make)
  quickjsHost.exit(runHook(project => openDecider(table(), project), quickjsHost))
}

/** All but the first is for whoever tries the kernel on an engine, case by case. */
const kernel = { startBundle, findData, openDecider, quickjsHost, AbstractString }

export type QuickjsKernel = typeof kernel

// A global name, since a script exports nothing; `agsecKernel` is what stands around it in the bundle.
Object.assign(globalThis, { agsecCore: kernel })
