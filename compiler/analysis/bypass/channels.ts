/** Pipelines that print a script in disguise, and ways from what a pipeline prints to a shell. */
import { type Form, type Printer, type Shell, textOf } from './form.js'
import { type Group, type Technique } from './technique.js'
import { filledScript } from './template.js'
import { everyCharacter } from './words.js'

type Encode = (text: string) => string | undefined

function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}

function hex(text: string): string {
  return Buffer.from(text).toString('hex')
}

/** Within single quotes. */
function single(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

function oneLine(encode: (text: string) => string): Encode {
  return text => (/^[\x20-\x7e]+$/.test(text) ? encode(text) : undefined)
}

function rot13(text: string): string {
  return text.replace(/[a-z]/gi, letter => String.fromCharCode(letter.charCodeAt(0) + (/[a-m]/i.test(letter) ? 13 : -13)))
}

function reversed(text: string): string {
  return [...text].reverse().join('')
}

/** A text in the double quotes of awk, Python or JSON. */
function json(text: string): string {
  return JSON.stringify(text)
}

const ENCODINGS: readonly (readonly [name: string, shell: Shell, encode: Encode])[] = [
  ['echo', 'sh', oneLine(text => (/\\|^-/.test(text) ? `printf '%s\\n' ${single(text)}` : `echo ${single(text)}`))],
  ['printf', 'sh', text => `printf %s ${single(text)}`],
  ['printf of pieces', 'sh', text => `printf %s ${(text.match(/[\s\S]{1,3}/g) ?? []).map(single).join(' ')}`],
  ['cat of a here-string', 'bash', text => `cat <<< ${single(text)}`],
  ['base64', 'sh', text => `echo ${base64(text)} | base64 -d`],
  ['base64, long option', 'sh', text => `printf %s ${base64(text)} | base64 --decode`],
  ['base64 of a here-string', 'bash', text => `base64 -d <<< ${base64(text)}`],
  ['base64 twice', 'sh', text => `echo ${base64(base64(text))} | base64 -d | base64 -d`],
  ['base64 by openssl', 'sh', text => `echo ${base64(text)} | openssl base64 -d -A`],
  ['base32', 'sh', text => `echo ${base32(text)} | base32 -d`],
  ['hexadecimal', 'sh', text => `echo ${hex(text)} | xxd -r -p`],
  ['hexadecimal of a here-string', 'bash', text => `xxd -r -p <<< ${hex(text)}`],
  ['octal by printf', 'sh', text => `printf '${everyCharacter(text, 8)}'`],
  ['hexadecimal by printf', 'bash', text => `printf '${everyCharacter(text, 16)}'`],
  ['hexadecimal by echo', 'bash', text => `echo -e '${everyCharacter(text, 16)}'`],
  ['octal by printf %b', 'sh', text => `printf %b '${everyCharacter(text, 8).replaceAll('\\', '\\0')}'`],
  ['ANSI-C quotes', 'bash', text => `echo $'${everyCharacter(text, 16)}'`],
  ['rev', 'bash', oneLine(text => `rev <<< ${single(reversed(text))}`)],
  ['rev in a pipe', 'sh', oneLine(text => `printf '%s\\n' ${single(reversed(text))} | rev`)],
  ['tr', 'sh', oneLine(text => `printf '%s\\n' ${single(rot13(text))} | tr A-Za-z N-ZA-Mn-za-m`)],
  ['tr of case', 'sh', text => (/[A-Z]/.test(text) ? undefined : `printf '%s\\n' ${single(text.toUpperCase())} | tr A-Z a-z`)],
  ['tr that deletes', 'sh', text => (text.includes('_') ? undefined : `printf '%s\\n' ${single([...text].join('_'))} | tr -d _`)],
  ['sed', 'sh', oneLine(text => `printf '%s\\n' ${single(`_Q_${text}`)} | sed s/^_Q_//`)],
  ['cut', 'sh', oneLine(text => `printf '%s\\n' ${single(`xx${text}`)} | cut -c3-`)],
  ['head', 'sh', oneLine(text => `printf '%s\\nx\\n' ${single(text)} | head -n 1`)],
  ['tail', 'sh', oneLine(text => `printf 'x\\n%s\\n' ${single(text)} | tail -n 1`)],
  ['tac', 'sh', oneLine(text => `printf '%s\\n' ${single(text)} | tac`)],
  ['tee', 'sh', text => `printf %s ${single(text)} | tee /dev/null`],
  ['awk', 'sh', oneLine(text => `awk ${single(`BEGIN { print ${json(text)} }`)}`)],
  ['awk of its input', 'sh', oneLine(text => `printf '%s\\n' ${single(text)} | awk 1`)],
  ['python', 'sh', text => `python3 -c ${single(`print(bytes.fromhex("${hex(text)}").decode())`)}`],
  ['perl', 'sh', text => `perl -e ${single(`print pack("H*","${hex(text)}")`)}`],
  ['gzip', 'sh', text => `printf %s ${single(text)} | gzip -c | gunzip`],
  ['a filter that is not known', 'sh', text => `printf %s ${single(text)} | dd 2>/dev/null`],
]

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** RFC 4648, section 6. */
function base32(text: string): string {
  const bits = [...Buffer.from(text)].map(byte => byte.toString(2).padStart(8, '0')).join('')
  const digits = (bits.match(/.{1,5}/g) ?? []).map(five => BASE32.charAt(Number.parseInt(five.padEnd(5, '0'), 2))).join('')
  return digits.padEnd(Math.ceil(digits.length / 8) * 8, '=')
}

function encoding([name, shell, encode]: (typeof ENCODINGS)[number]): Technique {
  return {
    group: 'encodings',
    name,
    apply: form => {
      const printed = form.kind === 'printer' ? undefined : encode(textOf(form))
      return printed === undefined ? undefined : printer(printed, form, shell)
    },
  }
}

function printer(text: string, form: Form, shell: Shell): Printer {
  return { kind: 'printer', shell: form.shell === 'bash' ? 'bash' : shell, text }
}

type Row = readonly [name: string, shell: Shell, template: string]

/** The shell that is written here is the one that runs the script: `bash` knows all of it. */
const CHANNELS: readonly Row[] = [
  ['pipe into sh', 'sh', '{x} | sh'],
  ['pipe into bash', 'sh', '{x} | bash'],
  ['pipe into bash -s', 'sh', '{x} | bash -s'],
  ['pipe into bash -', 'sh', '{x} | bash -'],
  ['pipe into a path of bash', 'sh', '{x} | /bin/bash'],
  ['pipe into env bash', 'sh', '{x} | env bash'],
  ['pipe into tee and bash', 'sh', '{x} | tee /dev/null | bash'],
  ['pipe into cat and bash', 'sh', '{x} | cat - | bash'],
  ['pipe into a group', 'sh', '{x} | { bash; }'],
  ['pipe into a shell of a variable', 'sh', '{n}=bash; {x} | ${n}'],
  ['pipe into the standard input by name', 'sh', '{x} | bash /dev/stdin'],
  ['pipe into source', 'sh', '{x} | . /dev/stdin'],
  ['pipe into xargs', 'sh', '{x} | xargs -0 bash -c'],
  ['pipe into xargs with a place', 'sh', '{x} | xargs -0 -I% bash -c %'],
  ['pipe into a function', 'sh', '{n}() { bash; }; {x} | {n}'],
  ['pipe into a loop', 'sh', '{x} | while IFS= read -r -d "" {n} || [ -n "${n}" ]; do eval "${n}"; done'],
  ['eval of the output', 'sh', 'eval "$({x})"'],
  ['eval of the output in backticks', 'sh', '{n}=$({x}); eval "${n}"'],
  ['bash -c of the output', 'sh', 'bash -c "$({x})"'],
  ['bash of a process', 'bash', 'bash <({x})'],
  ['source of a process', 'bash', 'source <({x})'],
  ['dot of a process', 'bash', '. <({x})'],
  ['bash with input from a process', 'bash', 'bash < <({x})'],
  ['bash on a here-string of the output', 'bash', 'bash <<< "$({x})"'],
  ['source of a here-string of the output', 'bash', 'source /dev/stdin <<< "$({x})"'],
  ['bash on a here-document of the output', 'sh', 'bash <<_E\n$({x})\n_E\n'],
  ['text read from a process', 'bash', 'IFS= read -r -d "" {n} < <({x}); eval "${n}"'],
  ['text read by mapfile', 'bash', 'mapfile -d "" {n} < <({x}); eval "${n}"'],
  ['trap of the output', 'sh', 'trap "$({x})" EXIT'],
  ['python that runs the output', 'sh', '{x} | python3 -c \'import os,sys; os.execvp("bash", ["bash", "-c", sys.stdin.read()])\''],
  ['perl that runs the output', 'sh', `{x} | perl -e 'undef $/; exec "bash", "-c", <STDIN>'`],
]

const FILES: readonly Row[] = [
  ['script file', 'sh', '{x} > /tmp/{n}; bash /tmp/{n}'],
  ['script file in the folder', 'sh', '{x} > {n}.sh; bash {n}.sh'],
  ['script file that is sourced', 'sh', '{x} > /tmp/{n}; . /tmp/{n}'],
  ['script file on standard input', 'sh', '{x} > /tmp/{n}; bash < /tmp/{n}'],
  ['script file through a pipe', 'sh', '{x} > /tmp/{n}; cat /tmp/{n} | bash'],
  ['script file that is executed', 'sh', '{x} > /tmp/{n}; chmod +x /tmp/{n}; /tmp/{n}'],
  ['script file that is evaluated', 'sh', '{x} > /tmp/{n}; eval "$(cat /tmp/{n})"'],
  ['script file that is copied', 'sh', '{x} > /tmp/{n}; cp /tmp/{n} /tmp/{n}x; bash /tmp/{n}x'],
  ['script file that is moved', 'sh', '{x} > /tmp/{n}; mv /tmp/{n} /tmp/{n}x; bash /tmp/{n}x'],
  ['script file that is linked', 'sh', '{x} > /tmp/{n}; ln -s /tmp/{n} /tmp/{n}x; bash /tmp/{n}x'],
  ['script file by tee', 'sh', '{x} | tee /tmp/{n} > /dev/null; bash /tmp/{n}'],
  ['script file by dd', 'sh', '{x} | dd of=/tmp/{n} 2>/dev/null; bash /tmp/{n}'],
  ['script file by append', 'sh', 'echo : > /tmp/{n}; {x} >> /tmp/{n}; bash /tmp/{n}'],
  ['script file from another folder', 'sh', '{ echo "cd \'$PWD\'"; {x}; } > /tmp/{n}; (cd /tmp; bash {n})'],
  ['script file by name of a variable', 'sh', '{n}=/tmp/{n}; {x} > ${n}; bash ${n}'],
  ['script file that a shell starts with', 'sh', '{x} > /tmp/{n}; BASH_ENV=/tmp/{n} bash -c :'],
  ['script file as rcfile', 'sh', '{x} > /tmp/{n}; echo exit | bash --rcfile /tmp/{n} -i 2>/dev/null'],
  ['script file on the path', 'sh', 'mkdir /tmp/{n}d; {x} > /tmp/{n}d/{n}; chmod +x /tmp/{n}d/{n}; PATH=/tmp/{n}d:$PATH; {n}'],
  ['script file by find', 'sh', '{x} > /tmp/{n}; find /tmp/{n} -exec bash {} \\;'],
  ['script file by xargs', 'sh', '{x} > /tmp/{n}; echo /tmp/{n} | xargs bash'],
  ['script file with a new name', 'sh', '{n}=$(mktemp); {x} > "${n}"; bash "${n}"'],
  ['script file that a subshell writes', 'sh', '(cd /tmp && {x} > {n}); bash /tmp/{n}'],
  ['script file on another descriptor', 'bash', '{x} > /tmp/{n}; exec {{n}}< /tmp/{n}; bash <&"${n}"'],
  ['script file through a filter', 'sh', '{x} > /tmp/{n}; sed "" /tmp/{n} > /tmp/{n}x; bash /tmp/{n}x'],
  ['script file through awk', 'sh', '{x} > /tmp/{n}; awk 1 /tmp/{n} > /tmp/{n}x; bash /tmp/{n}x'],
  ['script file that sed writes', 'sh', '{x} > /tmp/{n}; sed -n w/tmp/{n}x /tmp/{n}; bash /tmp/{n}x'],
  ['script file that is packed', 'sh', '{x} > /tmp/{n}; gzip /tmp/{n}; zcat /tmp/{n}.gz | bash'],
  ['script file in an archive', 'sh', '(cd /tmp; {x} > {n}; tar -cf {n}.tar {n}; rm {n}); tar -xOf /tmp/{n}.tar | bash'],
  ['script file that is encoded', 'sh', '{x} > /tmp/{n}; base64 /tmp/{n} > /tmp/{n}x; base64 -d /tmp/{n}x | bash'],
  ['script file that is installed', 'sh', '{x} > /tmp/{n}; install /tmp/{n} /tmp/{n}x; /tmp/{n}x'],
  ['script file that a function reads', 'sh', '{n}() { . "$1"; }; {x} > /tmp/{n}; {n} /tmp/{n}'],
  [
    'script file that is read line by line',
    'sh',
    '{x} > /tmp/{n}; {n}=$(while IFS= read -r l || [ -n "$l" ]; do printf "%s\\n" "$l"; done < /tmp/{n}); eval "${n}"',
  ],
  ['script file after a fifo', 'sh', 'mkfifo /tmp/{n}; ({x} > /tmp/{n} &); bash /tmp/{n}'],
]

function channel(group: Group, [name, shell, template]: Row): Technique {
  const posix = template.endsWith('| sh')
  return {
    group,
    name,
    apply: (form, { random }) =>
      (posix && form.shell === 'bash') || (template.includes('_E') && textOf(form).includes('\n_E\n'))
        ? undefined
        : filledScript(template, form, shell, random),
  }
}

export const channels: readonly Technique[] = [
  ...ENCODINGS.map(encoding),
  ...CHANNELS.map(row => channel('channels', row)),
  ...FILES.map(row => channel('write, then run', row)),
]
