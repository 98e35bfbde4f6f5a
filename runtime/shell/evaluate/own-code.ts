/**
 * Code that tools keep or print for the shell that starts them (`. "$NVM_DIR/nvm.sh"`, `eval "$(pyenv init -)"`): the tool's own, as all is
 * that the tool does when it runs. What others may have put in its place is none of it: files and programs of the project and of the command.
 */
import { AbstractString } from '../../decide/abstract-string.js'
import type { Text } from '../analysis.js'
import type { Output } from '../programs/model.js'
import { conventional, folderOwner, isOfEnvironment, TOOL_CODE } from '../noted-holes.js'
import { ANY, join, partsOf, prefixOf } from '../text.js'
import type { Draft } from './findings.js'
import type { Shell } from './shell.js'
import { keyOf, scalarOf, type Value } from './state.js'

/** How tools are asked for it, by their manuals. The name of a shell may follow, or stand among the words. */
const PRINTS = new RegExp(
  `^(?:${[
    '(?:rb|py|nod|go|j|pl|php|nd|cr|swift)env init(?: -)?(?: --(?:path|no-rehash|no-push-path))*(?: SHELL)?',
    'pyenv virtualenv-init(?: -)?(?: SHELL)?',
    '(?:starship|zoxide|atuin|mcfly|navi widget)(?: init)?(?: --(?:cmd|hook) \\w+)* SHELL',
    'brew shellenv(?: SHELL)?',
    '(?:mise|rtx) activate(?: --shims)?(?: SHELL)?',
    'direnv hook SHELL',
    'fnm env(?: --(?:use-on-cd|resolve-engines|corepack-enabled|version-file-strategy=\\w+|shell(?:=| )SHELL))*',
    'opam (?:config )?env(?: --(?:switch=[\\w.-]+|set-switch|shell=SHELL))*',
    '(?:conda|mamba) shell\\.SHELL hook',
    '(?:conda|mamba|micromamba) shell hook(?: (?:--shell|-s)(?:=| )SHELL)?',
    '[\\w-]+ completions? (?:(?:-s|--shell) )?SHELL(?: (?:cargo|rustup))?',
    'npm completion',
    'pip3? completion --SHELL',
    '(?:uv|uvx) generate-shell-completion SHELL',
    'fzf --SHELL',
    'ssh-agent(?: -[sc])?(?: -t \\w+)?(?: SHELL)?',
    'dircolors(?: (?:-b|-c|--sh|--csh|--bourne-shell))?(?: /etc/DIR_COLORS)?',
    'thefuck --alias(?: \\w+)?',
    'lesspipe(?:\\.sh)?',
    'minikube docker-env(?: -[su] \\w+)?',
  ]
    .join('|')
    .split('SHELL')
    .join('(?:bash|zsh|sh|dash|posix|fish)')})$`,
)

/** What tools print that are asked for the folder in which they are, by the variable that may hold it. */
const FOLDERS: Readonly<Record<string, string>> = {
  'conda info --base': 'CONDA_ROOT',
  'mamba info --base': 'CONDA_ROOT',
  'brew --prefix': 'HOMEBREW_PREFIX',
  'brew --prefix nvm': 'NVM_DIR',
  'pyenv root': 'PYENV_ROOT',
}

/** Why what follows is not known: the policies may tell it from other code. */
export const TOOLS_CODE = 'code that a tool has for the shell'

/** Tools that are known to complete their words so. */
const COMPLETES =
  / (?:kubectl|oc|helm|gh|docker|podman|minikube|kind|k3d|flux|argocd|velero|eksctl|istioctl|cilium|linkerd|oras|cosign|golangci-lint|hugo|glab|yq|stern|kustomize|skaffold|tilt|doctl|hcloud|pnpm|rustup|poetry|deno|just|gh|ng) /

/** Where tools are installed for everybody. Below the home folder theirs are those whose names begin with a dot. */
const TOOL_FOLDER = /^\/(?:usr|opt|bin|sbin|snap|nix|home\/linuxbrew\/\.linuxbrew)\//

/** What start-up files read, below the home folder. */
const HOME_FILE =
  /^\/\.(?:nvm\/(?:nvm\.sh|bash_completion)|sdkman\/bin\/sdkman-init\.sh|rvm\/scripts\/rvm|asdf\/(?:asdf\.sh|completions\/asdf\.bash)|cargo\/env|ghcup\/env|fzf\.bash)$/

/** What was printed, where all that ran is one tool that prints code of its own. @param ran what was found since */
export function printedCode(shell: Shell, ran: readonly Draft[]): Output {
  const [draft] = ran
  if (draft === undefined || ran.length > 1 || draft.open || !draft.argv.every(isKnown)) return undefined
  const { program, programPath, argv } = draft
  if (typeof program !== 'string') return undefined
  const line = [program, ...argv.slice(1).filter(isKnown)].join(' ')
  const folder = FOLDERS[line]
  if (folder !== undefined && isInstalled(shell, program, programPath)) return join(conventional(folder) ?? ANY, '\n')
  if (!PRINTS.test(line) || (/ completions? /.test(line) && !COMPLETES.test(` ${line.split(' ')[0]} `))) return undefined
  return isInstalled(shell, program, programPath) ? join(TOOL_CODE, '\n') : undefined
}

function isKnown(text: Text): text is string {
  return typeof text === 'string'
}

/** Whether the program lies where programs are installed, wherever the command looks for it. */
function isInstalled(shell: Shell, program: string, path: Text | undefined): boolean {
  if (shell.written.named(program).length > 0) return false
  if (path !== undefined) return isToolPath(shell, path)
  return (
    !shell.state.has('PATH') || shell.variable('PATH').every(value => foldersBefore(value).every(folder => isToolPath(shell, `${folder}/`)))
  )
}

/** The folders that the command has put in front of those that were there. */
function foldersBefore(value: Value): readonly string[] {
  const [first, ...rest] = partsOf(scalarOf(value) ?? '')
  if (typeof first !== 'string') return []
  return rest.length === 0 ? first.split(':') : first.split(':').slice(0, -1)
}

function isToolPath({ input: { home, projectRoot } }: Shell, path: Text): boolean {
  if (typeof path !== 'string' || /\/\.\.?(?:\/|$)/.test(path)) return false
  if (projectRoot !== undefined && path.startsWith(`${projectRoot}/`)) return false
  return TOOL_FOLDER.test(path) || (home !== undefined && path.startsWith(`${home}/.`))
}

/** Whether the file is the code of a tool, where it cannot be read or its folder is known by the tool's own variable alone. */
export function isOwnFile(shell: Shell, path: Text): boolean {
  if (typeof path === 'string') return isKeptFile(shell, path) || isNewEnvironment(shell, path)
  if (isEnvironment(shell, path)) return true
  const [folder, rest, ...more] = path.parts
  if (typeof folder !== 'object' || typeof rest !== 'string' || more.length > 0) return false
  return rest.startsWith('/') && isListed(folderOwner(folder), rest.slice(1)) && !hasWrittenAnywhere(shell)
}

/** By its own path in the folder, or somewhere in a part of it that holds nothing but code. */
function isListed(files: string | undefined, path: string): boolean {
  if (files === undefined || /(?:^|\/)\.\.?(?:\/|$)/.test(path)) return false
  return files.split(' ').some(file => file === path || (file.endsWith('/*') && path.startsWith(file.slice(0, -1))))
}

const ACTIVATE = '/bin/activate'

/** `python -m venv "$D"; . "$D/bin/activate"`: the script of an environment that the command has made. */
function isEnvironment({ findings }: Shell, path: AbstractString): boolean {
  const { parts } = path
  const last = parts[parts.length - 1]
  if (typeof last !== 'string' || !last.endsWith(ACTIVATE) || !isOfEnvironment(path)) return false
  const folder = keyOf(AbstractString.of([...parts.slice(0, -1), last.slice(0, -ACTIVATE.length)]))
  return findings.execs.some(draft => makes(draft, folder))
}

/** The same of a folder that is known, which nobody else has written to. */
function isNewEnvironment(shell: Shell, path: string): boolean {
  const { findings } = shell
  const isMade = (each: Text) => {
    if (typeof each !== 'string' || shell.wrote(each)) return false
    const folder = each.slice(0, -ACTIVATE.length)
    const [made, ...others] = findings.files.filter(file => file.operation === 'write' && file.path === folder)
    const maker = findings.execs[made?.by ?? -1]
    const isAlone = made?.recursive === true && others.every(({ by }) => by === made.by) && !findings.wrote(each, made.by)
    return isAlone && maker !== undefined && isMaker(maker)
  }
  return path.endsWith(ACTIVATE) && !hasWrittenAnywhere(shell) && shell.absolute(path).every(isMade)
}

function makes(draft: Draft, folder: string): boolean {
  return isMaker(draft) && draft.argv.slice(1).some(word => keyOf(word) === folder)
}

/** What is written into the script as it was given, the prompt and the path, is no code. */
function isMaker({ program, programPath, argv: [, first, second, ...rest] }: Draft): boolean {
  const isModule = /^(?:python|pypy)[\d.]*$/.test(prefixOf(program)) && first === '-m' && second === 'venv'
  const isKnown = isModule || (programPath === undefined && (program === 'virtualenv' || (program === 'uv' && first === 'venv')))
  return isKnown && [first, second, ...rest].every(word => word === undefined || !/[$`"'\\]/.test(prefixOf(word)))
}

/** Whether the command has written to a folder that is not known, so that it may be this one. */
function hasWrittenAnywhere({ findings }: Shell): boolean {
  return findings.files.some(({ operation, path }) => (operation === 'write' || operation === 'move') && prefixOf(path) === '')
}

/** In a folder of the system, which nobody but the system writes, or where a tool keeps it. */
function isKeptFile(shell: Shell, path: string): boolean {
  const { home } = shell.input
  if (shell.wrote(path) || shell.findings.wrote(path, -1) || /\/\.\.?\//.test(path)) return false
  return /^\/(?:etc|usr|nix)\//.test(path) || (home !== undefined && path.startsWith(home) && HOME_FILE.test(path.slice(home.length)))
}
