/** Package managers: what they install, remove and publish. Their registries are told by the manager, not as addresses. */
import type { Model } from './model.js'
import { modelsOf } from './roles.js'

const TABLE = `
npm,pnpm,yarn,bun; C|prefix|dir|cwd:C registry: w|workspace: filter: userconfig:R tag: otp: access: g|global loglevel: cache: ; >>
npm,pnpm,yarn,bun install,i,add,ci,isntall,clean-install,link,ln,update,upgrade,up,.; D|save-dev O|save-optional E|save-exact ; @package.install:manager=.:packages=1+:global=?-g:registry=--registry
npm,pnpm,yarn,bun uninstall,un,unlink,remove,rm,r,prune; ; @package.uninstall:manager=.:packages=1+:global=?-g
npm,pnpm,yarn,bun publish; dry-run ; @package.publish:manager=.:package=1:tag=--tag:access=--access:registry=--registry:dry_run=?--dry-run
npm,pnpm,yarn,bun unpublish,deprecate,owner,access,dist-tag,token,adduser,login,logout,team,star,hook; ; @package.registry:manager=.:command=*:args=1+:registry=--registry
yarn global; ; >
yarn global add,upgrade; ; @package.install:manager=.:packages=1+:global=true
yarn global remove; ; @package.uninstall:manager=.:packages=1+:global=true
yarn npm; ; >
yarn npm publish; tag: access: ; @package.publish:manager=.:tag=--tag:access=--access
lerna,changeset,semantic-release,np,release-it,vsce,ovsx,twine,goreleaser,flit,hatch,maturin; ; >
lerna,changeset,vsce,ovsx,flit,hatch,maturin publish; r|registry: p: ; @package.publish:manager=.:package=1
semantic-release,np,release-it .; n|dry-run ; @package.publish:manager=.:dry_run=?--dry-run
twine upload; r|repository: u: p: config-file:R ; R @package.publish:manager=.:package=1:registry=-r
goreleaser release; snapshot skip: ; @package.publish:manager=.:dry_run=?--snapshot
vsce,ovsx unpublish; ; @package.registry:manager=.:command=*:args=1+
pip,pipx,uv,poetry,conda,mamba,micromamba,pdm,rye,pixi,pipenv; n|name: p|prefix: C|directory:C q|quiet v|verbose y|yes ; >
pip,pipx,conda,mamba,micromamba,poetry,pdm,rye,pixi,pipenv,uv install,add,sync,update,upgrade,download,wheel,create; r|requirement|requirements|file:R c|constraint|channel: t|target:W i|index-url: extra-index-url: e|editable:R f|find-links: group: G: user ; @package.install:manager=.:packages=1+:user=?--user:registry=-i
pip,pipx,conda,mamba,micromamba,poetry,pdm,rye,pixi,pipenv,uv uninstall,remove,uninstall-all; r:R ; @package.uninstall:manager=.:packages=1+
poetry,uv,pdm,rye publish; r|repository: u|username: p|password: index: publish-url: t|token: dry-run ; @package.publish:manager=.:registry=-r,--publish-url:dry_run=?--dry-run
uv,conda pip,tool,env; ; >
uv pip,tool install,sync; r|requirement|requirements:R c|constraint: e|editable:R index-url: target:W ; @package.install:manager=.:packages=1+
uv pip,tool uninstall; ; @package.uninstall:manager=.:packages=1+
conda env remove; n|name: p|prefix:D* ; @package.uninstall:manager=.:environment=-n
conda env create,update; n|name: f|file:R p|prefix: ; @package.install:manager=.:environment=-n
cargo; manifest-path:R color: config: Z: C:C ; >>
cargo install,add,update,fetch; p|package: version: git: path: branch: root: F|features: ; @package.install:manager=.:packages=1+
cargo uninstall,remove,rm; ; @package.uninstall:manager=.:packages=1+
cargo publish; registry: token: dry-run allow-dirty no-verify p|package: ; @package.publish:manager=.:registry=--registry:dry_run=?--dry-run
cargo yank,owner,login; ; @package.registry:manager=.:command=*:args=1+
cargo clean; target-dir: ; D:* D0:*:.:-
gem,bundle,go,composer,nuget,dotnet,luarocks,opam,mix,rebar3,cabal,stack,dart,flutter,mvn,gradle,cpan,cpanm,asdf,mise,rustup,nvm,pyenv,rbenv,pear,pecl,vcpkg,conan,spack,swift,pod,carthage,jspm,bower,deno,jsr,raco,nimble,shards,hex,crystal; C:C v|version: ; >
gem,composer,nuget,luarocks,opam,cpan,asdf,mise,rustup,nvm,pyenv,rbenv,pear,pecl,vcpkg,conan,spack,bower,nimble,deno,pod,raco,bundle install,require,add,get,use,update; n|name: s|source: version: ; @package.install:manager=.:packages=1+
go install,get; modfile: mod: tags: ; @package.install:manager=.:packages=1+
go clean; modcache cache ; 
gem,composer,nuget,luarocks,opam,bower,pecl,asdf,mise,rustup,nvm,nimble,pyenv,bundle uninstall,remove,delete; ; @package.uninstall:manager=.:packages=1+
gem push; host: k|key: ; R @package.publish:manager=.:package=1:registry=--host
gem yank,owner; ; @package.registry:manager=.:command=*:args=1+
nuget push; s|Source|source: k: ; R @package.publish:manager=.:package=1:registry=-s
dotnet nuget; ; >
dotnet nuget push; s|source: k|api-key: ; R @package.publish:manager=.:package=1:registry=-s
dotnet add,tool,workload; ; >
dotnet tool,workload install,update; g|global ; @package.install:manager=.:packages=1+:global=?-g
luarocks upload; ; R @package.publish:manager=.:package=1
cabal upload; ; R @package.publish:manager=.:package=1
dart,flutter pub; ; >
dart,flutter pub add,get,upgrade; ; @package.install:manager=.:packages=1+
dart,flutter pub publish; n|dry-run ; @package.publish:manager=.:dry_run=?--dry-run
mix hex.publish; ; @package.publish:manager=.
mvn deploy,release:perform; ; @package.publish:manager=.
gradle publish; ; @package.publish:manager=.
pod trunk; ; >
pod trunk push; ; @package.publish:manager=.:package=1
deno,jsr publish; dry-run token: ; @package.publish:manager=.:dry_run=?--dry-run
apt,apt-get,aptitude,dnf,yum,zypper,brew,port,snap,flatpak,choco,winget,scoop,apk,pkg,xbps-install,eopkg,nix-env,pkg_add,tlmgr,rpm-ostree,microdnf,mas,pkgin,opkg; o|option: c|config-file:R t|target-release: p|root: y|yes|assume-yes q|quiet version: e: repo: ; >>
apt,apt-get,aptitude,dnf,yum,zypper,brew,port,snap,flatpak,choco,winget,scoop,apk,pkg,eopkg,tlmgr,rpm-ostree,microdnf,mas,pkgin,opkg install,add,in,upgrade,dist-upgrade,full-upgrade,update,reinstall,groupinstall,localinstall,refresh,tap,build-dep; cask ; @package.install:manager=.:packages=1+:global=true
apt,apt-get,aptitude,dnf,yum,zypper,brew,port,snap,flatpak,choco,winget,scoop,apk,pkg,eopkg,tlmgr,rpm-ostree,microdnf,pkgin,opkg remove,purge,uninstall,erase,autoremove,del,delete,rm,autopurge,cleanup,untap; cask zap ; @package.uninstall:manager=.:packages=1+:global=true
pacman,yay,paru,pikaur; S|sync R|remove U|upgrade Q|query F|files D|database y|refresh u|sysupgrade s|search i|info c|clean r|root: b|dbpath: config:R noconfirm ; @package.install:manager=.:packages=1+:global=true:?-S:?-U @package.uninstall:manager=.:packages=1+:global=true:?-R
dpkg,rpm,installer,pkg_add,xbps-install,xbps-remove,emerge,softwareupdate,gdebi; i|install U|upgrade F|freshen e|erase r|remove P|purge C|unmerge a|all v h root: admindir: ; R:?-i:?-U @package.install:manager=.:packages=1+:global=true:?-i:?-U:?-F @package.uninstall:manager=.:packages=1+:global=true:?-r:?-P:?-e:?-C
helm,oras; n|namespace: kube-context: kubeconfig:R f|values:R set: version: ; >>
helm push; ; R @package.publish:manager=.:package=1:registry=2
helm install,upgrade,uninstall,delete,rollback,template,test; i|install dry-run wait ; @helm.*:release=1:chart=2:namespace=-n:dry_run=?--dry-run
`

export const PACKAGES: Readonly<Record<string, Model>> = modelsOf(TABLE)
