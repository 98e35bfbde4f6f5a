import { expect, test } from 'vitest'
import { modelOf } from '../../../../runtime/shell/programs/programs.js'
import { type Given, told } from '../../../support/recording-world.js'

const does = (program: string, args: readonly string[], given: Given = {}) => {
  const { lines } = told(modelOf(program), program, { args, ...given })
  return lines.filter(line => !line.startsWith('flags')).map(line => line.replace(/ via .*|: code of .*/, ''))
}

test.each([
  ['import os; os.system("rm -rf x")', ['shell rm -rf x']],
  ['import os as o; o.system("rm")', ['shell rm']],
  ['from os import system as s; s("rm")', ['shell rm']],
  ['import subprocess as s; s.run(["rm", "-rf", "x"])', ['run [rm -rf x]']],
  ['import subprocess; subprocess.run("rm x", shell=True)', ['shell rm x']],
  ['import subprocess; subprocess.check_output(["git"]+["push"])', ['run [git push]']],
  ['__import__("os").popen("id").read()', ['shell id']],
  ['import os,base64; os.system(base64.b64decode("cm0gLXJmIHg=").decode())', ['shell rm -rf x']],
  ['import os; os.system(chr(114)+chr(109)+" x")', ['shell rm x']],
  ['import os; os.system(chr(0o162)+chr(0x6d)+" x")', ['shell rm x']],
  ['import os; os.system("".join(["r", "m"]) + "\\x20x")', ['shell rm x']],
  ['import os; os.execlp("rm","rm","x")', ['run [rm x]']],
  ['import pty; pty.spawn("/bin/bash")', ['run [/bin/bash]']],
  ['exec("import os; os.remove(\'x\')")', ['delete x']],
  ['c="rm"\nimport os\nos.system(f"{c} x")', ['shell rm x']],
  ['import platform; platform.os.system("rm")', ['shell rm']],
  ['import os\nf = os.system\nf("rm")', ['shell rm']],
])('python, programs: %s', (code, expected) => {
  expect(does('python3', ['-c', code])).toEqual(expected)
})

test.each([
  ['open("x","w").write("y")', ['write x']],
  ['import pathlib; pathlib.Path("x").unlink()', ['delete x']],
  ['from pathlib import Path\np=Path("a")/"b"\np.unlink()', ['delete a/b']],
  ['import shutil\nshutil.rmtree("/")', ['delete / **']],
  ['f=open; f("x")', ['read x']],
  ['import tempfile, shutil\nd = tempfile.mkdtemp(prefix="x-")\nshutil.rmtree(d)', ['write /tmp/⟨name⟩', 'delete /tmp/⟨name⟩ **']],
  ['import os\nfrom tempfile import mkdtemp\nos.rmdir(mkdtemp(dir="/x"))', ['delete /x/⟨name⟩', 'write /x/⟨name⟩']],
  ['import tempfile, os\nf = tempfile.NamedTemporaryFile(delete=False)\nos.unlink(f.name)', ['write /tmp/⟨name⟩', 'delete /tmp/⟨name⟩']],
  [
    'import sqlite3\nc=sqlite3.connect(":memory:").cursor()\nc.execute("drop table x")',
    ['db.query sql=drop table x client=python3 memory=true'],
  ],
  [
    'import sqlite3\nsqlite3.connect = f\nc=sqlite3.connect(":memory:")\nc.execute("drop table x")',
    ['read ⟨any⟩', 'db.query sql=drop table x client=python3'],
  ],
  [
    'import tempfile, os\nwith tempfile.NamedTemporaryFile() as f:\n  n = f.name\nos.unlink(n)',
    ['write /tmp/⟨name⟩', 'delete /tmp/⟨name⟩'],
  ],
  ['from pathlib import Path\np = Path("a")\nsorted(p.glob("*.py"))', ['list a/*.py']],
  ['import urllib.request as u\nu.urlopen(u.Request("http://localhost/", data=b"x", headers={}))', ['web.fetch url=http://localhost/']],
  ['import sqlite3\nc=sqlite3.connect("x")\nc.execute("select 1")', ['read x', 'write x', 'db.query sql=select 1 client=python3']],
  [
    'import sqlite3\nsqlite3.connect(":memory:").execute("attach \'x\' as y")',
    ['read x', 'write x', "db.query sql=attach 'x' as y client=python3"],
  ],
  ['import urllib.request as r; r.urlopen("http://a.b")', ['web.fetch url=http://a.b']],
  ['import sys; open(sys.argv[1])', ['read f.txt']],
])('python, files and addresses: %s', (code, expected) => {
  expect(does('python3', ['-Ic', code, 'f.txt'])).toEqual(expected)
})

test.each([
  'import json,sys; print(json.load(sys.stdin)["a"])',
  'import os; print(os.environ["X"], os.path.join("a", "b"))',
  'import datetime as d\nfor i in range(3):\n  print(d.date.today(), i) # os.system("rm")',
  'try:\n  import tomllib\nexcept ImportError:\n  import json as tomllib\nprint(tomllib.loads("1"))',
  'import re,sys\nprint(re.sub("import os; os.system", "", sys.stdin.read()))',
  'def f(code, site=1):\n  return code == site.name\nfor types in [1]: f(types)',
  'print("""os.system("rm")""", f"{1:>3}", {"open": 1}, dict(exec=2))',
])('python, harmless: %s', code => {
  expect(does('python3', ['-c', code])).toEqual([])
})

test('node: a server fetches nothing, a client may', () => {
  const of = (code: string) => does('node', ['-e', code])
  expect(of('const net = require("node:net"); const s = net.createServer(); s.listen(1, "127.0.0.1", () => s.close())')).toEqual([])
  expect(of('require("net").connect(80, "x")')).toEqual(['net.connect url=tcp://x:80 host=x program=node'])
  expect(of('require("net").connect(80, x)')).toEqual(['unknown net'])
})

test.each([
  ['s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])', []],
  ['s = socket.socket(); s.connect(("x", 1))', ['net.connect url=tcp://x:1 host=x program=python3']],
  ['s = socket.socket(); s.sendto(b"x", a)', ['unknown net']],
  ['s = socket.socket(); f = s.connect', ['unknown net']],
  ['s = socket.socket(); getattr(s, "connect")(a)', ['unknown any']],
  ['s = socket.socket(); exec("s.connect((\\"x\\", 1))")', ['net.connect url=tcp://x:1 host=x program=python3']],
  ['socket.socket.connect(s, ("x", 1))', ['unknown net']],
  ['class T(socket.socket): pass', ['unknown net']],
  ['socket.create_connection(("localhost", 1))', ['net.connect url=tcp://localhost:1 host=localhost program=python3']],
  [
    'from http.server import HTTPServer\nimport requests\ns = HTTPServer(a, b)\nf(s.serve_forever)',
    ['project.run program=python3 module=requests', 'net.listen program=python3'],
  ],
])('python, sockets: %s', (code, expected) => {
  expect(does('python3', ['-c', `import socket\n${code}`])).toEqual(expected)
})

test.each([
  'def f(os): os.remove("x")\nf(__import__("o" + "s"))',
  'for code in [platform.os]: code.remove("x")',
  'exec("import os")\nos = os\nos.remove("x")',
  'from x import *\nf(os=1)\nos.remove("x")',
  'import os as code\nf(code)',
  'ctypes = __import__("ctypes")\nctypes.CDLL(x)',
  'f(exec)',
])('python, what is named as a module may be it: %s', code => {
  expect(does('python3', ['-c', `import platform\n${code}`])).not.toEqual([])
})

test('what a port is that code prints', () => {
  const of = (code: string) =>
    told(modelOf('python3'), 'python3', { args: ['-c', `import socket; s = socket.socket(); s.bind(("", 0)); ${code}`] }).output
  expect(of('print(s.getsockname()[1])')).toBeDefined()
  expect(of('print(s.getsockname()[1]); print("x")')).toBeUndefined()
  expect(of('print(s.getsockname()[0])')).toBeUndefined()
})

test.each([
  ['s = f()\nu = f"http://localhost:{s.server_port}/"', 'http://localhost:⟨name⟩/'],
  ['p = f().getsockname()[1]\nu = f"http://localhost:{p}/"', 'http://localhost:⟨name⟩/'],
  ['class X: server_port = "@x"\nu = f"http://localhost:{X().server_port}/"', 'http://localhost:⟨any⟩/'],
  ['s = N(server_port="x")\nu = f"http://localhost:{s.server_port}/"', 'http://localhost:⟨any⟩/'],
  ['s = f("x@y")\nu = f"http://localhost:{s.server_port}/"', 'http://localhost:⟨any⟩/'],
])('python, the port of a server: %s', (code, url) => {
  expect(does('python3', ['-c', `import urllib.request\n${code}\nurllib.request.urlopen(u)`])).toContain(`web.fetch url=${url}`)
})

test.each([
  ['subprocess.run([sys.executable, "-m", "cli", *a])', 'run [python3 -m cli ⟨any⟩]'],
  ['subprocess.run(["node", "cli.js", *a])', 'run [node cli.js ⟨any⟩]'],
  ['subprocess.run(["git", *a])', 'unknown exec'],
  ['subprocess.run(["rm", *a][1])', 'unknown exec'],
  ['open("/".join([".env", *a]))', 'read ⟨any⟩'],
  ['open(["a", *a, "b"][2])', 'read ⟨any⟩'],
])('python, lists that go on: %s', (code, expected) => {
  expect(does('python3', ['-c', `import subprocess, sys\n${code}`]).join()).toContain(expected)
})

test.each([
  'mkdtemp(prefix="../x")',
  'mkdtemp(p)',
  '(tempfile := T).mkdtemp()',
  'tempfile, x = T, 1\nd = tempfile.mkdtemp()',
  'f(tempfile)\nd = tempfile.mkdtemp()',
  'def tempfile(): pass\nd = tempfile.mkdtemp()',
  'for tempfile in T: d = tempfile.mkdtemp()',
])('python, a folder that may have been there before: %s', code => {
  expect(
    does('python3', ['-c', `import tempfile, shutil\n${code.startsWith('m') ? `d = tempfile.${code}` : code}\nshutil.rmtree(d)`]),
  ).toContain('delete ⟨any⟩ **')
})

const codeOption = (program: string) => (program === 'python3' ? '-c' : program === 'php' ? '-r' : '-e')

test.each([
  ['python3', 'import os\nd = "a"\nd += "/../b"\nos.remove(d)'],
  ['python3', 'import os\nd = "a"\nd **= 2\nos.remove(d)'],
  ['python3', 'import os\nd = "a"\nd, e = "b", 1\nos.remove(d)'],
  ['python3', 'import os\nd = "a"\n*e, d = T\nos.remove(d)'],
  ['python3', 'import os\nd = "a"\nd, e[0] = T\nos.remove(d)'],
  ['python3', 'import os\nd = "a"\n(lambda c, d: os.remove(d))(1, "b")'],
  ['python3', 'import os, tempfile\nd = tempfile.mkdtemp()\nexec("d = 1")\nos.remove(d)'],
  ['node', 'let d = "a"; d &&= "b"; fs.unlinkSync(d)'],
  ['node', 'let d = "a"; d ??= "b"; fs.unlinkSync(d)'],
  ['perl', '$d = "a"; $d .= "/../b"; unlink $d'],
  ['perl', '$d = "a"; $d =~ s/a/b/; unlink $d'],
  ['perl', '$d = "a"; $d =~ tr{a}{b}; unlink $d'],
  ['perl', '(my $d = "a") =~ y/a/b/; unlink $d'],
  ['perl', '$d = "a"; s/a/b/ for $d; unlink $d'],
  ['perl', '$d = "a"; for ($d) { $_ = "b" } unlink $d'],
  ['perl', '$d = "a"; substr($d, 0, 1) = "b"; unlink $d'],
  ['perl', '$d = "a"; $e = \\$d; $$e = "b"; unlink $d'],
  ['ruby', 'd = "a"; d += "/../b"; File.delete(d)'],
  ['ruby', 'd = "a"; d << "/../b"; File.delete(d)'],
  ['ruby', 'd = "a"; d.sub!("a", "b"); File.delete(d)'],
  ['ruby', 'd = "a"; d.replace "b"; File.delete(d)'],
  ['ruby', 'd = "a"; d[0] = "b"; File.delete(d)'],
  ['ruby', 'd = "a"; e = d; e << "/../b"; File.delete(d)'],
  ['node', 'let d = ["a"]; d.push("b"); fs.unlinkSync(d.join(""))'],
  ['php', '$d = "a"; $d[0] = "b"; unlink($d);'],
  ['php', '$d = "a"; $e = &$d; $e = "b"; unlink($d);'],
])('%s: a name that gets another value in another way is not known: %s', (program, code) => {
  const found = does(program, [codeOption(program), code])
  expect(found.join()).toContain('delete ⟨any⟩')
  expect(found).not.toContain('delete a')
})

test.each([
  ['python3', 'import os\nd = "a"\nn = 0\nn += 1\nif n <= 1 and d != "b" and d >= "a": os.remove(d)'],
  ['python3', 'import os\nd = "a"\nx = {"k": d, "l": 1}\nf(d, k=1)\nos.remove(d)'],
  ['node', 'const d = "a"; const o = { d, e: 1 }; if (d <= "b") fs.unlinkSync(d)'],
  ['perl', '$d = "a"; print 1 if $d =~ /b/ or $d =~ m{b}; unlink $d'],
  ['ruby', 'd = "a"; e.push(d); puts d != "b", d.sub("a", "b"); File.delete(d)'],
])('%s: and is where it does not: %s', (program, code) => {
  expect(does(program, [codeOption(program), code])).toContain('delete a')
})

// A file that the code's own texts spell, in whatever way it comes to be opened.
test.each([
  ['python3', 'f = "./"; f += "x"; open(f)'],
  ['python3', 'f = "./"\nf = f + "x"\nopen(f)'],
  ['python3', 'a, b = "./", "x"\nopen(a + b)'],
  ['python3', 'for f in ["y", "./x"]: open(f)'],
  ['python3', '(lambda f: open(f))("./x")'],
  ['python3', 'd = {"f": "./x"}\nopen(d["f"])'],
  ['python3', 'open("x/."[::-1])'],
  ['python3', 'open("".join(reversed("x/.")))'],
  ['python3', 'open("./Z".replace("Z", "x"))'],
  ['python3', 'open("./%s" % "x")'],
  ['python3', 'open("%s%c" % ("./", 120))'],
  ['python3', 'open("{}{}".format("./", "x"))'],
  ['python3', 'open("{1}{0}".format("x", "./"))'],
  ['python3', 'open("./X".lower())'],
  ['python3', 'open("\\u002e/x")'],
  ['python3', 'import codecs; open(codecs.decode("./k", "rot13"))'],
  ['python3', 'open(bytes([46, 47, 120]))'],
  ['python3', 'open("".join(map(chr, [46, 47, 120])))'],
  ['python3', 'from pathlib import Path\nfor p in [Path("./x")]: p.read_text()'],
  ['python3', 'import pandas as pd; pd.read_csv("./x")'],
  ['python3', 'import tarfile; tarfile.open("y", "w").add("./x")'],
  ['node', 'let f = "./"; f += "x"; fs.readFileSync(f)'],
  ['node', '["./x"].map(f => fs.readFileSync(f))'],
  ['node', 'fs.readFileSync("x/.".split("").reverse().join(""))'],
  ['node', 'fs.readFileSync("./".concat("x"))'],
  ['node', 'fs.readFileSync(decodeURIComponent("%2e/x"))'],
  ['perl', '$f = "./"; $f .= "x"; open F, "<", $f'],
  ['perl', 'do "./x"'],
  ['ruby', 'f = "./"; f << "x"; File.read(f)'],
  ['ruby', '%w[./x].each { |f| File.read(f) }'],
  ['ruby', 'File.read("./" "x")'],
  ['ruby', 'File.read(["./", "x"].join)'],
  ['ruby', 'File.read("x/.".reverse)'],
  ['ruby', 'File.read("%s/%s" % [".", "x"])'],
  ['ruby', 'File.read(["2e2f78"].pack("H*"))'],
  ['php', 'readfile(strrev("x/."));'],
  ['php', 'readfile(sprintf("%s/%s", ".", "x"));'],
  ['php', '$f = "./"; $f .= "x"; readfile($f);'],
  ['lua', 'local f = "./"; f = f.."x"; io.open(f)'],
  ['lua', 'io.open(("x/."):reverse())'],
])('%s: what its texts spell is read: %s', (program, code) => {
  expect(does(program, [codeOption(program), code])).toContain('read ./x')
})

test.each([
  ['node', 'fs.rmSync("/tmp/x".replace("x", "$`/../y"))'],
  ['python3', 'import os; os.remove("/tmp/x".replace("x", "/y", 0))'],
  ['ruby', 'File.delete("/tmp/x".sub("x", "\\\\0/../"))'],
  ['python3', 'import os; os.remove("{:s}".format("/etc/x"))'],
  ['python3', 'import os; os.remove("{0:>4}".format("/etc/x"))'],
  ['python3', 'import os; os.remove("{{}}{}".format("/etc/x"))'],
  ['python3', 'import os; os.remove("%4s" % "/etc/x")'],
  ['python3', 'import os, codecs; os.remove(codecs.decode("/tmp/x", "unicode_escape"))'],
  ['perl', 'unlink sprintf("%1$s", "/etc/x")'],
  ['perl', 'unlink(sprintf("%s%s", join "x", "/etc/a", "/tmp/b"))'],
  ['node', 'fs.rmSync([47, 120].map(c => String.fromCharCode(c)).join(""))'],
  ['ruby', 'File.delete([47, 120].map(&:chr).join)'],
  ['node', 'fs.rmSync(unescape("%u002fetc/x"))'],
  ['node', 'fs.rmSync(require("os").x().toLowerCase("/tmp/x"))'],
  ['node', 'const p = require("path"); p.join = () => "/etc/x"; fs.rmSync(p.join("/tmp", "x"))'],
  ['node', 'const p = require("path"); p["join"] = () => "/etc/x"; fs.rmSync(p.join("/tmp", "x"))'],
  ['node', 'String.prototype.toLowerCase = () => "/etc/x"; fs.rmSync("/tmp/x".toLowerCase())'],
  ['node', 'const {join} = require("path"); {const join = a => a; fs.rmSync(join("/etc/x", "../../tmp/x"))}'],
  ['python3', 'import os; os.environ["HOME"] = "/etc/x"; os.remove(os.environ["HOME"])'],
])('%s: what is not computed as it looks is not known: %s', (program, code) => {
  const found = does(program, [codeOption(program), code]).filter(line => line.startsWith('delete'))
  expect(found.map(line => line.replace(' **', ''))).toEqual(['delete ⟨any⟩'])
})

test.each([
  'getattr(__import__("os"),"system")("x")',
  'import tempfile, shutil\ntempfile.mkdtemp = lambda: "src"\nshutil.rmtree(tempfile.mkdtemp())',
  'import sqlite3; sqlite3.connect("x").enable_load_extension(True)',
  'import os\nif 0: import json as os\nos.system("rm x")',
  'import shutil as s\nif 0: from json import loads as s\ns.rmtree("x")',
  'print(().__class__.__bases__[0].__subclasses__())',
  'import os; print(os)',
  'import os; x = [os]; x[0].system("rm")',
  'from os import *',
  'eval(input())',
  'import ctypes; ctypes.CDLL(None).system(b"rm")',
  'globals()["x"]()',
  'print("',
])('python, anything: %s', code => {
  expect(does('python3', ['-c', code])).toContain('unknown any')
})

test.each([
  ['require("child_process").execSync("rm x")', ['shell rm x']],
  ['const {execSync: e, spawn}=require("node:child_process"); e("rm x"); spawn("ls",["-l"])', ['shell rm x', 'run [ls -l]']],
  ['const cp=require("child_process"); const c="rm"+" x"; cp.exec(c)', ['shell rm x']],
  ['import {rmSync as r} from "fs"; r("x")', ['delete x **']],
  ['fs.rmSync("x",{recursive:true}); fetch(`http://a/${"b"}`)', ['delete x **', 'web.fetch url=http://a/b']],
  ['`${require("child_process").execSync("rm x")}`', ['shell rm x']],
  ['JSON.parse(process.argv[1]).foo', []],
  ['const fs=require("fs"); const d=fs.mkdtempSync("/tmp/x-"); fs.rmSync(d)', ['write /tmp/x-⟨name⟩', 'delete /tmp/x-⟨name⟩ **']],
  ['fs.symlinkSync("a", "b")', ['run [ln a b]']],
  [
    'let fs=require("fs"); fs={}; const d=fs.mkdtempSync("/tmp/x-"); fs.rmSync(d)',
    ['unknown any', 'write /tmp/x-⟨name⟩', 'delete ⟨any⟩ **'],
  ],
  ['require("./package.json").version', ['read ./package.json']],
  ['[]["filter"]["con"+"structor"]("return process")()', ['unknown any', 'unknown any']],
  ['globalThis.process.binding("fs")', ['unknown any']],
])('node: %s', (code, expected) => {
  expect(does('node', ['-e', code])).toEqual(expected)
})

test.each([
  ['system("rm x")', ['shell rm x']],
  ['exec qw(rm -rf x)', ['run [rm -rf x]']],
  ['print `id`; say qx{ls}', ['shell id', 'shell ls']],
  ['unlink "x","y"; unlink("z")', ['delete x', 'delete y', 'delete z']],
  ['open(F,"<","x"); open(G,">y"); open(H,"rm x |")', ['read x', 'write y', 'shell rm x ']],
  ['my $x="rm"; system("$x -rf y")', ['shell rm -rf y']],
  ['$_="x"; s/x/`rm y`/e', ['shell rm y']],
  ['@x=<STDIN>; print sort { $a <=> $b } grep { /system("x")/ } @x', []],
  ['&{"system"}("x")', ['unknown any']],
])('perl: %s', (code, expected) => {
  expect(does('perl', ['-e', code])).toEqual(expected)
})

test.each([
  ['node', 'x++ /2; fs.rmSync("x"); 1/2'],
  ['node', 'if (1) /"/.test(1); fs.rmSync("x"); "/"'],
  ['node', 'x/y/fs.rmSync("x")'],
  ['node', '[...fs.rmSync("x")]'],
  ['node', '// \u2028fs.rmSync("x")'],
  ['node', '/* \n */--> "\nfs.rmSync("x") // "'],
  ['node', 'x<!-- "\nfs.rmSync("x") // "'],
  ['node', '\\u0066s.rmSync("x")'],
  ['node', 'x-->fs.rmSync("x")'],
  ['node', 'function f(a = fs.rmSync("x")) {}'],
  ['perl', '@x && system("x")'],
  ['perl', '"a".system("x")'],
  ['perl', '$#$/system("x")'],
  ['perl', '$x\n=pod\n+system("x")'],
  ['perl', '=pod\n\n=cut\nsystem("x")'],
  ['perl', '$h{s} / 2; system("x"); $h{y} = "/"'],
  ['perl', 'time /2; system("x"); # /'],
  ['perl', 'POSIX::unlink("x")'],
  ['php', 'SYSTEM("x");'],
  ['php', '"a".\\unlink("x");'],
  ['lua', 'print("a"..os.execute("x"))'],
  ['python3', '[1][::__import__("os").system("x")]'],
  ['python3', 'import os\r# \ros.system("x")'],
  ['awk', 'BEGIN{x = 1system("x")}'],
  ['awk', '{print}/"/{system("x")}/"/'],
  ['sed', 'v;s/x/y/e'],
])('%s does not hide what it does in %s', (program, code) => {
  const options = { node: '-e', perl: '-e', php: '-r', lua: '-e', python3: '-c' } as Readonly<Record<string, string>>
  expect(does(program, [...[options[program] ?? '--'], code])).not.toEqual([])
})

test('perl reads and writes its operands line by line, and runs those that are commands', () => {
  expect(does('perl', ['-0777', '-pi.bak', '-e', 's/a/b/g', 'f'])).toEqual(['read f', 'write f', 'write f.bak'])
  expect(does('perl', ['-lane', 'print -s $_', 'f'])).toEqual(['read f'])
  expect(does('perl', ['-ne', 'print', 'rm x |'])).toContain('shell rm x |')
})

test.each([
  ['ruby', '-e', 'system "rm x"', ['shell rm x']],
  ['ruby', '-e', 'puts File.read("x"), `id`', ['read x', 'shell id']],
  ['ruby', '-e', 'exec "rm #{"x"}"; %x(ls)', ['shell rm x', 'shell ls']],
  ['php', '-r', 'system("cp y x");', ['shell cp y x']],
  ['php', '-r', '$c=file_get_contents("http://a/b"); file_put_contents("/o", $c);', ['web.fetch url=http://a/b', 'write /o']],
  ['php', '-r', '$f="sys"."tem"; $f("rm");', ['unknown any']],
  ['php', '-r', 'echo array_sum(explode(PHP_EOL, "1"));', []],
  ['lua', '-e', 'os.execute("rm x")', ['shell rm x']],
  ['lua', '-e', 'local f=io.open("o", "wb"); f:write("os.execute")', ['write o']],
  ['expect', '-c', 'spawn -noecho rm x;interact', ['unknown any', 'run [rm x]']],
  ['julia', '-e', 'run(`ls`)', ['unknown any']],
])('%s %s %s', (program, option, code, expected) => {
  expect(does(program, [option, code])).toEqual(expected)
})

test('code comes from standard input, from a file that the command wrote, from a module', () => {
  const code = 'import os; os.system("rm")'
  expect(does('python3', ['-'], { stdin: code, piped: true })).toEqual(['shell rm'])
  expect(does('python3', [], { piped: true })).toEqual(['unknown any'])
  expect(does('python3', [])).toEqual([])
  expect(does('python3', ['p.py'], { texts: { 'p.py': code }, wrote: true })).toEqual(['read p.py', 'shell rm'])
  expect(does('python3', ['p.py'], { wrote: true })).toEqual(['read p.py', 'unknown any'])
  expect(does('python3', ['p.py'])).toEqual(['read p.py', 'project.run program=python3 file=p.py'])
  expect(does('python3', ['-m', 'http.server', '8000'])).toEqual(['net.listen port=8000 program=python3'])
  expect(does('python3', ['-m', 'venv', '--prompt', 'x', 'v'])).toEqual(['write v **', 'read v **'])
  expect(does('python3', ['-m', 'venv', '--clear', 'v'])).toEqual(['delete v **', 'write v **', 'read v **'])
  expect(does('python3', ['-m', 'timeit', '-n1', '-s', 'import os', 'os.system("rm")'])).toEqual(['shell rm'])
  expect(does('python3', ['-m', 'pdb', '-c', '!import os; os.system("rm")', '-c', 'p x', 'f'])).toEqual([
    'shell rm',
    'unknown any',
    'read .pdbrc',
    'read /home/ann/.pdbrc',
    'project.run program=python3 file=f',
  ])
  expect(does('python3', ['-m', 'pip', 'install', 'x'])).toEqual(['run [pip install x]'])
})

test('a module that the command wrote is read', () => {
  const given = { texts: { 'json.py': 'import os; os.remove("x")' }, wrote: true }
  expect(does('python3', ['-m', 'json'], given)).toEqual(['read json.py', 'delete x'])
})

test('modules that load each other are read once', () => {
  const given = { texts: { 'a.py': 'import b, b\nimport b', 'b.py': 'import a\nimport a\nopen("x")' }, wrote: true }
  expect(does('python3', ['-c', 'import a, a'], given)).toEqual(['read a.py', 'read b.py', 'read x'])
})

test('what is printed is known where it is one known text', () => {
  expect(told(modelOf('python3'), '', { args: ['-c', 'print("r" + "m")'] }).output).toBe('rm\n')
  expect(told(modelOf('perl'), '', { args: ['-e', 'print `id`'] }).output).toBeUndefined()
})

test.each([
  ['node', '-e', 'f(`${'],
  ['node', '-e', 'os.'],
  ['python3', '-c', 'f"{'],
  ['perl', '-e', 's{a}{'],
  ['perl', '-e', 'eval "'],
  ['ruby', '-e', '"#{'],
  ['pwsh', '-c', '$x=$(&{'],
  ['pwsh', '-c', 'if $x='],
  ['cmd', '/c', 'call if not '],
  ['awk', '--', 'print > system '],
])('%s reads code of any depth: %s %s', (program, option, piece) => {
  expect(() => does(program, [option, piece.repeat(4000)])).not.toThrow()
})
