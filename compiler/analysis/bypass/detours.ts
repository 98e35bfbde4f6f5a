/** Files, settings and input from which a program takes a command: it is written there first. */
import { forShell, script, type Shell } from './form.js'
import type { Technique } from './technique.js'
import { filledScript } from './template.js'

/** The shell that is written here is the one that reads the line; another one may run the script. */
const ROWS: readonly (readonly [name: string, shell: Shell, template: string])[] = [
  ['find that asks', 'sh', "yes | find . -maxdepth 0 -ok bash -c {q} ';' 2>/dev/null"],
  ['find that asks in the folder', 'sh', "yes | find /dev/null -maxdepth 0 -okdir bash -c \"cd '$PWD'; \"{q} ';' 2>/dev/null"],
  ['run-parts', 'bash', 'mkdir /tmp/{n}d; { echo "#!/bin/bash"; {x}; } > /tmp/{n}d/{n}; chmod +x /tmp/{n}d/{n}; run-parts /tmp/{n}d'],
  [
    'hook of git',
    'bash',
    'git init -q /tmp/{n}; { echo "#!/bin/bash"; {x}; } > /tmp/{n}/.git/hooks/post-commit; chmod +x /tmp/{n}/.git/hooks/post-commit; git --git-dir=/tmp/{n}/.git --work-tree=. -c user.name=x -c user.email=x commit -q --allow-empty -m x',
  ],
  [
    'hook of git in a folder of its own',
    'bash',
    'mkdir /tmp/{n}d; { echo "#!/bin/bash"; {x}; } > /tmp/{n}d/pre-commit; chmod +x /tmp/{n}d/pre-commit; git init -q /tmp/{n}; git --git-dir=/tmp/{n}/.git --work-tree=. -c core.hooksPath=/tmp/{n}d -c user.name=x -c user.email=x commit -q --allow-empty -m x',
  ],
  [
    'filter of git',
    'sh',
    "echo '* filter=x' > /tmp/{n}; git init -q /tmp/{n}g; git --git-dir=/tmp/{n}g/.git --work-tree=. -c core.attributesFile=/tmp/{n} -c filter.x.clean={Q} hash-object --path x /etc/hostname",
  ],
  [
    'text conversion of git',
    'sh',
    "echo '* diff=x' > /tmp/{n}; git -c core.attributesFile=/tmp/{n} -c diff.x.textconv={Q} --no-pager diff --no-index --textconv /dev/null /etc/hostname",
  ],
  [
    'credential helper of git',
    'sh',
    "echo url=https://localhost | GIT_TERMINAL_PROMPT=0 git -c credential.helper='!'{q}'; :' credential fill",
  ],
  [
    'alias of git that is configured',
    'sh',
    "GIT_CONFIG_GLOBAL=/tmp/{n}; export GIT_CONFIG_GLOBAL; git config --global alias.zz '!'{Q}; git zz",
  ],
  ['editor of git', 'sh', 'git -c core.editor={Q} config -f /tmp/{n} -e'],
  ['editor of the environment', 'sh', 'export GIT_EDITOR={Q}; git config -f /tmp/{n} -e'],
  ['members of an archive', 'sh', 'tar -cf - /etc/hostname 2>/dev/null | tar -xf - --to-command={Q}'],
  ['script of sed', 'sh', "echo e > /tmp/{n}; printf '%s\\n' {q} | sed -f /tmp/{n}"],
  ['script of awk', 'sh', "echo '{system($0)}' > /tmp/{n}; printf '%s\\n' {q} | awk -f /tmp/{n}"],
  ['script of make', 'sh', "printf 'x:\\n\\t@$(C)\\n' > /tmp/{n}; make -s -f /tmp/{n} C={q}"],
  ['variable of make in the environment', 'sh', "C={q} make -s -f /dev/null '--eval=x:;@$(C)'"],
  ['script of python', 'sh', "echo 'import os,sys; os.system(sys.argv[1])' > /tmp/{n}; python3 /tmp/{n} {q}"],
  ['argument of python', 'sh', "python3 -c 'import os,sys; os.system(sys.argv[1])' {q}"],
  ['input of python', 'sh', "{x} | python3 -c 'import os,sys; os.system(sys.stdin.read())'"],
  ['environment of python', 'sh', '{n}={q} python3 -c \'import os; os.system(os.environ["{n}"])\''],
  ['argument of perl', 'sh', "perl -e 'system($ARGV[0])' {q}"],
  ['environment of perl', 'sh', '{n}={q} perl -e \'system($ENV{"{n}"})\''],
  ['lines of perl', 'sh', "printf '%s\\n' {q} | perl -ne 'system($_)'"],
  ['argument of ruby', 'sh', "ruby -e 'system(ARGV[0])' {q}"],
  ['environment of ruby', 'sh', '{n}={q} ruby -e \'system(ENV["{n}"])\''],
  ['argument of node', 'sh', 'node -e \'require("child_process").execSync(process.argv[1])\' {q}'],
  ['environment of node', 'sh', '{n}={q} node -e \'require("child_process").execSync(process.env.{n})\''],
  ['argument of php', 'sh', "php -r 'system($argv[1]);' {q}"],
  ['argument of awk', 'sh', "awk 'BEGIN{system(ARGV[1])}' {q}"],
  ['environment of awk', 'sh', '{n}={q} awk \'BEGIN{system(ENVIRON["{n}"])}\''],
  ['environment of lua', 'sh', '{n}={q} lua -e \'os.execute(os.getenv("{n}"))\''],
  [
    'program that is compiled',
    'sh',
    "echo 'int system();int main(int c,char**v){return system(v[1]);}' | gcc -w -x c - -o /tmp/{n} && /tmp/{n} {q}",
  ],
  [
    'startup file of python',
    'sh',
    'echo \'import os; os.system(os.environ["C"])\' > /tmp/{n}; C={q} PYTHONSTARTUP=/tmp/{n} python3 -i < /dev/null 2>/dev/null',
  ],
  ['startup file of a shell', 'sh', '{x} > /tmp/{n}; ENV=/tmp/{n} bash --posix -i < /dev/null 2>/dev/null'],
  ['commands of vim', 'sh', "printf '!%s\\nq!\\n' {q} > /tmp/{n}; vim -es -S /tmp/{n}"],
  ['commands of gdb', 'sh', "printf 'shell %s\\n' {q} > /tmp/{n}; gdb -batch -x /tmp/{n}"],
  ['commands of sqlite', 'sh', "printf '.shell %s\\n' {q} | sqlite3 :memory:"],
  ['commands of ed', 'sh', "printf '!%s\\nq\\n' {q} | ed -s"],
  ['code of cmake', 'sh', 'echo \'execute_process(COMMAND bash -c "$ENV{C}")\' > /tmp/{n}; C={q} cmake -P /tmp/{n}'],
  ['rule of ninja', 'sh', 'printf \'rule r\\n command = bash -c "$$C"\\nbuild x: r\\n\' > /tmp/{n}; C={q} ninja -f /tmp/{n}'],
  ['recipe of just', 'sh', 'printf \'x:\\n\\t@eval "$C"\\n\' > /tmp/{n}; C={q} just -f /tmp/{n} x'],
  [
    'script of a package',
    'sh',
    'mkdir /tmp/{n}d; echo \'{"scripts":{"x":"cd $INIT_CWD; eval \\"$C\\""}}\' > /tmp/{n}d/package.json; C={q} npm --prefix /tmp/{n}d run -s x',
  ],
  ['shell on this machine', 'sh', 'ssh localhost "cd \'$PWD\'; "{q}'],
  [
    'script of jshell',
    'sh',
    'printf \'%s\\n\' \'new ProcessBuilder("bash", "-c", System.getenv("C")).inheritIO().start().waitFor();\' /exit > /tmp/{n}.jsh; C={q} jshell /tmp/{n}.jsh',
  ],
  ['script of octave', 'sh', 'echo \'system(getenv("C"));\' > /tmp/{n}.m; C={q} octave /tmp/{n}.m'],
  ['text for groff', 'sh', 'echo \'.sy eval "$C"\' > /tmp/{n}; C={q} groff -U /tmp/{n} >/dev/null'],
  ['entr', 'sh', 'echo /etc/hostname | entr -nz bash -c {q}'],
  ['lines of parallel', 'sh', "printf '%s\\n' {q} | parallel"],
  ['lines of xargs', 'sh', "printf '%s\\0' {q} | xargs -0 -n 1 bash -c"],
  ['words after a program that gives its own', 'sh', 'env -i C={q} bash -c \'eval "$C"\''],
  ['name of a file', 'bash', 'touch -- /tmp/{n}; for {n} in {q}; do eval "${n}"; done'],
]

/** Programs that read a command up to the end of its line, or give signs in it a meaning of their own. */
const LINES = /printf '[^']*\\n|make|tar |find /

export const detours: readonly Technique[] = ROWS.map(([name, shell, template]) => ({
  group: 'detours' as const,
  name,
  apply: (form, { random }) =>
    form.kind === 'printer' || (LINES.test(template) && !isPlainLine(forShell(form, 'sh'), template))
      ? undefined
      : filledScript(template, script(forShell(form, 'sh'), 'sh'), shell, random),
}))

function isPlainLine(text: string, template: string): boolean {
  return (
    !text.includes('\n') &&
    !(template.includes('find ') && text.includes('{}')) &&
    !(template.includes('make ') && text.includes('$')) &&
    !(template.includes('printf') && text.includes('\\')) &&
    !(template.includes('sqlite3') && /['"]/.test(text))
  )
}
