/** `<name>.test.yaml` beside a policy. */
import { readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

const TEST_FILE = /\.test\.ya?ml$/
const POLICY_FILE = /\.ya?ml$/

/** The test files of folders, those beside policy files, and those named themselves; each once. */
export function findTestFiles(paths: readonly string[]): readonly string[] {
  return [...new Set(paths.flatMap(testFilesOf))]
}

/** What to compile for the tests of these paths: a test file alone stands for its folder. */
export function policyPathsOf(paths: readonly string[]): readonly string[] {
  return [...new Set(paths.map(path => (TEST_FILE.test(path) ? dirname(path) : path)))]
}

function testFilesOf(path: string): readonly string[] {
  if (TEST_FILE.test(path)) return [path]
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return testsIn(path)
  return POLICY_FILE.test(path) ? testsBeside(path) : []
}

function testsIn(folder: string): readonly string[] {
  const names = readdirSync(folder).filter(name => TEST_FILE.test(name) && !name.startsWith('.'))
  return names.sort().map(name => join(folder, name))
}

function testsBeside(path: string): readonly string[] {
  const stem = path.replace(POLICY_FILE, '')
  return ['.test.yaml', '.test.yml'].map(end => stem + end).filter(file => statSync(file, { throwIfNoEntry: false }) !== undefined)
}
