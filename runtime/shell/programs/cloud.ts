/** Clouds, clusters, containers and forges, by the words of their command line clients. */
import type { Text } from '../analysis.js'
import { dropPrefix, join, prefixOf, splitOnce } from '../text.js'
import type { Output } from './model.js'
import { type Lookup, modelsOf, NAME, type Reading } from './roles.js'
import { readArguments } from './unlisted.js'

const TABLE = `
aws,awslocal; region: profile: o|output: endpoint-url: query: ca-bundle:R exclude: include: recursive force ; @cloud.call:provider=aws:service=1:operation=2:args=3+:command=&:profile=--profile:recursive=?--recursive =storage
gcloud,gsutil; project: account: format: zone: region: configuration: impersonate-service-account: q|quiet ; @cloud.call:provider=gcloud:service=1:operation=2:args=3+:command=& =storage
az,doctl,linode-cli,heroku,flyctl,fly,vercel,netlify,wrangler,firebase,ibmcloud,oci,aliyun,hcloud,scw,exo,openstack,cf,eksctl,kops,sam,cdk,serverless,sls,amplify,eb,railway,render,dokku,nomad,consul,vault,boundary,packer,civo,mc,rclone,s3cmd,s5cmd,azcopy; g|resource-group: n|name: s|subscription: o|output: a|app|account: region: project: y|yes f|force c|config:R ; @cloud.call:provider=.:service=1:operation=2:args=3+:command=& =storage
terraform,tofu,terragrunt,pulumi; = -chdir:C -C:C -var: -var-file:R -target: -state:RW -out:W -s: -stack: ; >>
terraform,tofu,terragrunt,pulumi *; = ; @terraform.*:tool=.:args=1+:auto_approve=?-auto-approve?--auto-approve?--yes?-y?--terragrunt-non-interactive:destroy=?-destroy?--destroy:target=-target
terraform,tofu,terragrunt,pulumi workspace,state,stack; = ; >>
terraform,tofu,terragrunt,pulumi workspace,state,stack *; = ; @terraform.*:tool=.:args=1+
terragrunt run-all; = ; >-
terragrunt run-all *; = ; @terraform.*:tool=.:args=1+:auto_approve=?-auto-approve?--auto-approve
kubectl,oc; n|namespace: context: cluster: user: kubeconfig:R s|server: token: f|filename:R k|kustomize:R l|selector: o|output: c|container: A|all-namespaces all force grace-period: dry-run? as: R|recursive i t p|patch: type: replicas: image: ; >>
kubectl,oc *; ; @kubernetes.*:resource=1:name=2:args=1+:namespace=-n:context=--context:all=?--all:all_namespaces=?-A:force=?--force:file=-f:dry_run=--dry-run,?--dry-run
kubectl,oc cp; c: ; @kubernetes.cp:args=1+ =cp
k3d,kind,minikube,k3s,argocd,flux,istioctl,velero; ; @kubernetes.*:tool=.:command=&
docker,podman,nerdctl; H|host: c|context: l|log-level: config:R ; >
docker,podman,nerdctl *; f|force a|all v|volumes t|time|tag: filter: i|input:R o|output:W ; @docker.*:client=.:targets=1+:force=?-f:all=?-a:volumes=?-v
docker,podman,nerdctl container; ; >-
docker,podman,nerdctl container *; f|force a|all v|volumes filter: ; @docker.*:client=.:targets=1+:force=?-f:volumes=?-v
docker,podman,nerdctl image,builder build; t|tag: f|file:R build-arg: target: secret: ssh: platform: o|output: network: label: push ; @docker.build:client=.:push=?--push R1:* =build
docker,podman,nerdctl image,volume,network,system,builder,buildx,context,secret,config,service,stack,swarm,node,plugin,manifest,pod,machine,trust; ; >
docker,podman,nerdctl image,volume,network,system,builder,buildx,context,secret,config,service,stack,swarm,node,plugin,manifest,pod,machine,trust *; f|force a|all volumes filter: t|tag: ; @docker.*:client=.:targets=1+:force=?-f:all=?-a:volumes=?--volumes
docker,podman,nerdctl run,create; ^ v|volume: mount: e|env: env-file:R name: p|publish: network|net: w|workdir: u|user: entrypoint: h|hostname: l|label: label-file:R m|memory: c: cpus: device: cap-add: cap-drop: security-opt: pid: ipc: uts: userns: restart: log-driver: log-opt: add-host: dns: platform: gpus: shm-size: ulimit: tmpfs: volumes-from: link: expose: cidfile:W pull: runtime: group-add: ip: a|attach: privileged ; @docker.*:client=.:image=1:args=2+:privileged=?--privileged:mounts=-v+,--mount+:network=--network:pid=--pid:user=-u:ports=-p+:capabilities=--cap-add+:devices=--device+
docker,podman,nerdctl exec; ^ e|env: env-file:R w|workdir: u|user: detach-keys: privileged ; @docker.exec:client=.:container=1:args=2+:privileged=?--privileged:user=-u
docker,podman,nerdctl buildx build,b; t|tag: f|file:R build-arg: build-context: secret: ssh: platform: cache-from: cache-to: o|output: progress: no-cache iidfile:W metadata-file:W network: label: push load ; @docker.build:client=.:push=?--push R1:* =build
docker,podman,nerdctl build; t|tag: f|file:R build-arg: target: secret: ssh: platform: cache-from: cache-to: o|output: iidfile:W network: label: push ; @docker.build:client=.:push=?--push R1:* =build
docker,podman,nerdctl cp; ; @docker.cp:client=.:args=1+ =cp
docker,podman,nerdctl compose; f|file:R p|project-name: env-file:R profile: project-directory:C ; >
docker,podman,nerdctl compose *; v|volumes rmi: t|timeout: f|force ; @docker.*:client=.:volumes=?-v:images=--rmi:targets=1+
docker-compose,podman-compose; f|file:R p|project-name: env-file:R profile: project-directory:C ; >
docker-compose,podman-compose *; v|volumes rmi: t|timeout: f|force ; @docker.compose_*:client=.:volumes=?-v:images=--rmi:targets=1+
helm; n|namespace: kube-context: kubeconfig:R f|values:R set: version: dry-run? ; >>
helm push; ; R @package.publish:manager=helm:registry=2
helm *; ; @helm.*:release=1:chart=2:namespace=-n:dry_run=--dry-run,?--dry-run
gh,glab,hub,tea; R|repo: H|hostname: ; >>
gh,glab,hub,tea api; X|method: f|raw-field: F|field: header: q|jq: t|template: input:R cache: ; =api
gh,glab,hub,tea gist,release,snippet; d|desc|description: t|title: n|notes: F|notes-file:R f|filename: R|repo: ; R2+ @forge.call:provider=.:resource=*:operation=1:args=2+:repository=-R
gh,glab,hub,tea *; b|body: t|title: F|body-file|notes-file:R n|notes: q|jq: json: template: y|yes|confirm f|force admin ; @forge.call:provider=.:resource=*:operation=1:args=2+:repository=-R:force=?-f =handed
`

const BRINGING = ['pull', 'download', 'clone', 'export', 'checkout', 'init', 'create']
const COPIES = ['cp', 'mv', 'sync', 'rsync', 'copy', 'put', 'get', 'move', 'copyto', 'mirror']

/** What a Dockerfile that the command has written, or is given, takes along: later steps and whoever has the image may show it. */
function build({ call, options, operands, world }: Reading): Output {
  const [context = '.'] = operands
  const named = options.values('-f')
  for (const file of named.length > 0 ? named : ['Dockerfile', 'Containerfile'].map(each => join(context, '/', each))) {
    const text = file === '-' || context === '-' ? call.stdin : world.madeText(file)
    for (const source of typeof text === 'string' ? sourcesOf(text) : []) world.file('read', join(context, '/', source), true)
  }
  // `-o folder`, `--output type=local,dest=folder`
  for (const value of options.values('-o')) {
    const target = splitOnce(value, 'dest=')?.[1] ?? value
    if (!prefixOf(value).startsWith('type=') || target !== value) world.file('write', splitOnce(target, ',')?.[0] ?? target, true)
  }
  return undefined
}

/** What the lines take from the context, with what their arguments are by default; a star alone is the context, as `.` is. */
function sourcesOf(text: string): readonly Text[] {
  const joined = text.replace(/\\[ \t]*\r?\n/g, ' ')
  const defaults = new Map(
    Array.from(joined.matchAll(/^[ \t]*(?:arg|env)[ \t]+(\w+)[= ]["']?([^\s"']*)/gim), ([, name = '', value = '']) => [name, value]),
  )
  const filled = joined.replace(
    /\$(?:\{(\w+)\}|(\w+))/g,
    (all, braced: string | undefined, bare = '') => defaults.get(braced ?? bare) ?? all,
  )
  const copied = Array.from(filled.matchAll(/^[ \t]*(?:copy|add)[ \t]+(?!.*--from)(.*)/gim), ([, line = '']) =>
    line
      .split(/[\s"[\],]+/)
      .filter(word => word !== '' && !word.startsWith('--'))
      .slice(0, -1),
  )
  // By words, since what stands between two of them may be long.
  const mounts = (filled.match(/\S+/g) ?? []).filter(
    word => word.startsWith('--mount=') && /\btype=bind/.test(word) && !word.includes('from='),
  )
  const mounted = mounts.flatMap(mount => /\b(?:source|src)=([^,]+)/.exec(mount)?.[1] ?? [])
  return [...copied.flat(), ...mounted].map(source =>
    source === '*' ? '.' : join(...source.split(/[*?]|\[[^\]]*\]/).flatMap((part, at) => (at > 0 ? [NAME, part] : [part]))),
  )
}

/** `aws s3 sync . s3://b`: paths of this machine are read or, as the last, written. */
function storage(reading: Reading): Output {
  const { operands } = reading
  const verb = operands.slice(0, 3).findIndex(each => typeof each === 'string' && COPIES.includes(each))
  if (verb !== -1) outsideCopy(reading, operands.slice(verb + 1))
  else handed(reading)
  return undefined
}

/** What a client is told to send, by whatever option, is read; `env pull .env` writes it. */
function handed({ call, operands, world }: Reading): Output {
  return operands.some(each => typeof each === 'string' && BRINGING.includes(each))
    ? undefined
    : readArguments({ ...call, args: operands }, world)
}

/** A path with a colon is elsewhere: `s3://b/k`, `container:/path`. */
function outsideCopy(reading: Reading, paths: readonly Text[]): void {
  paths.forEach((path, i) => {
    if (prefixOf(path).startsWith('@')) reading.touch('R', dropPrefix(path, 1))
    else if (!prefixOf(path).includes(':')) reading.touch(i > 0 && i === paths.length - 1 ? 'W' : 'R', path, true)
  })
}

/** `gh api` sends a body where it has fields; the value of `-F name=@file` is what the file holds. */
function api(reading: Reading): Output {
  const { options, operands, world, call } = reading
  for (const field of options.values('-F')) for (const file of splitOnce(field, '=@')?.slice(1) ?? []) reading.touch('R', file)
  const fields = options.has('-f') || options.has('-F') || options.has('--input')
  const method = options.value('-X') ?? (fields ? 'POST' : 'GET')
  const [path = ''] = operands
  const [, branch] = /\bgit\/refs\/heads\/([^?]+)/.exec(prefixOf(path)) ?? []
  // What `git push` does, by another way.
  if (branch !== undefined && /^(?:PATCH|DELETE)$/i.test(prefixOf(method)))
    world.act('git.push', {
      remote: 'origin',
      configured: true,
      branch,
      dry_run: false,
      delete: /^DELETE$/i.test(prefixOf(method)),
      force: [...options.values('-F'), ...options.values('-f')].some(field => field === 'force=true'),
    })
  world.act('forge.api', { provider: call.name, method, ...(operands[0] === undefined ? {} : { path: operands[0] }) })
  return undefined
}

function copy(reading: Reading): Output {
  outsideCopy(reading, reading.operands)
  return undefined
}

export const CLOUD: Lookup = modelsOf(TABLE, { storage, handed, api, build, cp: copy })
