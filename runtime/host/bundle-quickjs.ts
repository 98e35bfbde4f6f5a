/**
 * The entry of a bundle for QuickJS: the hook and nothing else, since every kilobyte is parsed anew by each process. Its
 * table is always a file: to decode base64 would cost more than the rest of a decision.
 */
import { AbstractString } from '../decide/abstract-string.js'
import { openDecider } from '../decide/open.js'
import { runHook } from './hook.js'
import { quickjsHost } from './quickjs.js'
import { openTableFile, type TableInFile } from './table-file.js'

function startBundle(place: TableInFile): void {
  const { script } = quickjsHost
  const open = () => openDecider(openTableFile(quickjsHost, script.slice(0, script.lastIndexOf('/')), place))
  quickjsHost.exit(runHook(open, quickjsHost))
}

// A global name, since a script exports nothing; all but the first is for whoever tries the kernel on an engine, case by case.
Object.assign(globalThis, { agsecKernel: { startBundle, openDecider, quickjsHost, AbstractString } })
