/**
 * Holes of which the shell knows more than their kind says: that a number stands there, which is never code, or the one program that
 * a variable or `which` is there to name. Each is one object, known by its identity.
 */
import { AbstractString, type Hole, type HoleKind, type Part } from '../decide/abstract-string.js'
import type { Text } from './analysis.js'
import { join, partsOf } from './text.js'

const notes = new WeakMap<Hole, string>()
const tools = new Map<string, Text>()
const folders = new Map<string, Text>()

function noted(hole: HoleKind, note: string, at?: false): Hole {
  const made: Hole = at === undefined ? { hole } : { hole, at }
  notes.set(made, note)
  return made
}

/** What is known of a hole besides its kind: equal texts have equal notes. */
export function noteOf(hole: Hole): string {
  return notes.get(hole) ?? ''
}

const DIGITS = noted('visible', '#', false)

/** A number, a date, a name of the machine: unlike a name that `*` found, it can never be code. */
export const NUMBER: Text = AbstractString.of([DIGITS])

const PID = noted('visible', 'p', false)

/** `$$`: the same number each time, which nobody had before. */
export const OWN_NUMBER: Text = AbstractString.of([PID])

/** The path as one text, with a sign that no path has where `$$` stands; undefined where anything else is not known. */
export function withOwnNumber(path: Text): string | undefined {
  const parts = partsOf(path).map(part => (part === PID ? '\0' : part))
  return parts.every((part): part is string => typeof part === 'string') ? parts.join('') : undefined
}

/** The number of a port, as the environment has it. */
export const PORT: Text = AbstractString.of([noted('visible', ':', false)])

const FRESH = noted('visible', 't')

/** The part of a name that `mktemp` chooses, so that nothing had the name before; no more code than a number is. */
export const FRESH_NAME: Text = AbstractString.of([FRESH])

/** A database that is no file, and what asks it. */
export const IN_MEMORY: Text = AbstractString.of([noted('any', 'm')])

/** Where a list goes on that is known no further: any number of anything. */
export const REST: Text = AbstractString.of([noted('any', '…')])

const MORE_LINES = noted('any', '+')

/** What a listing may hold beside the names that are in the folder now. */
export const MORE: Text = AbstractString.of([MORE_LINES])

/** One of several texts: the first, or anything else. */
export function likely([first = '', ...others]: readonly Text[]): Text {
  return others.every(each => each === first) ? first : join(first, MORE)
}

/** The listing without what else it may hold; undefined where the text is none. */
export function withoutMore(text: Text): Text | undefined {
  const parts = partsOf(text)
  const last = parts[parts.length - 1]
  return last === MORE_LINES || ((last === OF_FILES || last === ALIKE) && parts.length > 1)
    ? AbstractString.of(parts.slice(0, -1))
    : undefined
}

/** The part of a fresh path from its new name on. */
export function freshEnd(path: Text): Text | undefined {
  const parts = partsOf(path)
  const at = parts.indexOf(FRESH)
  const before = parts[at - 1] ?? ''
  return at === -1
    ? undefined
    : AbstractString.of([...(typeof before === 'string' ? [before.slice(before.lastIndexOf('/'))] : []), ...parts.slice(at)])
}

/** Whether the path was not there before the command: `mktemp` has named it, or a folder above. */
export function isFresh(path: Text): boolean {
  return partsOf(path).includes(FRESH)
}

/** One character of a set, at the start of a name: no dot. */
export const ONE = noted('visible', '1')

const OF_FILES = noted('any', 'n')

/** Names of files, as many as there are, with what stands between them: code only where a file is named like code. */
export const NAMES: Text = AbstractString.of([OF_FILES])

const ALIKE = noted('any', '=')

/** As many names as there are, each of which is like the one before, with what stands between them. */
export const MORE_ALIKE: Text = AbstractString.of([ALIKE])

/** The one name that such a list is of, where the list was read apart at zeros, which are in no name. */
export function alike(words: readonly Text[]): Text | undefined {
  const [word, last, ...more] = words
  return last !== undefined && more.length === 0 && partsOf(last)[0] === ALIKE ? word : undefined
}

/** Whether nothing but names of files is not known of it. */
export function isOfNames(text: Text): boolean {
  return partsOf(text).every(part => typeof part === 'string' || part.hole !== 'any' || part === OF_FILES || part === ALIKE)
}

const FROM_OUTSIDE = noted('any', 'e')

/** What a variable of the environment holds, which the command has not set: any text, but none that the command has a say in. */
export const ENVIRONMENT: Text = AbstractString.of([FROM_OUTSIDE])

/** Whether nothing but what the environment gives is not known of it. */
export function isOfEnvironment(text: Text): boolean {
  return partsOf(text).every(part => typeof part === 'string' || part === FROM_OUTSIDE)
}

const OWN_CODE = noted('any', '!')

/** Code that a tool prints for the shell that asks it to: of its own making. */
export const TOOL_CODE: Text = AbstractString.of([OWN_CODE])

/** Whether such code is all that it is, but for lines behind. */
export function isToolCode(text: Text): boolean {
  const [first, ...more] = partsOf(text)
  return first === OWN_CODE && more.every(part => typeof part === 'string' && /^\s*(?:[\n;&]|$)/.test(part))
}

const CHANGED = noted('any', '-')
const UNCHANGED = noted('any', '~')

/** What `git diff` prints of work that is not committed. @param back whether it leads back to what was */
export function workOf(back: boolean): Text {
  return AbstractString.of([back ? UNCHANGED : CHANGED])
}

/** Whether the text, applied so, throws that work away. */
export function losesWork(text: Text | undefined, reversed: boolean): boolean {
  return partsOf(text ?? '')[0] === (reversed ? CHANGED : UNCHANGED)
}

/** Whether code may stand where the text is not known. */
export function mayBeCode(text: Text): boolean {
  return partsOf(text).some(part => typeof part !== 'string' && part !== DIGITS && part !== FRESH && part !== PID)
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
 * Variables that by convention hold the name of a program, of the same name in small letters, with dashes, or of that behind `=`: what
 * Makefiles, configure scripts, build scripts and CI set. Nobody here sees what an earlier call has exported; what the command itself gives them counts.
 */
const TOOLS =
  ' ACLOCAL ADB ANSIBLE AR AS AUTOCONF AUTOHEADER AUTOMAKE AWK BISON BREW BUF BUN BUNDLE CABAL CARGO CAT CC=cc CHMOD CHOWN CLANG CLANG_FORMAT CLANG_TIDY CMAKE COMPOSER ' +
  'CONDA CONTROLLER_GEN COSIGN CP CPP=cpp CTEST CURL CXX=c++ CYTHON DART DENO DIFF DOCKER DOTNET DOXYGEN DUNE ECHO EDITOR=vi EGREP ENVTEST=setup-envtest ERLC ESBUILD ' +
  'ESLINT FC=gfortran FGREP FIND FLAKE8 FLEX FLUTTER GAWK GCC GCOV GEM GHC GIT GO GOFMT GOIMPORTS GOLANGCI_LINT GOLINT GORELEASER GRADLE GREP GZIP HELM HUGO INSTALL JAVA ' +
  'JAVAC JEST JQ KIND KUBECTL KUSTOMIZE LATEXMK LCOV LD LEX LIBTOOL LLVM_AR LLVM_CONFIG LLVM_COV LLVM_NM LLVM_OBJCOPY LLVM_OBJDUMP LLVM_PROFDATA LLVM_READELF LLVM_READOBJ ' +
  'LLVM_STRIP LN LS LUA MAKE MAKEINFO MAVEN=mvn MINIKUBE MISSPELL MKDIR MOCHA MSGFMT MVN MV MYPY NASM NINJA NM NODE NPM NPX OBJCOPY OBJDUMP OCAMLC PAGER=less PANDOC PATCH ' +
  'PDFLATEX PERL PHP PIP PIP3 PIPENV PKG_CONFIG PNPM PODMAN POETRY PRETTIER PRINTF PROTOC PSQL PY=python PYLINT PYTEST PYTHON PYTHON2 PYTHON3 RANLIB READELF RM RMDIR ROLLUP ' +
  'RSYNC RUBOCOP RUBY RUFF RUSTC SCP SED SHELLCHECK SHFMT SPHINXBUILD=sphinx-build SSH STATICCHECK STRIP SUDO SWIFT TAR TERRAFORM TOUCH TSC TSX UNZIP UV VISUAL=vi VITEST ' +
  'WEBPACK WGET XARGS XCODEBUILD XELATEX XGETTEXT XZ YACC YARN ZIG ZIP '

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
HOMEBREW_LIBRARY Homebrew/*
VIRTUAL_ENV bin/activate
IDF_PATH export.sh
ZSH oh-my-zsh.sh lib/*
`

/** What a variable that the command has not set holds by convention: a program, the folder of a tool, the number of a port. */
export function conventional(name: string): Text | undefined {
  return toolVariable(name) ?? folderVariable(name) ?? (/(?:^|_)PORT$/.test(name) ? PORT : undefined)
}

/** The folder of a tool, by its variable: any path, but what is kept in it for the shell is the tool's own. */
function folderVariable(name: string): Text | undefined {
  if (!/_(?:DIR|ROOT|HOME|PREFIX|path|LIBRARY|ENV|PATH)$|^ZSH$/.test(name) || !FOLDERS.includes(`\n${name} `)) return undefined
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
function toolVariable(name: string): Text | undefined {
  if (!/^[A-Z]/.test(name)) return undefined
  for (const end of [' ', '=']) {
    const at = TOOLS.indexOf(` ${name}${end}`)
    if (at !== -1)
      return toolText(end === ' ' ? name.toLowerCase().split('_').join('-') : (/[^ ]+/.exec(TOOLS.slice(at + name.length + 2))?.[0] ?? ''))
  }
  return undefined
}
