/** The Python client on the system's Python, against the command line as it is built; installing it needs no network. */
import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { packageVersion } from '../../../cli/package-files.js'

const run = promisify(execFile)
const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const PACKAGE = join(ROOT, 'python')
const ASKED = [process.execPath, join(ROOT, 'dist/bin/agsec.js')].join('\n')

/** Whether there is a Python that can be tested with; on a machine without one there is nothing to find out. */
function hasPython(): boolean {
  try {
    execFileSync('python3', ['-c', 'import sys, venv, unittest; sys.exit(sys.version_info < (3, 9))'])
    return true
  } catch {
    return false
  }
}

describe.skipIf(!hasPython()).concurrent('the Python client', () => {
  it.each(['tests.test_client', 'tests.test_integrations', 'tests.test_examples'])('does what %s says', async name => {
    const env = { ...process.env, AGSEC_TEST_COMMAND: ASKED, PYTHONDONTWRITEBYTECODE: '1' }
    const { stderr } = await run('python3', ['-W', 'error::DeprecationWarning', '-m', 'unittest', name], { cwd: PACKAGE, env })
    expect(stderr).toMatch(/^Ran [1-9]\d* tests in .*\n\nOK$/m)
  })
  // Its own `onTestFinished`: of tests that run at once, the one imported would take whichever is the latest.
  it('is installed without a network', async ({ onTestFinished }) => {
    const folder = mkdtempSync(join(tmpdir(), 'agsec-python-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    await run('python3', ['-m', 'venv', folder])
    const python = join(folder, 'bin/python')
    // An index that nobody answers for.
    const env = { ...process.env, PIP_INDEX_URL: 'http://127.0.0.1:9/', PIP_DISABLE_PIP_VERSION_CHECK: '1', PIP_RETRIES: '0' }
    const pip = (...args: readonly string[]) => run(python, ['-m', 'pip', 'install', '-q', '--force-reinstall', ...args], { env })
    const installed = async () => (await run(python, ['-c', SAYS_WHERE], { cwd: folder })).stdout
    await pip(PACKAGE)
    expect(await installed()).toBe(`site-packages ${packageVersion()} typed\n`)
    await pip('--no-build-isolation', '--no-index', PACKAGE)
    expect(await installed()).toBe(`site-packages ${packageVersion()} typed\n`)
    await pip('-e', PACKAGE)
    expect(await installed()).toBe(`python ${packageVersion()} typed\n`)
  })
  it('has the version of the package', async () => {
    const { stdout } = await run(
      'python3',
      ['-c', 'import sys; sys.path[:0] = [".", "build"]; import agsec, backend; print(agsec.__version__, backend.VERSION)'],
      {
        cwd: PACKAGE,
        env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
      },
    )
    expect(stdout).toBe(`${packageVersion()} ${packageVersion()}\n`)
  })
})

const SAYS_WHERE =
  'import agsec, pathlib as p, importlib.metadata as m; d = p.Path(agsec.__file__).parent; ' +
  "print(d.parent.name, m.version('agsec'), 'typed' if (d / 'py.typed').exists() else '')"
