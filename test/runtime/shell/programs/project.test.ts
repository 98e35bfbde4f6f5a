import { expect, test } from 'vitest'
import { modelOf } from '../../../../runtime/shell/programs/programs.js'
import { told, type Given } from '../../../support/recording-world.js'

const starts = (line: string, given: Given = {}) =>
  told(modelOf(line.split(' ')[0] ?? ''), line, given).lines.filter(each => /^(run|shell|script|unknown|project|package\.run)/.test(each))

const PACKAGE = JSON.stringify({ scripts: { prebuild: 'rm -rf dist', build: 'tsc -b', postinstall: 'node x.js' } })

test('scripts of a package are read', () => {
  const texts = { 'package.json': PACKAGE, 'web/package.json': JSON.stringify({ scripts: { test: 'jest' } }) }
  expect(starts('npm run build -- --watch', { texts })).toEqual([
    'project.run program=npm task=build',
    'shell rm -rf dist via npm run prebuild',
    'shell tsc -b "$@" via npm run build',
  ])
  expect(starts('npm --prefix web test', { texts })).toContain('shell jest via npm run test')
  expect(starts('npm install', { texts })).toEqual(['shell node x.js via npm postinstall'])
  expect(starts('npm ci --ignore-scripts', { texts })).toEqual([])
  expect(starts('yarn build', { texts })).toContain('shell tsc -b via yarn run build')
  expect(starts('npm run constructor', { texts })).toEqual(['project.run program=npm task=constructor'])
  expect(starts('npm test', { texts: { 'package.json': '{' } })).toEqual(['project.run program=npm task=test'])
})

test.each([
  ['npx -y rimraf@5 dist', ['package.run program=npx package=rimraf@5', 'run [rimraf dist] via npx']],
  ['npm exec -- @scope/tool x', ['package.run program=npm package=@scope/tool', 'run [tool x] via npm']],
  ['pnpm exec tsc -b', ['run [tsc -b] via pnpm']],
  ['yarn node -e 1 y', ['run [node -e 1 y] via yarn']],
  ['poetry run pytest', ['run [pytest] via poetry run']],
  ['uv run --with x -m http.server', ['run [python -m http.server] via uv run']],
  ['bundle exec rspec', ['run [rspec] via bundle exec']],
  ['dotenv -e .env -- rm x', ['run [rm x] via dotenv']],
  ['doppler run -p a -- rm x', ['run [rm x] via doppler run']],
  ['cross-env A=1 rm x', ['run [rm x] via cross-env']],
  ['pytest -q tests', ['project.run program=pytest task=tests']],
  ['cargo build', ['project.run program=cargo task=build']],
  ['cargo fmt', []],
  ['cargo +a watch -x test -s ls', ['project.run program=cargo task=test', 'shell ls via cargo watch -s']],
  ['cargo watch -- rm x', ['run [rm x] via cargo watch']],
  ['go vet --vettool=a -exec b', ['project.run program=go task=vet', 'run [a ./a.test] via go -vettool', 'run [b ./a.test] via go -exec']],
])('%s', (line, expected) => {
  expect(starts(line)).toEqual(expected)
})

const MAKEFILE = `CC = gcc
NOW := $(shell date)
all: build
build: $(OBJ) x.o
\t@$(CC) -o a $(FLAGS) $$HOME
%.o: %.c
\t-rm -f $@
clean: ; rm -rf out
`

test('rules of a makefile are read', () => {
  const texts = { Makefile: MAKEFILE }
  expect(starts('make', { texts })).toEqual([
    'project.run program=make task=',
    'shell : $(date) via make',
    'shell rm -f ${__} via make',
    'shell gcc -o a ${__} $HOME via make',
  ])
  expect(starts('make CC=clang build', { texts })).toContain('shell clang -o a ${__} $HOME via make')
  expect(starts('make -C sub clean', { texts: { 'sub/Makefile': MAKEFILE } })).toContain('shell rm -rf out via make')
  expect(starts('make', {})).toEqual(['project.run program=make task='])
  expect(starts('make', { texts: { Makefile: 'a := $(shell (rm x))' } })).toContain('shell : $( (rm x)) via make')
  const dry = 'a: b\n\trm x\n\t@+rm y\nb:\n\t$(MAKE) c\n'
  expect(starts('make -n', { texts: { Makefile: dry } })).toEqual([
    'project.run program=make task=',
    'shell make c via make',
    'shell rm y via make',
  ])
  for (const remade of ['include b', 'Makefile: b', '%.mk:', 'M := Make\n$(M)file:', '$(MAKEFILE_LIST):', '$(eval $(R))', '.sh:'])
    expect(starts('make -n', { texts: { Makefile: `${dry}${remade}\n` } })).toContain('shell rm x\nrm y via make')
  expect(starts('make -n -f x.mk', { texts: { 'x.mk': `${dry}x.mk:\n` } })).toContain('shell rm x\nrm y via make')
  for (const [line, script] of [
    ['$(C)', 'rm x'],
    ['@$(info i)+rm x', '${__}+rm x'],
    ['echo $(shell rm x)', 'echo $(rm x)'],
  ])
    expect(starts('make -n', { texts: { Makefile: `C = +rm x\na:\n\t${line}\n` } })).toContain(`shell ${script} via make`)
})

test('recipes of a justfile are read', () => {
  const texts = { justfile: 'dir := "out"\nclean:\n    rm -rf {{dir}}\n' }
  expect(starts('just clean', { texts })).toContain('shell rm -rf "out" via just')
})
