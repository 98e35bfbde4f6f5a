/** Files that cannot be read. */
import type { CatalogueEntries } from './entry.js'

export const fileCodes = {
  'unreadable-file': {
    severity: 'error',
    title: 'A file or folder cannot be read',
    explanation:
      'The file or folder does not exist, went away while it was being read, or its permissions do not let you read it. The message says which.\n\nA policy with a part missing could allow what that part denies, so nothing is compiled.',
    shows: 'files',
    bad: 'agsec validate policys/\n\nThe folder is named policies/.',
    good: 'agsec validate policies/',
  },
  'not-a-file': {
    severity: 'error',
    title: 'Something that is no file has the name of a policy file',
    explanation:
      'A folder, a device or a pipe is named like a policy file. The compiler does not guess whether it was meant to hold policies.',
    shows: 'files',
    bad: 'policies/\n  01_base.yaml\n  02_bash.yaml/      a folder',
    good: 'policies/\n  01_base.yaml\n  02_bash.yaml       a file',
  },
  'no-policy-files': {
    severity: 'error',
    title: 'A folder holds no policy file',
    explanation:
      'A policy folder holds files named `*.yaml` or `*.yml`. Folders within it, hidden files (`.draft.yaml`) and tests (`base.test.yaml`) do not count.\n\nAn empty folder is nearly always the wrong folder, so it is not read as "no rules".',
    shows: 'files',
    bad: 'policies/\n  README.md\n  old/01_base.yaml',
    good: 'policies/\n  01_base.yaml',
  },
  'ignored-file': {
    severity: 'warning',
    title: 'A file looks like a policy but is not read',
    explanation: 'Policy files are named `*.yaml` or `*.yml`, in lower case. A file with another spelling of the ending is left out.',
    shows: 'files',
    bad: 'policies/\n  01_base.yaml\n  02_bash.YAML',
    good: 'policies/\n  01_base.yaml\n  02_bash.yaml',
  },
  'file-too-large': {
    severity: 'error',
    title: 'A file is too large',
    explanation:
      'A file has at most 4 MiB, and at most 2,000,000 words and signs. Ten thousand statements of ordinary size are less; a larger file is usually not a policy. All files of a folder are one policy, so a large one can be split.',
    shows: 'files',
    bad: 'policies/all.yaml     10 MiB',
    good: 'policies/01_files.yaml   3 MiB\npolicies/02_shell.yaml   3 MiB',
  },
  'unread-agent-folder': {
    severity: 'warning',
    title: "An agent's policies lie where no agent reads them",
    explanation:
      "The policies of one agent lie in `~/.agsec/agents/NAME/policies`, where `NAME` is what its hook calls itself, as in `agsec install NAME`. A folder of a similar name decides nothing, and neither does a file beside the folder `policies`. Applications that name themselves in code (`createGuard({ agent })`) may have any name: only one that looks like an agent's is warned about.",
    shows: 'files',
    bad: '~/.agsec/agents/claude/policies/a.yaml\n~/.agsec/agents/codex/a.yaml',
    good: '~/.agsec/agents/claude-code/policies/a.yaml\n~/.agsec/agents/codex/policies/a.yaml',
  },
  'managed-not-protected': {
    severity: 'error',
    title: 'Others than the administrator can write managed policies',
    explanation:
      'The managed layer (`/etc/agsec/policies`) is in force whatever a user says, so its folder, the folder above and its files belong to root, and nobody else may write to them. Policies that an agent could rewrite would enforce nothing, and nothing is compiled of them.',
    shows: 'files',
    bad: '/etc/agsec/policies/base.yaml     -rw-rw-r-- deploy',
    good: '/etc/agsec/policies/base.yaml     -rw-r--r-- root',
  },
  'not-text': {
    severity: 'error',
    title: 'A file is not UTF-8 text',
    explanation:
      'Policies are UTF-8. The message names the first byte that is not, or the first zero byte of a binary file. A byte order mark at the start is accepted.\n\nFiles of other encodings (UTF-16, Latin-1) have to be saved as UTF-8: guessing an encoding could change what a pattern matches.',
    shows: 'files',
    bad: 'policies/01_base.yaml     saved as UTF-16',
    good: 'policies/01_base.yaml     saved as UTF-8',
  },
} as const satisfies CatalogueEntries
