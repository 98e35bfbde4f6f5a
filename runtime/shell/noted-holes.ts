/**
 * Holes of which the shell knows more than their kind says: that a number stands there, which is never code, or the one program that
 * a variable or `which` is there to name. Each is one object, known by its identity.
 */
import { AbstractString, type Hole, type HoleKind, type Part } from '../decide/abstract-string.js'
import type { Text } from './analysis.js'
import { partsOf } from './text.js'

const notes = new WeakMap<Hole, string>()
const tools = new Map<string, Text>()
const folders = new Map<string, Text>()

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

const MORE_LINES = noted('any', '+')

/** What a listing may hold beside the names that are in the folder now. */
export const MORE: Text = AbstractString.of([MORE_LINES])

/** The listing without what else it may hold; undefined where the text is none. */
export function withoutMore(text: Text): Text | undefined {
  const parts = partsOf(text)
  return parts[parts.length - 1] === MORE_LINES ? AbstractString.of(parts.slice(0, -1)) : undefined
}

/** Whether the path was not there before the command: `mktemp` has named it, or a folder above. */
export function isFresh(path: Text): boolean {
  return partsOf(path).includes(FRESH)
}

/** One character of a set, at the start of a name: no dot. */
export const ONE = noted('visible', '1')

const OWN_CODE = noted('any', '!')

/** Code that a tool prints for the shell that asks it to: of its own making. */
export const TOOL_CODE: Text = AbstractString.of([OWN_CODE])

/** Whether it is such code, and nothing that may stand with it on a line. */
export function isToolCode(text: Text): boolean {
  const parts = partsOf(text)
  return parts.length === 1 && parts[0] === OWN_CODE
}

/** Whether code of others may stand where the text is not known. */
export function mayBeCode(text: Text): boolean {
  return partsOf(text).some(part => typeof part !== 'string' && part !== DIGITS && part !== FRESH && part !== OWN_CODE)
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

function isTool(part: Part): boolean {
  return typeof part !== 'string' && noteOf(part).startsWith('$')
}

/** Whether blanks in it, unquoted, make no words that matter: `$CC`, `eval $(ssh-agent)`. */
export function isOneThing(part: Part): boolean {
  return part === OWN_CODE || isTool(part)
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

/** Variables of tools that hold the folder in which they are, and the files in it that are to be read by a shell. */
const FOLDERS = `
NVM_DIR nvm.sh bash_completion
PYENV_ROOT completions/pyenv.bash
SDKMAN_DIR bin/sdkman-init.sh
ASDF_DIR asdf.sh completions/asdf.bash
CARGO_HOME env
RBENV_ROOT completions/rbenv.bash
N_PREFIX bin/n
rvm_path scripts/rvm
HOMEBREW_PREFIX etc/bash_completion etc/profile.d/bash_completion.sh opt/nvm/nvm.sh opt/asdf/libexec/asdf.sh opt/chruby/share/chruby/chruby.sh
CONDA_PREFIX etc/profile.d/conda.sh
CONDA_ROOT etc/profile.d/conda.sh
`

/** The folder of a tool, by its variable: any path, but what is kept in it for the shell is the tool's own. */
export function folderVariable(name: string): Text | undefined {
  if (!/_(?:DIR|ROOT|HOME|PREFIX|path)$/.test(name) || !FOLDERS.includes(`\n${name} `)) return undefined
  const made = folders.get(name) ?? AbstractString.of([noted('any', `/${name}`)])
  folders.set(name, made)
  return made
}

/** The files of the tool whose folder stands there, with blanks around each; undefined of any other hole. */
export function folderOwner(hole: Hole): string | undefined {
  const note = noteOf(hole)
  if (!note.startsWith('/')) return undefined
  const start = FOLDERS.indexOf(`\n${note.slice(1)} `)
  return `${FOLDERS.slice(start, FOLDERS.indexOf('\n', start + 1))} `
}

/** Found in the text, since a table of all of them would be made anew by every hook. */
export function toolVariable(name: string): Text | undefined {
  for (const end of [' ', '=']) {
    const at = ` ${TOOLS} `.indexOf(` ${name}${end}`)
    if (at !== -1) return toolText(end === ' ' ? name.toLowerCase() : (/[^ ]+/.exec(TOOLS.slice(at + name.length + 1))?.[0] ?? ''))
  }
  return undefined
}
