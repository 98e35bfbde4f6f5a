/** Which files a patch is about. */
import { losesWork } from '../noted-holes.js'
import { ANY, prefixOf } from '../text.js'
import type { Output } from './model.js'
import type { Reading } from './roles.js'

/** The files that a patch names, besides everything beneath the folder: what a patch does not say in words is done all the same. */
export function patched(reading: Reading): Output {
  const { call, options, operands, world } = reading
  const isGit = call.name === 'git'
  const files = [...(isGit ? operands : operands.slice(1)), ...options.values('-i')]
  const texts = files.length === 0 ? [call.stdin] : files.map(each => (each === '-' ? call.stdin : world.readText(each)))
  const strip = Number(options.value('-p') ?? (isGit ? 1 : 0))
  const isBack = options.has('-R') || options.has('--reverse')
  // A file keeps what is taken out of the tree.
  const isLost = texts.some((text, at) => losesWork(text, isBack) && /^(?:-$|\/dev\/fd\/)/.test(prefixOf(files[at] ?? '-')))
  if (isLost && !options.has('--cached')) world.act('git.checkout', { paths: [ANY], discard: true, force: false, create: false })
  const known = texts.filter(text => typeof text === 'string')
  const operations = options.has('-E') || known.some(text => DELETES.test(text)) ? 'WD' : 'W'
  for (const name of new Set(known.flatMap(namesInPatch).map(each => stripped(each, strip)))) reading.touch(operations, name)
  return undefined
}

/** What is said of a file that is no more: its new name or time, or in the words of Git. */
const DELETES = /^(?:\+\+\+|---|\*\*\*) .*(?:\/dev\/null|19(?:69|70)|Jan +1 )|^(?:deleted file mode|rename from) /m

const PATCH_HEADS = ['+++ ', '--- ', '*** ', 'rename to ', 'rename from ', 'copy to ', 'Index: ']

function namesInPatch(text: string): readonly string[] {
  return text.split('\n').flatMap(line => {
    const head = PATCH_HEADS.find(each => line.startsWith(each))
    const name = head === undefined ? '' : (line.slice(head.length).split('\t')[0] ?? '').trim()
    // Git names what it renames without the `a/` and `b/` that are stripped.
    return name === '' || name === '/dev/null' ? [] : [head?.endsWith('o ') || head?.endsWith('m ') ? `a/${name}` : name]
  })
}

function stripped(name: string, folders: number): string {
  return name.split('/').slice(folders).join('/') || name
}
