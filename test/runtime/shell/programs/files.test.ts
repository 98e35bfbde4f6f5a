import { describe, expect, test } from 'vitest'
import { AbstractString } from '../../../../runtime/decide/abstract-string.js'
import { FILES } from '../../../../runtime/shell/programs/files.js'
import { type Given, told } from '../../../support/recording-world.js'

function effects(line: string, given: Given = {}): string {
  const [name = ''] = line.split(' ')
  return told(FILES(name), line, given)
    .lines.filter(each => !each.startsWith('flags'))
    .join(', ')
}

describe('what file programs do to files', () => {
  test.each([
    ['cat .env x', 'read .env, read x'],
    ['head -n 5 f', 'read f'],
    ['head -20 f', 'read f'],
    ['sort -o out in', 'write out, read in'],
    ['uniq a b', 'read a, write b'],
    ['jq .a f', 'read f'],
    ['jq -f p f', 'read p, read f'],
    ['dasel -f f .a.key', 'read f'],
    ['dasel select -f f -p toml .a.key', 'read f'],
    ['dasel put -f f -t string .a.key', 'read f, write f'],
    ['file -f names', 'read ⟨any⟩, read names'],
    ['date -f names', 'read names'],
    ['openssl enc -in .env -out x', 'read .env, write x'],
    ['dialog --textbox .env 0 0', 'read .env'],
    ['svn rm x', 'delete x **'],
    ['hg purge', 'delete . **'],
    ['rm -rf x', 'delete x **'],
    ['rm --recursive x', 'delete x **'],
    ['rm -- -x y', 'delete -x, delete y'],
    ['shred -u x', 'write x, delete x'],
    ['gio trash x', 'delete x **'],
    ['tee -a x', 'write x'],
    ['patch -p1 p', 'read p, write p, write . **'],
    ['chmod -R 777 d', 'permission d **, permission.change program=chmod mode=777 paths=[d] recursive=true'],
    ['dd if=a of=/dev/sda', 'read a, write /dev/sda, device.write device=/dev/sda program=dd'],
    ['ssh-keygen -t ed25519 -f k', 'write k, write k.pub'],
    ['ssh-keygen -y -f k', 'read k'],
    ['ssh-keygen -p -f k', 'read k, write k, write k.pub'],
    ['tcpdump -r f', 'read f'],
    ['tcpdump -i eth0', 'net.capture program=tcpdump contents=false'],
    ['tcpdump -nnAs0 port 21', 'net.capture program=tcpdump contents=true'],
    ['tshark -i eth0 -T fields -e http.authbasic', 'net.capture program=tshark contents=true'],
    ['mktemp', 'write /tmp/tmp.⟨name⟩'],
  ])('%s', (line, expected) => {
    expect(effects(line)).toBe(expected)
  })
})

describe('sources and targets', () => {
  test.each([
    ['cp a b', 'read a, write b, write b/a'],
    ['cp -r a b/', 'read a **, write b/ **, write b/a **'],
    ['cp -t d a b', 'read a, read b, write d/a, write d/b'],
    ['cp --parents a/b d', 'read a/b, write d, write d/a/b'],
    ['rsync -R a/b d', 'read a/b **, write d **, write d/a/b'],
    ['mv a b', 'read a **, move a **, write b **, write b/a **'],
    ['ln -s /etc/passwd', 'read /etc/passwd, write passwd'],
    ['install -m 644 a b', 'read a, write b, write b/a, permission.change program=install mode=644 paths=[b]'],
    ['install -d x/y', 'write x/y, write x, list .'],
    ['rsync -a --delete src/ host:/x', 'net.connect url=ssh://host host=host program=rsync upload=true, read src/ **'],
  ])('%s', (line, expected) => {
    expect(effects(line)).toBe(expected)
  })
})

describe('patterns and expressions before files', () => {
  test.each([
    ['grep foo a b', 'read a, read b'],
    ['grep -e foo a', 'read a'],
    ['grep -r foo', 'read . **'],
    ['grep -rn --include=*.ts foo src', 'list src **, read src, read src⟨path⟩/⟨name⟩.ts'],
    ['rg foo', 'read . **'],
    ['rg -g .env -g !x foo src', 'read src **, read src⟨path⟩/.env'],
    ['find . -name *.tmp -delete', 'list . **, list ., delete .⟨path⟩/⟨name⟩.tmp'],
    ['find a -delete -o -print', 'list a **, list ., delete a **'],
    ['find a -samefile -delete', 'list a **, list .'],
    ['find a -exec echo -delete ; -print', 'list a **, list .'],
    ['find a -exec echo x ; -delete', 'list a **, list ., delete a **'],
    ['find a -fprintf o -delete', 'list a **, list ., write o'],
    ['find a b -type f', 'list a **, list b **, list .'],
  ])('%s', (line, expected) => {
    expect(effects(line)).toBe(expected)
  })
})

describe('archives', () => {
  test.each([
    ['tar czf a.tgz d', 'write a.tgz, read d **'],
    ['tar xzf a.tgz -C out', 'read a.tgz, write out **'],
    ['tar -tf a', 'read a'],
    ['tar xf a --one-top-level=d', 'write d **, read a, write . **'],
    ['cpio -i a/b', 'write . **, write a/b'],
    ['gzip f', 'read f, read f.gz, move f, write f.gz'],
    ['gzip -c f', 'read f, read f.gz'],
    ['xz -S .q f', 'read f, read f.q, move f, write f.q'],
    ['gunzip f.gz', 'read f.gz, read f.gz⟨name⟩, move f.gz, write f, write f.gz.out'],
    ['unzip a.zip f', 'read a.zip, write f, write . **'],
    ['tar xf a.tar f', 'read a.tar, write . **, write f **'],
    ['chown -R u d', 'permission d **, permission.change program=chown mode=u paths=[d] recursive=true'],
    ['ed -s f', 'read f, write f'],
    ['unzip a.zip -d out', 'write out **, read a.zip'],
    ['7z x a.7z -oout', 'read a.7z, write out **'],
    ['zip -r a.zip d', 'read a.zip, write a.zip, read a.zip.zip, write a.zip.zip, read d **'],
  ])('%s', (line, expected) => {
    expect(effects(line)).toBe(expected)
  })
})

test('what is packed beneath a folder stays there', () => {
  const args = [AbstractString.of(['d', { hole: 'below' }])]
  expect(effects('bzip2', { args })).toBe('read d⟨path⟩, move d⟨path⟩, write d.bz2, write d⟨path⟩/⟨name⟩.bz2')
  expect(effects('gunzip', { args })).toContain('write d⟨path⟩, write d.out')
})

test('arguments that are not known may be any path', () => {
  expect(effects('rm -f', { open: true })).toBe('delete ⟨any⟩ **')
  expect(effects('grep foo', { open: true })).toBe('read ⟨any⟩')
  expect(effects('cp ⟨any⟩ d', { open: true })).toBe('read ⟨any⟩, write d, write d/⟨any⟩, write ⟨any⟩')
  expect(effects('cp a', { open: true })).toBe('read a, read ⟨any⟩, write ⟨any⟩, write ⟨any⟩/a')
})

describe('what filters print', () => {
  test.each([
    ['base64 -d', 'cm0geA==\n', 'rm x'],
    ['base32 --decode', 'OJWSA6A=', 'rm x'],
    ['xxd -r -p', '726d2078', 'rm x'],
    ['rev', 'x mr\n', 'rm x\n'],
    ['tr a-z b-za', 'ql w', 'rm x'],
    ['tr -d _', 'r_m_', 'rm'],
    ['cut -d, -f2', 'a,rm,c\n', 'rm\n'],
    ['head -1', 'rm\nb\n', 'rm\n'],
    ['tail -c 3', 'abcdef', 'def'],
    ['tac', 'b\na\n', 'a\nb\n'],
    ['tee x', 'rm', 'rm'],
    ['cat', 'rm', 'rm'],
  ])('%s of %j', (line, stdin, expected) => {
    expect(told(FILES(line.split(' ')[0] ?? ''), line, { stdin }).output).toBe(expected)
  })

  test('a file that is known', () => {
    expect(told(FILES('cat'), 'cat s', { texts: { s: 'rm x' } }).output).toBe('rm x')
  })
})
