/**
 * Holes of which the shell knows more than their kind says: that a number stands there, which is never code, or the one program that
 * a variable or `which` is there to name. Each is one object, known by its identity.
 */
import { AbstractString, type Hole, type HoleKind, type Part } from '../decide/abstract-string.js'
import type { Text } from './analysis.js'
import { partsOf } from './text.js'

const notes = new WeakMap<Hole, string>()
const tools = new Map<string, Text>()

function noted(hole: HoleKind, note: string): Hole {
  const made: Hole = { hole }
  notes.set(made, note)
  return made
}

/** What is known of a hole besides its kind: equal texts have equal notes. */
export function noteOf(hole: Hole): string {
  return notes.get(hole) ?? ''
}

const DIGITS = noted('visible', '#')

/** A number, a date, a name of the machine: unlike a name that `*` found, it can never be code. */
export const NUMBER: Text = AbstractString.of([DIGITS])

const FRESH = noted('visible', 't')

/** The part of a name that `mktemp` chooses, so that nothing had the name before; no more code than a number is. */
export const FRESH_NAME: Text = AbstractString.of([FRESH])

/** Whether the path was not there before the command: `mktemp` has named it, or a folder above. */
export function isFresh(path: Text): boolean {
  return partsOf(path).includes(FRESH)
}

/** One character of a set, at the start of a name: no dot. */
export const ONE = noted('visible', '1')

/** Whether code may stand where the text is not known. */
export function mayBeCode(text: Text): boolean {
  return partsOf(text).some(part => typeof part !== 'string' && part !== DIGITS && part !== FRESH)
}

/** Any text, but where it is run it is taken to be the program of that name. */
export function toolText(program: string): Text {
  const text = tools.get(program) ?? AbstractString.of([noted('any', `$${program}`)])
  tools.set(program, text)
  return text
}

/** The program that a text is there to name. */
export function toolOf(text: Text): string | undefined {
  const [part, ...more] = partsOf(text)
  return part !== undefined && more.length === 0 && isTool(part) && typeof part !== 'string' ? noteOf(part).slice(1) : undefined
}

export function isTool(part: Part): boolean {
  return typeof part !== 'string' && noteOf(part).startsWith('$')
}

/**
 * Variables that by convention hold the name of a program, of the same name in small letters or of that behind `=`: what Makefiles, build
 * scripts and CI set. Nobody here sees what an earlier call has exported; what the command itself gives them counts.
 */
const TOOLS =
  'AR AS AWK BREW BUN BUNDLE CARGO CAT CC=cc CHMOD CHOWN CLANG CMAKE COMPOSER CONDA CP CPP=cpp CURL CXX=c++ DENO DIFF DOCKER DOTNET ECHO EDITOR=vi EGREP FC=gfortran FGREP ' +
  'FIND FLAKE8 GAWK GCC GEM GIT GO GRADLE GREP GZIP HELM INSTALL JAVA JAVAC JEST JQ KUBECTL LD LN LS LUA MAKE MAVEN=mvn MKDIR MVN MV MYPY NINJA NM NODE NPM NPX OBJCOPY ' +
  'OBJDUMP PAGER=less PATCH PERL PHP PIP PIP3 PIPENV PNPM PODMAN POETRY PRINTF PROTOC PSQL PY=python PYLINT PYTEST PYTHON PYTHON2 PYTHON3 RANLIB READELF RM RMDIR RSYNC RUBY ' +
  'RUFF RUSTC SCP SED SSH STRIP SUDO TAR TERRAFORM TOUCH TSC UNZIP UV VISUAL=vi WGET XARGS XZ YARN ZIP'

/** Found in the text, since a table of all of them would be made anew by every hook. */
export function toolVariable(name: string): Text | undefined {
  for (const end of [' ', '=']) {
    const at = ` ${TOOLS} `.indexOf(` ${name}${end}`)
    if (at !== -1) return toolText(end === ' ' ? name.toLowerCase() : (/[^ ]+/.exec(TOOLS.slice(at + name.length + 1))?.[0] ?? ''))
  }
  return undefined
}
