/** Package managers: what they install, remove and publish. Their registries are told by the manager, not as addresses. */
import type { Value } from '../../decide/request.js'
import type { Output } from './model.js'
import { fetchPackage } from './package-source.js'
import { type Lookup, modelsOf, type Reading } from './roles.js'

const TABLE = `
npm,pnpm,yarn,bun,lerna,changeset; C|prefix|dir|cwd:C registry: w|workspace: filter: userconfig:R tag: otp: access: g|global L|location: loglevel: cache: dry-run ; =project
pip,pipx,uv,poetry,pdm,rye,pixi,pipenv,conda,mamba,micromamba,twine,flit,hatch,maturin; r|requirement|requirements|file:R c|constraint|channel: t|target:W i|index-url: extra-index-url: e|editable:R n|name: p|prefix: repository|publish-url: u|username: password: token: dry-run user ; =project
cargo,gem,bundle,go,composer,nuget,dotnet,luarocks,opam,mix,cabal,stack,dart,flutter,mvn,gradle,deno,jsr,pod,nimble,pecl,conan,vcpkg,asdf,mise,rustup,nvm,pyenv,rbenv,cpan,cpanm,bower,vsce,ovsx,goreleaser,semantic-release,np; manifest-path:R p|package: v|version: git: path:R features: s|source|registry: k|api-key|key|token: n|dry-run name: C:C g|global target-dir:D* ; =project
apt,apt-get,aptitude,dnf,yum,zypper,brew,port,snap,flatpak,choco,winget,scoop,apk,pkg,eopkg,tlmgr,rpm-ostree,microdnf,mas,opkg; o|option: c|config-file:R t|target-release: root: y|yes repo: s|dry-run|simulate|just-print ; =system
pacman,yay,paru; S|sync R|remove U|upgrade Q|query F|files y|refresh u|sysupgrade s|search i|info r|root: b|dbpath: config:R noconfirm ; @package.install:manager=.:packages=1+:global=true:?-S:?-U @package.uninstall:manager=.:packages=1+:global=true:?-R
dpkg,rpm,pkg_add,emerge,xbps-install,nix-env; i|install U|upgrade e|erase|uninstall r|remove P|purge C|unmerge q|query l|list a|all v root: ; R:?-i:?-U @package.install:manager=.:packages=1+:global=true:?-i:?-U @package.uninstall:manager=.:packages=1+:global=true:?-r:?-P:?-e:?-C
`

/** What a subcommand comes to. */
const VERBS: Readonly<Record<string, readonly string[]>> = {
  install:
    'install i add ci isntall clean-install link ln update upgrade up in get require sync download wheel use reinstall dist-upgrade full-upgrade groupinstall localinstall tap build-dep'.split(
      ' ',
    ),
  uninstall: 'uninstall un unlink remove rm r del delete purge erase autoremove autopurge prune untap'.split(' '),
  publish: 'publish push upload deploy release hex.publish'.split(' '),
  registry: 'unpublish deprecate owner access dist-tag token yank adduser login logout team'.split(' '),
} // prettier-ignore

/** Subcommands that have the verb behind them: `yarn global add`, `uv pip install`, `dotnet nuget push`. */
const GROUPS = ['global', 'pip', 'tool', 'env', 'pub', 'nuget', 'npm', 'workload', 'trunk', 'self', 'plugin']

function verbOf(reading: Reading): readonly [kind: string, verb: string, at: number] | undefined {
  const [first, second] = reading.operands
  const at = typeof first === 'string' && GROUPS.includes(first) ? 1 : 0
  const verb = at === 1 ? second : first
  const found = Object.entries(VERBS).find(([, verbs]) => typeof verb === 'string' && verbs.includes(verb))
  return found === undefined || typeof verb !== 'string' ? undefined : [found[0], verb, at]
}

/** Managers of a project's packages; yarn and np need no verb. */
function project(reading: Reading): Output {
  const { name } = reading.call
  const alone =
    reading.operands.length === 0
      ? name === 'yarn'
        ? 'install'
        : name === 'semantic-release' || name === 'np'
          ? 'publish'
          : undefined
      : undefined
  const [kind, verb, at] = alone === undefined ? (verbOf(reading) ?? []) : [alone, '', -1]
  if (kind === undefined || at === undefined || (kind === 'install' && (name === 'mvn' || name === 'gradle'))) return undefined
  tell(
    reading,
    kind,
    verb ?? '',
    at + 1,
    reading.has('-g') === true || reading.operands[0] === 'global' || reading.options.values('--location').includes('global'),
  )
  return undefined
}

function tell(reading: Reading, kind: string, verb: string, from: number, global: Value): void {
  const { options, world, call } = reading
  const packages = reading.operands.slice(from)
  const [registry] = ['--registry', '-i', '--repository'].flatMap(option => options.values(option))
  const common = { manager: call.name, ...(registry === undefined ? {} : { registry }) }
  if (kind === 'publish') {
    for (const file of packages) if (call.name !== 'npm') reading.touch('R', file)
    const [tag] = options.values('--tag')
    const [first] = packages
    world.act('package.publish', {
      ...common,
      dry_run: options.values('--dry-run').find(value => typeof value !== 'string') ?? reading.has('--dry-run') ?? false,
      ...(first === undefined ? {} : { package: first }),
      ...(tag === undefined ? {} : { tag }),
    })
  } else if (kind === 'registry') world.act('package.registry', { ...common, command: verb, args: packages })
  else {
    const sources = [...packages, ...['--git', '-e'].flatMap(option => options.values(option))]
    if (kind === 'install') for (const source of sources) fetchPackage(source, call.name, world)
    world.act(`package.${kind}`, { ...common, packages, global })
  }
}

/** Managers of the machine's packages, whose `update` installs nothing. */
function system(reading: Reading): Output {
  const [kind, verb, at] = verbOf(reading) ?? []
  if ((kind === 'install' && verb !== 'update') || kind === 'uninstall') tell(reading, kind, verb ?? '', (at ?? 0) + 1, true)
  return undefined
}

export const PACKAGES: Lookup = modelsOf(TABLE, { project, system })
