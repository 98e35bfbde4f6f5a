/** Programs that read, write, delete and list files. */
import { FILE_SPECIALS } from './file-specials.js'
import { type Lookup, modelsOf } from './roles.js'

/** Where a program takes a pattern, a filter or a target apart from its files, every option with a value is listed. */
const TABLE = `
iconv; o|output:W f|from-code: t|to-code: ; R =text
more,most,bat,batcat,pg,isutf8,combine,enscript,od,hd,colrm,ul,readelf,ldd,nm,size,uuencode,nroff,groff,troff,cmp,diff3,comm,tsort,identify,lpr,envsubst,bc,dc,cpp,zipinfo,ssh-add,mlr,aspell,look,ptx,colordiff,delta,logrotate,wall,xmodmap,loadkeys,iptables-restore,objdump,otool,ab,gdb,numfmt,inotifywait,fswatch,vgrep,highlight,gofmt,bison,yacc,flex; output:RW conf|config:R ; R =at
nl,fmt,expand,unexpand,pr,strings; ; R =text
pandoc,xmllint,eslint,prettier,genisoimage,gs,qpdf,pdftk,tidy,msguniq,shellcheck,mypy,html2text,ps2pdf; o|output|junit-xml:W f|from|from-code: t|to|to-code: c|conf|config:R template:R ; R
md5sum,sha1sum,sha224sum,sha256sum,sha384sum,sha512sum,b2sum,cksum,sum,md5,shasum; c|check a: ; R =checked
less; o|log-file:W O|LOG-FILE:W k|lesskey-file:R lesskey-src:R T|tag-file:R p|pattern: ; R
view,rview; W:W startuptime:W S:X u:R c: cmd: ; R
zcat,gzcat,zless,zmore,bzcat,xzcat,lzcat,zstdcat; S|suffix: r|recursive c|stdout ; =compress
uudecode; o|output-file:W ; R W0:*:.
link; ; R1 W2
m4; D: I:R ; R =macros
date; f|file:R r|reference:R d|date: s|set: u ; =text
nproc,arch,uname,whoami,logname,id,which,cal,ncal; ; =text
sysctl; p|load:R
logger; f|file:R t: p:
df; ; R
paste; d|delimiters: s|serial ; R =text
fold; w|width: ; R =text
column; c: s: o: N: ; R =text
join; 1: 2: j: t: o: a: e: v: ; R
hexdump; e: n: s: f:R ; R
exiftool; = -filename:W -o:W ; R
mogrify,optipng,jpegoptim,dos2unix,unix2dos,mac2unix; n|newfile ; RW
lp,cancel,lpstat; h: d: o: ; R @net.connect:?-h:host=-h:program=.
arp,bridge,ss,dmesg,nft,fping,ssh-keyscan,clamscan,mutt,apache2,nginx; f|file:R F:R b|batch:R c|conf|config:R ; R
iptables-save,ip6tables-save; f|file:W
rlwrap; l:W f:R
ip; = -b:R -batch:R
head,tail; n|lines: c|bytes: s: pid: f|follow? ; R =head
cat,tac,rev; ; R =text
cut; d|delimiter: f|fields: c|characters: b|bytes: output-delimiter: ; R =text
wc; files0-from:F l|lines w|words c|bytes m|chars ; R =text
du,ncdu,dust; files0-from:F d|max-depth: exclude: X|exclude-from:R t: B|block-size: ; L:*:. =text
sort; k|key: t|field-separator: S|buffer-size: o|output:W T|temporary-directory:W files0-from:F parallel: batch-size: random-source:R compress-program:X r|reverse n|numeric-sort u|unique ; R =text
uniq; f: s: w: ; R1 W2 =text
shuf; i|input-range: n|head-count: o|output:W e|echo random-source:R ; R:!-e =text
split; b|bytes: C|line-bytes: l|lines: n|number: a|suffix-length: additional-suffix: t|separator: filter: ; R1 =split
csplit; f|prefix: b|suffix-format: n|digits: ; R1 =split
xxd; = -c: -cols: -g: -l: -len: -s: -seek: -o: -n: -r -p ; R1 W2 =text
base64,base32,basenc; w|wrap: d|D|decode b: o|output:W i|input:R ; R =text
tr; ; =text
seq,yes; ; =text
file; f|files-from:F C|compile m|magic-file:R F: P: e: ; R
stat; c|format: printf: t: ; L =text
readlink,realpath; relative-to: relative-base: ; R =text
pwd; ; =text
basename,dirname; a|multiple z|zero s|suffix: ; =text
diff,sdiff,vimdiff,meld; U: unified? C: context? W|width: x|exclude: X|exclude-from:R I: F: S: o|output:W from-file:R to-file:R label: L: r|recursive ; R:*
jq,gojq,jaq; f|from-file:R L:R ; =jq
dasel; f|file:R p|parser: r|read: w|write: s|selector: o|out:W i: ; >
dasel *; f|file:R p|parser: r|read: w|write: s|selector: o|out:W ;
dasel put,delete; f|file:RW p|parser: r|read: w|write: s|selector: o|out:W t|type: v|value: ;
yq,xmlstarlet; i|inplace|in-place o|output-format: p|input-format: f|file:R I|indent: ; =yq R2+ W2+:?-i
grep,egrep,fgrep,zgrep,zegrep,bzgrep,xzgrep,ggrep,ugrep; e|regexp: f|file:R A|after-context: B|before-context: C|context: m|max-count: d|directories: D|devices: include: exclude: exclude-from:R exclude-dir: label: binary-files: binary i|ignore-case v|invert-match l|files-with-matches n|line-number r|recursive R|dereference-recursive ; =grep
rg,ag,ack,pt; e|regexp: f|file:R A|after-context: B|before-context: C|context: m|max-count: g|glob: iglob: t|type: T|type-not: M|max-columns: d|max-depth: j|threads: r|replace: ignore-file:R G: pre:X sort: sortr: color: colors: E|encoding: ignore: ignore-dir: files ; R2+:*:/-e:/-f:/--files:. =named
ls,dir,vdir,exa,eza,lsd,ll; I|ignore: w|width: T: hide: sort: time: level: R|recursive a|all ; L:*-R:. =text
tree,fd,fdfind,locate; L: P: I: o: e: E: t: d: S: c: j: x: X: search-path:L base-directory:C ; L:*:. =text
touch; r|reference: d|date: t: ; W
truncate,fallocate; s|size: r|reference: l|length: ; W
mkfifo,mknod; m|mode: ; W1
mkdir,gmkdir; m|mode: p|parents v|verbose Z ; W P:?-p L0:.:?-p @permission.change:program=.:mode=-m:paths=1+:?-m
mktemp; p|tmpdir: suffix: d|directory u ; =mktemp
tee; a|append ; W =stdin
sponge; a ; RW =stdin
dd,gdd; ; =dd
find,gfind,bfs; = ; =find
cp,gcp; S|suffix: t|target-directory: a|archive f|force i|interactive n|no-clobber r|R|recursive T|no-target-directory parents ; =cp
mv,gmv; S|suffix: t|target-directory: f|force i|interactive n|no-clobber T|no-target-directory ; =mv
ln,gln; S|suffix: t|target-directory: f|force s|symbolic T|no-target-directory ; =ln
install,ginstall; m|mode: o|owner: g|group: S|suffix: t|target-directory: d|directory D T|no-target-directory ; WP:?-d P$:?-D L0:.:?-d =cp:!-d @permission.change:program=.:mode=-m:paths=2+:?-m
rename,prename; f|force n|nono|no-act ; M2+ W2+
rsync; e|rsh: f|filter: exclude: include: exclude-from:R include-from:R files-from:F password-file:R log-file:W partial-dir:W T|temp-dir:W backup-dir:W compare-dest:R copy-dest:R link-dest:R rsync-path: chmod: chown: bwlimit: port: timeout: B: max-size: min-size: max-delete: M: suffix: info: debug: out-format: write-batch:W read-batch:R a|archive r|recursive R|relative n|dry-run ; =rsync
rm,grm; f|force i I r|R|recursive d|dir ; D:*-r
rmdir,unlink,grmdir; p|parents ; D
shred; n|iterations: s|size: random-source:R remove? u z ; W D
fdupes,jdupes; d|delete N|noprompt r|recurse S|size q|quiet ; D:*:?-d
srm,wipe,scrub,rimraf,del-cli,gvfs-rm; ; D:*
tmpreaper,tmpwatch; ; D2+:*
rclone; ; >
rclone delete,deletefile,purge,rmdirs,cleanup; ; D:*
rclone move,moveto; ; RD1:*
rclone sync; ; D2:*
svn,hg,bzr,fossil,p4; q|quiet v|verbose R: cwd:C config: config-option: ; >
svn cleanup; ; D:*:.:?--remove-unversioned:?--remove-ignored
fossil clean; ; D:*:.
svn delete,del,rm,remove; q|quiet force keep-local m|message: F|file:R username: password: ; D:*:!--keep-local
hg rm,remove; A|after f|force I|include: X|exclude: ; D:*
hg purge,clean; a|abort-on-err p|print 0|print0 all dirs files I|include: X|exclude: ; D:*:.:!-p:!-0
bzr,p4 rm,remove,delete; keep v ; D:*:!--keep
fossil rm,delete,forget; hard soft ; D:*:?--hard
trash,trash-put,rmtrash,rip,gtrash; ; M:*
gio; ; >
gio trash,remove; f|force ; D:*
gio cat,open; ; R
gio copy; ; =cp
gio move; ; =mv
gio save; ; W
chmod,chown,chgrp,chattr; R|recursive reference:R from: ; A2+:*-R @permission.change:program=.:mode=1:paths=2+:recursive=?-R
setfacl; m|modify: x|remove: M|modify-file:R X|remove-file:R b|remove-all R|recursive ; A:*-R @permission.change:mode=-m,-x:paths=1+:recursive=?-R
setcap; ; A2+ @permission.change:mode=1:paths=2+
takeown,icacls; ; A @permission.change:paths=1+
patch; p|strip: d|directory:C i|input:R o|output:W r|reject-file:W F|fuzz: D|ifdef: V|version-control: z|suffix: B|prefix: Y|basename-prefix: E|remove-empty-files dry-run ; R1 W1:!--dry-run R2 W0:*:.:!--dry-run =patched:!--dry-run
ed,red,ex; c: p|prompt: t: s l E G r R V ; RW
vi,vim,nvim,gvim,nano,pico,emacs,micro,mg,joe,jed,kak,helix,hx,code,subl,gedit,kate,rvim,emacsclient,mcedit; c: S:X u:R i: o: w:W W:W s:RW cmd: t: T: startuptime:W ; RW
gzip,pigz,bzip2,pbzip2,xz,lzma,zstd,lz4,lzop,brotli,compress,lzip; d|decompress|uncompress c|stdout|to-stdout k|keep f|force l|list r|recursive t|test S|suffix: T|threads: p: b: F|format: o|output:W D:R M: ; =compress
gunzip,bunzip2,unxz,unlzma,unzstd,uncompress,unlz4,unpigz; c|stdout|to-stdout k|keep f|force l|list r|recursive t|test S|suffix: o|output:W ; =compress
tar,gtar,bsdtar,jar,star; ; =tar
zip; r|recurse-paths m|move d|delete x: i: n: b: t: tt: P: O|output-file:W s: ; RW1 RW1:+.zip R2+:*-r M2+:*-r:?-m =moved
unzip; d:W* P: p|c l t v Z ; R1 R2+:?-p W2+:!-p:!-l:!-t:!-v:!-Z W0:*:.:!-d:!-p:!-l:!-t:!-v:!-Z
7z,7za,7zr,7zz,rar; = -o:W ; =7z =moved
unrar,unar,dtrx,atool,aunpack,cabextract,unsquashfs,arj; o|output-directory:W* d:W* p: ; R W0:*:. W3+:*
cpio; F|file:R O:W I:R D|directory:C E|pattern-file:R R|owner: H|format: C: M: o|create i|extract p|pass-through t|list ; =cpio
pax; f:W s: x: b: p: o: r w ; R:*:?-w W0:*:.:?-r W$:*:?-r:?-w R0:*:.:!-r
ar; ; W2 R2+
man; P: H? C: E: L: m: M: S: s: e: r: p: w: l|local-file ; =manual R:?-l
mksquashfs; ; R-:* W$
ffmpeg; = -i:R ; W$
sox,convert,magick,cjpeg,img2pdf,inkscape,rsvg-convert,wkhtmltopdf; = -i:R -o:W ; R- W$
gcc,g++,cc,c++,clang,clang++,gfortran,nasm,as,ld,rustc,javac,tsc,esbuild,sass,lessc,typst,dot,protoc,swiftc,ghc,ocamlopt,ocamlc,kotlinc,nvcc; o|output|outFile|outfile|outdir|outDir:W I: L: l: D: x: std: isystem: include:R MF:W ; R =at
pdflatex,latex,xelatex,lualatex,tex,xetex,luatex,pdftex; = -output-directory:W* ; R =tex
strip,chrpath,patchelf,codesign,objcopy,upx; o:W set-rpath: ; RW
openssl; ; >
openssl *; = -in:R -out:W -key:R -inkey:R -cert:R -CAfile:R -CA:R -CAkey:R -config:R -kfile:R -keyout:W -certfile:R -signkey:R -rand:R -writerand:W -sign:R -verify:R -signature:R -extfile:R -untrusted:R -engine:X -connect: -pass: -passin: -passout: -k: -K: -iv: -S: -subj: -days: -newkey: -name: -iter: -addext: -extensions: -servername: -new? ; R @net.connect:?-connect:host=-connect =client
gpg,gpg2,gpgv,gpgsm,age,rage,sops,ansible-vault,minisign,signify; o|output:W r|recipient: u|local-user: passphrase: passphrase-file:R passphrase-fd: homedir:R keyring:R i|identity:R keyserver: recv-keys: ; R
ssh-keygen; f: t: b: C: N: P: m: s:R I: n: V: z: O: R: F: D:X w: Y: ; =keygen
tcpdump; w:W r:R F:R V:R i: c: z:X B: C: E: G: j: m: M: s: T: W: y: Z: -AXxabdDefhHIJKlLnNOpqStuUv print immediate-mode number count list-interfaces ; @net.capture:!-r:program=.:contents=?-w?-A?-X?-x
tshark; w:W r:R i: c: a: b: B: d: e: E: f: F: H:R j: J: K:R o: O: R: s: S: t: T: u: W: X: y: Y: z: -VxDghIlLnNpPqQ ; @net.capture:!-r:program=.:contents=?-w?-V?-x?-O?-T?-e?-X?-z
dumpcap,ngrep; w:W r:R F:R i: c: I:R O:W ; @net.capture:!-r:program=.
script; c|command: O|log-out:W I|log-in:W B|log-io:W T|log-timing:W ; W
dialog,whiptail; textbox:R editbox:R tailbox:R tailboxbg:R ;
update-alternatives; ; W1
mkfs,mkfs.ext2,mkfs.ext3,mkfs.ext4,mkfs.xfs,mkfs.btrfs,mkfs.vfat,mkfs.ntfs,mke2fs,mkdosfs,mkswap,wipefs,sgdisk,sfdisk,fdisk,gdisk,cfdisk,parted,blkdiscard,badblocks,hdparm,pvcreate,vgremove,lvremove,pvremove,cryptsetup,mdadm,zpool,zfs,e2fsck,fsck,tune2fs,resize2fs,losetup,diskutil,newfs,flashrom,diskpart; t|type: L: U: b: n: m: o|options: l|list ; @device.write:operands=1+:program=.
mount,umount; t|types: o|options: L: U: ; @device.mount:device=1:target=2
`

export const FILES: Lookup = modelsOf(TABLE, FILE_SPECIALS)
