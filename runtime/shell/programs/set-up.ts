/**
 * What tools print for a shell to run (`eval "$(pyenv init -)"`): paths, functions and completions of their own. It is trusted as the tool
 * is that prints it, so that for the analysis it is no code at all.
 */
import { prefixOf } from '../text.js'
import type { Model } from './model.js'
import type { Lookup } from './roles.js'

const TABLE: Readonly<Record<string, RegExp>> = {
  'pyenv rbenv nodenv goenv jenv plenv starship zoxide atuin mcfly oh-my-posh': /^(?:virtualenv-)?init\b/,
  brew: /^shellenv\b/,
  'ssh-agent': /^(?:-[cs]\s*)?$/,
  direnv: /^(?:hook|export)\b/,
  fnm: /^env\b/,
  'mise rtx': /^(?:activate|hook-env|env)\b/,
  dircolors: /^-\w/,
  'conda mamba micromamba': /^shell\S*\s+(?:hook|activate)\b/,
  opam: /^(?:config )?env\b/,
  luarocks: /^path\b/,
  thefuck: /^(?:--alias|-a)\b/,
  'register-python-argcomplete': /^\w/,
  'kubectl helm gh npm docker rustup poetry uv pip pnpm deno minikube kind argocd flux': /^(?:completions?|generate-shell-completion)\b/,
  'docker-machine': /^env\b/,
} // prettier-ignore

const models = new Map<string, Model>()
for (const [names, pattern] of Object.entries(TABLE))
  for (const name of names.split(' '))
    models.set(name, ({ args, open }) =>
      !open && args.every(arg => typeof arg === 'string') && pattern.test(args.map(prefixOf).join(' ')) ? '' : undefined,
    )

export const SET_UP: Lookup = name => models.get(name)
