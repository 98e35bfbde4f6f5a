/** What code does to the world where its arguments are known, and an unknown of the right scope where they are not. */
import type { FileOperation, Scope, Text } from '../analysis.js'
import type { Output, Reach, World } from '../programs/model.js'
import { prefixOf } from '../text.js'
import { isUnknown } from './flat.js'

/** The standard streams, by the names under which programs open them. */
const STREAMS = ['', '-', '/dev/stdin', '/dev/stdout', '/dev/stderr', '/dev/null', '/dev/tty']

export class Effects {
  /** The files of code that were given out, as far as they are known: each is looked at once. */
  private readonly given = new Set<Text>()

  constructor(
    readonly world: World,
    /** The program, for people. */
    readonly name: string,
  ) {}

  unknown(scope: Scope): void {
    this.world.unknown(scope, `code of ${this.name}`)
  }

  file(operation: FileOperation, path: Text, recursive = false): void {
    if (typeof path !== 'string' || !STREAMS.includes(path)) this.world.file(operation, path, recursive)
  }

  fetch(url: Text): void {
    if (prefixOf(url) === '') this.unknown('net')
    else this.world.act('web.fetch', { url })
  }

  /**
   * A file of code is run. One of the project is daily work and is not read; one that the same command wrote is.
   * @returns the code to look at
   */
  code(file: Text): Text | undefined {
    if (this.given.has(file)) return ''
    this.given.add(file)
    this.file('read', file)
    if (!this.world.wrote(file) && !/^(-$|\/(dev|proc)\/)/.test(prefixOf(file))) {
      this.project(file)
      return undefined
    }
    const text = this.world.readText(file)
    if (text === undefined) this.unknown('any')
    return text
  }

  /** Code of the project is run. */
  project(file: Text): void {
    this.world.act('project.run', { program: this.name, file })
  }

  /** Code of a module is run: of the project or of an installed package. */
  module(module: Text): void {
    this.world.act('project.run', { program: this.name, module })
  }

  listen(port: Text | undefined): void {
    this.world.act('net.listen', { ...(port === undefined ? {} : { port }), program: this.name })
  }

  /** @param stdin what it reads, where that is not what the program itself reads */
  shell(script: Text, stdin?: Text): Output {
    return this.world.shell(script, this.reach(stdin))
  }

  run(argv: readonly Text[], open = false, stdin?: Text): Output {
    const [program] = argv
    if (program !== undefined && !isUnknown(program)) return this.world.run(argv, { ...this.reach(stdin), open })
    this.unknown('exec')
    return undefined
  }

  private reach(stdin: Text | undefined): Reach {
    return { via: this.name, ...(stdin === undefined ? {} : { stdin }) }
  }
}
