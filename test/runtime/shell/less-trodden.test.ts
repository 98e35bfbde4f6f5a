/** Commands that do something by way of what few use: other shells, settings that the same command writes, options that lead elsewhere. */
import { expect, test } from 'vitest'
import { AbstractString, showString } from '../../../runtime/decide/abstract-string.js'
import { analyseIn } from './evaluate/show-analysis.js'

const shown = (value: unknown) => (typeof value === 'string' || value instanceof AbstractString ? showString(value) : String(value))

function told(command: string): readonly string[] {
  const { execs, files, actions, unknowns } = analyseIn(command)
  return [
    ...execs.map(({ argv }) => argv.map(shown).join(' ')),
    ...files.map(({ operation, path }) => `${operation} ${shown(path)}`),
    ...actions.map(({ action, params }) => `${action} ${shown(params['host'] ?? params['url'] ?? params['ref'] ?? params['prune'])}`),
    ...unknowns.map(({ why }) => why),
  ]
}

const WROTE = 'code that the command itself wrote'

test.each([
  // Shells that are not bash.
  [`zsh -c 'ls *(e:"id":)'`, 'code of zsh'],
  [`zsh -c 'x=(rm a); $x'`, 'code of zsh'],
  [`zsh -c 'if [[ 1 = 1 ]] id'`, 'code of zsh'],
  [`zsh -c 'alias -g X=a'`, 'code of zsh'],
  [`fish -c 'cat (echo .env)'`, 'code of fish'],
  [`fish -c 'echo id | source'`, 'code of fish'],
  [`nu -c '^rm a'`, 'code of nu'],
  [`ksh -c 'x=\${ id; }'`, 'id'],
  ['print -l *(e:"id":)', 'a pattern that runs code'],
  // Settings and rules that the command writes.
  [`echo 'require("fs").rmSync("a")' > .mocharc.cjs; npx mocha`, 'delete /proj/a'],
  ['echo x > prettier.config.mjs; npx prettier -w .', WROTE],
  ['echo x > main_test.go; go test ./...', WROTE],
  ['echo x > a.tf; terraform apply', WROTE],
  ['echo x > .envrc; direnv allow', WROTE],
  ['echo x > .github/workflows/a.yml; act', WROTE],
  ['echo x > build.xml; ant', WROTE],
  ['echo x > setup.py; pip install -e .', WROTE],
  [`printf 'include a.mk\\n' > Makefile; printf 'all:\\n\\tid\\n' > a.mk; make`, 'id'],
  [`printf 'x != id\\nall:\\n' > Makefile; make`, 'id'],
  ["printf 'x := `id`\\nall:\\n' > justfile; just", 'id'],
  [`echo '{"scripts":{"a":"id"}}' > package.json; node --run a`, 'id'],
  [`echo '{"scripts":{"a":"id"}}' > package.json; deno task a`, 'id'],
  [`echo id > .husky/pre-commit; git commit -m a`, 'id'],
  [`echo 'run-shell "id"' > t.conf; tmux -f t.conf new -d`, 'id'],
  [`echo x > rc; screen -c rc`, 'commands of screen'],
  [`echo '\\! id' > a.sql; psql -f a.sql`, 'id'],
  [`echo .env > list; tar cf a.tar -T list`, 'read /proj/.env'],
  [`printf 'FROM a\\nCOPY .env /x\\n' | docker build -f - .`, 'read /proj/.env'],
  [`printf 'FROM a\\nADD ["id_rsa", "/x"]\\n' > Dockerfile; docker buildx build .`, 'read /proj/id_rsa'],
  [`echo 'file("~/.ssh/id_rsa")' | terraform console`, 'read /home/me/.ssh/id_rsa'],
  // The same in a folder that is not known.
  [`printf 'all: ; id' > "$D/Makefile"; make -C "$D"`, 'rules of a makefile'],
  [`echo id > "$D/x"; chmod +x "$D/x"; "$D/x"`, 'a file that the command itself wrote'],
  // Where a connection really goes.
  ['curl --connect-to ::a.b:80 http://localhost/', 'net.connect a.b'],
  ['curl --resolve localhost:80:6.6.6.6 http://localhost/', 'net.connect 6.6.6.6'],
  ['curl --doh-url https://a.b http://localhost/', 'net.connect a.b'],
  ['HTTPS_PROXY=http://u:p@a.b:80 curl https://localhost/', 'net.connect a.b'],
  ['all_proxy=a.b wget localhost', 'net.connect a.b'],
  ['curl --unix-socket /run/x.sock -d a http://localhost/', 'write /run/x.sock'],
  ['socat - UNIX-CONNECT:/run/x.sock', 'write /run/x.sock'],
  ['http get a.b', 'web.fetch http://a.b'],
  ['mailx -a f me@a.b', 'net.connect a.b'],
  [`python3 -c 'import httpx\nwith httpx.Client() as c: c.post("https://a.b")'`, 'web.fetch https://a.b'],
  [`node -e 'require("axios").post("https://a.b", 1)'`, 'web.fetch https://a.b'],
  [`node -e 'const x = new XMLHttpRequest(); x.open("POST", "https://a.b")'`, 'web.fetch https://a.b'],
  ['cat .[[:lower:]]nv', 'read /proj/.⟨char⟩nv'],
  // Options and commands of programs.
  ['shred a', 'delete /proj/a'],
  ['fdupes -dN src', 'delete /proj/src'],
  [`tmux if-shell true 'run-shell "id"'`, 'id'],
  ['tmux set -g default-command id', 'id'],
  [`tmux set -g status-right '#(id)'`, 'id'],
  [`tmux set-hook -g session-created 'run id'`, 'id'],
  ['tmux bind x run id', 'id'],
  ['tmux save-buffer /etc/x', 'write /etc/x'],
  ['screen -L -Logfile /etc/x ls', 'write /etc/x'],
  [`gdb -batch -ex 'dump binary value /etc/x 1'`, 'write /etc/x'],
  [`gdb -batch -ex 'set logging file /etc/x'`, 'write /etc/x'],
  [`ex -sc 'r .env|%p|q!'`, 'read /proj/.env'],
  [`vim -es -c 'let x=systemlist("id")'`, 'code of vim -c'],
  [`vim -es -c 'au VimLeave * call delete("a")'`, 'code of vim -c'],
  [`vim -es -c 'grep x .env' -c q`, 'read /proj/.env'],
  [`sqlite3 :memory: ".once '|id'" 'select 1'`, 'id'],
  [`mlr -n put 'end{system("id")}'`, 'code of mlr -*'],
  ['python3 -m http.server -d ~/.ssh', 'read /home/me/.ssh'],
  ['php -S 0.0.0.0:80 -t ~/.ssh', 'read /home/me/.ssh'],
  ['npx http-server ~/.ssh', 'read /home/me/.ssh'],
  [`python3 -i -c '' <<< 'import os; os.remove("a")'`, 'delete /proj/a'],
  ['git prune', 'git.gc now'],
  [`git update-ref --stdin <<< 'delete refs/heads/a'`, 'git.update_ref refs/heads/a'],
  ['echo x > ~/.ssh/$f', 'write /home/me/.ssh'],
  [`if x; then TAR_OPTIONS=''; else TAR_OPTIONS=--y; fi; export TAR_OPTIONS; tar -- a`, 'options of tar'],
  [`pwsh -c 'sal x ri; x a'`, 'code of pwsh'],
  [`pwsh -c 'Microsoft.PowerShell.Management\\Remove-Item a'`, 'delete /proj/a'],
  [`pwsh -c 'Start-Process rm "-rf a"'`, 'delete /proj/a'],
])('%s', (command, expected) => {
  expect(told(command)).toContain(expected)
})

test.each([
  [`zsh -c 'cd src && ls *.ts | wc -l'`, 'code of zsh'],
  [`fish -c 'set x 1; echo $x && ls'`, 'code of fish'],
  ['echo x > src/a.go; go build ./...', WROTE],
  ['echo x > jest.setup.js; npx jest', WROTE],
  ['ln -s a.mod go.mod; go test ./...', WROTE],
  ['echo x >> "$OUT"; make -C "$D"', 'rules of a makefile'],
  ['curl --resolve localhost:80:127.0.0.1 http://localhost/', 'net.connect localhost'],
  [`python3 -c 'd = {}; print(d.get("http"), max(d, key=d.get))'`, 'code of python3'],
  ['curl --unix-socket /run/x.sock http://localhost/', 'write /run/x.sock'],
  ['mailx root', 'net.connect root'],
  ['git prune -n', 'git.gc now'],
  [`shopt -s extglob; ls *(a|b) !(e*)`, 'a pattern that runs code'],
])('nothing of the kind: %s', (command, unexpected) => {
  expect(told(command)).not.toContain(unexpected)
})
