import { expect, test } from 'vitest'
import type { Files } from '../../../../runtime/shell/analysis.js'
import { analyseIn, execs, unknowns } from './show-analysis.js'

/** Nothing can be read here, though all is there. */
const UNREADABLE: Files = { readText: () => undefined, list: () => undefined, kind: () => 'file' }

const OWN = 'code that a tool has for the shell'

const reasons = (command: string) => {
  const { execs: found, unknowns: all } = analyseIn(command, UNREADABLE)
  return new Set([...all.map(({ why }) => why), ...found.flatMap(({ dynamic }) => dynamic ?? [])])
}

test.each([
  'eval "$(pyenv init -)"',
  'eval "$(pyenv init --path)" && eval "$(pyenv virtualenv-init -)"',
  'eval "$(rbenv init - bash)"',
  'eval "$(/home/linuxbrew/.linuxbrew/bin/brew shellenv)"',
  'eval "$(/opt/homebrew/bin/brew shellenv)"; brew list',
  'eval $(ssh-agent -s)',
  'eval `ssh-agent` >/dev/null',
  'export PYENV_ROOT="$HOME/.pyenv"; export PATH="$PYENV_ROOT/bin:$PATH"; eval "$(pyenv init - bash)"',
  'eval "$(mise activate bash)"',
  'eval "$(conda shell.bash hook)" && conda activate base',
  'eval "$(fnm env --use-on-cd --shell bash)"',
  'eval "$(opam env --switch=5.1.0)"',
  'eval "$(direnv hook bash)"; eval "$(starship init bash)"; eval "$(zoxide init bash)"',
  'source <(kubectl completion bash); source <(helm completion bash)',
  'eval "$(dircolors -b)"',
  'eval "$(ssh-agent -s)"\nssh-add -l',
  '[ -s "$NVM_DIR/nvm.sh" ] && \\. "$NVM_DIR/nvm.sh"',
  '[[ -r $NVM_DIR/bash_completion ]] && \\. $NVM_DIR/bash_completion',
  'source "$SDKMAN_DIR/bin/sdkman-init.sh"',
  'source $(conda info --base)/etc/profile.d/conda.sh && conda activate x',
  '. "$(brew --prefix nvm)/nvm.sh"',
  'source "${HOMEBREW_LIBRARY}/Homebrew/help.sh"',
  'source "$VIRTUAL_ENV/bin/activate"',
  'python3 -m venv "$V" && . "$V/bin/activate"',
  'uv venv "$TMP/v"; . "$TMP/v/bin/activate"',
  'export NVM_DIR="$HOME/.nvm"; . "$NVM_DIR/nvm.sh"; nvm use 20',
  '. "$HOME/.cargo/env"; . /usr/share/bash-completion/bash_completion; source /etc/profile',
])('what a tool has for the shell is its own: %s', command => {
  expect([...reasons(command)]).toEqual([OWN])
})

test.each([
  'eval "$(pyenv exec x)"',
  'eval "$(tool init -)"',
  'eval "$(tool completion bash)"',
  'eval "$(./brew shellenv)"',
  'eval "$(/tmp/brew shellenv)"',
  'eval "$(/proj/bin/brew shellenv)"',
  'eval "$(/usr/../tmp/brew shellenv)"',
  'PATH="/tmp/x:$PATH"; eval "$(brew shellenv)"',
  'PATH=".:$PATH"; eval "$(brew shellenv)"',
  'PATH="$HOME/../x:$PATH"; eval "$(brew shellenv)"',
  'cp x ~/.local/bin/brew; eval "$(brew shellenv)"',
  'brew() { cat x; }; eval "$(brew shellenv)"',
  'eval "$(brew shellenv; cat x)"',
  'eval "$(brew shellenv | sed s/a/b/)"',
  'eval "$(brew shellenv)$x"',
  'eval "$x$(brew shellenv)"',
  'eval "$(brew shellenv) $x"',
  'eval "$(ssh-agent -s)" rm -rf x',
  'eval "$(ssh-agent -s) rm -rf x"',
  'eval "$(direnv export bash)"',
  'read NVM_DIR; . "$NVM_DIR/nvm.sh"',
  'NVM_DIR=/tmp/x; . "$NVM_DIR/nvm.sh"',
  'NVM_DIR=/tmp/x; bash -c \'. "$NVM_DIR/nvm.sh"\'',
  '. "$NVM_DIR/$f"',
  'source $(conda info --envs)/etc/profile.d/conda.sh',
  'source $(./conda info --base)/etc/profile.d/conda.sh',
  'PATH=bin:$PATH; source "$(conda info --base)/etc/profile.d/conda.sh"',
  '. "$(brew --prefix nvm)/x.sh"',
  'echo "rm x" > "$x"; . "$(brew --prefix nvm)/nvm.sh"',
  '. "$NVM_DIR/x.sh"',
  '. "$NVM_DIR/../nvm.sh"',
  '. "$HOMEBREW_LIBRARY/Homebrew/../x.sh"',
  '. "$V/bin/activate"',
  'python3 -m venv "$V/a" && . "$V/bin/activate"',
  'V=$(cat x); python3 -m venv "$W" && . "$V/bin/activate"',
  '. "$NVM_DIR$x/nvm.sh"',
  '. "$OTHER_DIR/nvm.sh"',
  'cp x "$NVM_DIR/nvm.sh"; . "$NVM_DIR/nvm.sh"',
  'cp x ~/.nvm/nvm.sh; . ~/.nvm/nvm.sh',
  '. ~/x.sh',
  '. /etc/../proj/x.sh',
  '. /tmp/nvm.sh',
  '. /opt/tool/nvm.sh',
])('and nothing else is: %s', command => {
  expect([...reasons(command)].filter(why => why !== OWN)).not.toEqual([])
})

test('what stands beside the code of a tool is seen', () => {
  expect(execs('eval "$(ssh-agent -s); rm x"')).toContain('rm x')
  expect(unknowns('eval "$(ssh-agent -s); rm x"')).toEqual([`any: ${OWN}`])
})

test('a script that is not here is installed, unless the command has a say in that', () => {
  const here: Files = { readText: () => undefined, list: () => undefined, kind: () => 'none' }
  const why = (command: string) => analyseIn(command, here).unknowns.map(each => each.why)
  expect(why('source set_env.sh')).toEqual([OWN])
  expect(why('PATH=/tmp:$PATH; source set_env.sh')).toEqual(['a script that cannot be read'])
  expect(why('cp x /tmp/set_env.sh; source set_env.sh')).toEqual(['a script that cannot be read'])
})
