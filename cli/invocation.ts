/** What every command gets when it is called, and how it is wired to commander. */
import type { Command } from 'commander'
import { type Asker, type Loosening, requirePerson } from './guard/person.js'
import { systemAsker } from './guard/system-asker.js'
import { defaultHomeFolder, type Home, homeAt } from './home.js'
import { paletteFor, type Palette } from './render/palette.js'

export interface Invocation<Options> {
  readonly options: Options
  /** The operands, in order. */
  readonly operands: readonly string[]
  readonly home: Home
  /** Results: stdout. */
  readonly out: (text: string) => void
  /** Diagnostics and remarks: stderr. */
  readonly err: (text: string) => void
  readonly colour: Palette
  readonly errColour: Palette
  /** Goes on only where a person at a terminal wants it. @throws UsageError */
  readonly confirm: (loosening: Loosening) => void
}

/** A file under `commands/`: it adds arguments, options and the action to the command of its name. */
export interface CommandModule {
  readonly define: (command: Command) => void
}

/** Runs `work` when the command is called; what it returns becomes the exit status: of the table, or a hook's own. */
export function runs<Options extends object>(command: Command, work: (call: Invocation<Options>) => number | Promise<number>): void {
  command.action(async () => {
    process.exitCode = await work(invocationOf<Options>(command))
  })
}

const askers = new WeakMap<Command, Asker>()

/** Who asks, where that is not for the system to tell: in tests. */
export function askedBy(program: Command, asker: Asker): void {
  askers.set(program, asker)
}

function askerOf(command: Command): Asker {
  return command.parent === null ? (askers.get(command) ?? systemAsker) : askerOf(command.parent)
}

function invocationOf<Options extends object>(command: Command): Invocation<Options> {
  const globals = command.optsWithGlobals<{ readonly agsecHome?: string }>()
  return {
    options: command.opts<Options>(),
    operands: command.args,
    home: homeAt(globals.agsecHome ?? defaultHomeFolder()),
    out: text => void process.stdout.write(text),
    err: text => void process.stderr.write(text),
    colour: paletteFor(process.stdout),
    errColour: paletteFor(process.stderr),
    confirm: loosening => requirePerson(askerOf(command), loosening),
  }
}

/** Examples come first in a command's help: most readers need nothing else. */
export function examples(command: Command, lines: readonly string[]): void {
  command.addHelpText('before', `Examples:\n${lines.map(line => `  $ ${line}\n`).join('')}`)
}

/** The option that every command takes. */
export function addHomeOption(command: Command): void {
  command.option('--agsec-home <dir>', 'where agsec keeps policies, bundle, mode and audit log (default: ~/.agsec)')
}
