/** Patterns over commands, as people write them into guards, and as many more as are asked for. ECMAScript's syntax, without flags. */
import { wordOf } from '../policies.js'

/** Sixty-four guards of the usual kinds: words with options, gaps of any length, alternatives, and now and then a look-ahead. */
export const REALISTIC: readonly string[] = [
  '\\brm\\s+(-\\w+\\s+)*-\\w*[rR]\\w*[fF]',
  '\\brm\\s+(-\\w+\\s+)*-\\w*[fF]\\w*[rR]',
  '\\brm\\s+(-[\\w-]+\\s+)*(/|~|\\$HOME)(\\s|$)',
  '\\brmdir\\s+/',
  '\\bfind\\b.*\\s-delete\\b',
  '\\bfind\\b.*-exec\\s+rm\\b',
  '\\bxargs\\s+(-\\S+\\s+)*rm\\b',
  '\\bshred\\s',
  '\\btruncate\\s+(-s|--size)',
  '\\bmkfs(\\.\\w+)?\\s',
  '\\bdd\\s+.*\\bof=/dev/',
  '>\\s*/dev/(sd|nvme|disk|hd)\\w*',
  '\\b(fdisk|parted|wipefs)\\s',
  '\\bmount\\s+.*-o\\s+\\S*remount',
  '\\bchmod\\s+(-R\\s+)?0?777\\b',
  '\\bchmod\\s+[ugoa]*\\+s\\b',
  '\\bchown\\s+-R\\s+root\\b',
  '\\bsudo\\s+(?!-n\\s+true\\b)',
  '\\bsu\\s+-\\s*(root)?$',
  '\\bgit\\s+push\\b(?!.*--dry-run).*\\s(--force|-f)\\b',
  'git.*push.*--force',
  '\\bgit\\s+reset\\s+--hard\\b',
  '\\bgit\\s+clean\\s+-\\w*[fdx]',
  '\\bgit\\s+checkout\\s+(--\\s+)?\\.\\s*$',
  '\\bgit\\s+branch\\s+-D\\b',
  '\\bgit\\s+stash\\s+(drop|clear)\\b',
  '\\bgit\\s+(filter-branch|filter-repo)\\b',
  '\\bgit\\s+push\\s+\\S+\\s+(--delete\\s+\\S+|:\\S+)',
  '\\bgit\\s+config\\s+--global\\b',
  '\\bgit\\s+commit\\b.*--no-verify\\b',
  '\\bgit\\s+push\\s+\\S+\\s+(HEAD:)?(main|master)\\b',
  '\\b(curl|wget)\\b[^|]*\\|\\s*(ba|z|da)?sh\\b',
  '\\b(curl|wget)\\b.*\\|\\s*(sudo\\s+)?(python3?|perl|ruby|node)\\b',
  '\\b(ba|z)?sh\\s+-c\\s+.*\\$\\((curl|wget)\\b',
  '\\b(ba|z)?sh\\s+<\\(\\s*(curl|wget)\\b',
  '\\beval\\s+.*\\$\\(',
  '\\bbase64\\s+(-d|--decode)\\b.*\\|\\s*(ba|z)?sh\\b',
  '\\bnc\\b.*\\s-\\w*e\\b',
  '/dev/tcp/\\d',
  '\\bcurl\\b.*(-d|--data\\S*|-F|-T)\\s+@',
  '\\b(scp|rsync)\\b.*\\.ssh/',
  '\\bssh\\s+.*-R\\s+\\d+:',
  '\\bcat\\b.*\\.env(\\.\\w+)?(\\s|$)',
  '\\.(pem|key|p12|pfx)(\\s|$)',
  '\\b(AWS_SECRET_ACCESS_KEY|GITHUB_TOKEN|NPM_TOKEN)\\b',
  '\\bid_(rsa|ed25519|ecdsa)(?!\\.pub)\\b',
  '\\bprintenv\\b|(^|\\|)\\s*env\\s*(\\||$)',
  '\\bhistory\\s+-c\\b',
  '\\bnpm\\s+publish\\b',
  '\\bpip3?\\s+install\\s+.*--index-url\\s+http:',
  '\\bnpm\\s+(i|install)\\s+.*https?://',
  '\\b(apt|apt-get|yum|dnf|brew)\\s+(remove|purge|uninstall)\\b',
  '\\bterraform\\s+(destroy|apply\\s+.*-auto-approve)\\b',
  '\\bkubectl\\s+(-\\S+\\s+\\S+\\s+)*delete\\s+(ns|namespace|pv|deployment)\\b',
  '\\bdocker\\s+(system|volume|image)\\s+prune\\b',
  '\\bdocker\\s+run\\b.*(--privileged|-v\\s+/:)',
  '\\baws\\s+s3\\s+(rb|rm)\\b.*(--force|--recursive)',
  '\\bgcloud\\b.*\\bdelete\\b.*--quiet\\b',
  '\\b(psql|mysql)\\b.*\\b(DROP|drop|TRUNCATE|truncate)\\s+(TABLE|table|DATABASE|database)\\b',
  '\\bredis-cli\\b.*\\b(FLUSHALL|flushall|FLUSHDB|flushdb)\\b',
  '\\b(shutdown|reboot|poweroff)\\b',
  '\\b(kill|pkill|killall)\\s+(-9|-KILL|-SIGKILL)\\b',
  ':\\(\\)\\s*\\{.*\\|.*&\\s*\\}',
  '\\bcrontab\\s+-r\\b',
]

const TOOLS = ['git', 'kubectl', 'terraform', 'aws', 'docker', 'npm', 'psql', 'helm', 'gcloud', 'systemctl'] as const

/** The same shapes with words of their own. */
export function syntheticPatterns(count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => {
    const tool = TOOLS[i % TOOLS.length] ?? ''
    const word = wordOf(i)
    const shapes = [
      `\\b${tool}\\s+(-\\w+\\s+)*${word}\\b`,
      `\\b${word}\\b.*\\s--(force|yes)\\b`,
      `\\b${tool}\\b.*\\b(drop|delete)-${word}\\b`,
      `\\b${word}\\.(sh|py)\\b`,
    ]
    return shapes[Math.floor(i / TOOLS.length) % shapes.length] ?? ''
  })
}

/** Look-around is what RE2 gave up for its guarantee. */
export function hasLookaround(pattern: string): boolean {
  return /\(\?(=|!|<=|<!)/.test(pattern)
}
