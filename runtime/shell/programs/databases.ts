/** Clients of databases: the text of a query, wherever it comes from. */
import type { Value } from '../../decide/request.js'
import type { Text } from '../analysis.js'
import { ANY, join, joinWords, prefixOf } from '../text.js'
import type { Output, World } from './model.js'
import { readOptions } from './options.js'
import { type Lookup, modelsOf, NAME, type Reading } from './roles.js'

const TABLE = `
psql,pgcli,cockroach; c|command|execute: f|file:R d|dbname|database: h|host: p|port: U|username|user: o|output:W v|set|variable: F|field-separator: L|log-file:W P|pset: R|record-separator: T|table-attr: l|list url: ; =query
mysql,mariadb,mycli,mysqlsh; e|execute: D|database: h|host: P|port: u|user: p|password? S|socket: defaults-file:R defaults-extra-file:R tee:W init-command: default-character-set: protocol: delimiter: f|file:R ; =query
mongosh,mongo; eval: f|file:R host: port: u|username: p|password: authenticationDatabase: ; =query
clickhouse-client,clickhouse-local,clickhouse,cqlsh,cypher-shell,sqlcmd,bq,trino,presto,snowsql,beeline,hive,impala-shell,osql,isql,usql,sqlplus,turso,dolt; q|query|Q: e|execute: f|file|i|queries-file:R d|database: h|host|H|S: port: u|user|U: p|password|P: o:W ; =query
influx; = -execute: -host: -port: -database: -username: -password: -format: -precision: ; =query
php,python; ; =project
sqlite3,sqlite,litecli,duckdb; = -cmd: -init:R -separator: -nullvalue: -newline: -c: -s: -f:R ; =sqlite
redis-cli,valkey-cli,keydb-cli; h: p: a: u: n: r: i: s: x X: d: D: t: eval:R user: pass: pipe rdb:W tls cacert:R cert:R key:R raw no-raw scan bigkeys pattern: ; =redis
dropdb,dropuser; h|host: p|port: U|username: i|interactive f|force if-exists maintenance-db: ; @db.drop:database=1:client=.
createdb,createuser; h|host: p|port: U|username: O|owner: T|template: E|encoding: ; @db.create:database=1:client=.
mysqladmin; h|host: P|port: u|user: p|password? S: f|force ; @db.drop:database=2:client=.:command=1
pg_dump,pg_dumpall,mysqldump,mongodump,mariadb-dump,mongoexport; f|file|o|out|archive:W r|result-file:W d|dbname|db: h|host: p|port: U|u|username|user: t|table: n|schema: ; @db.dump:database=1,-d:host=-h:client=.
pg_restore,mongorestore,mongoimport,mysqlimport; d|dbname|db: h|host: p|port: U|u|username: c|clean drop j: file:R ; R:* @db.restore:database=-d:host=-h:client=.:clean=?-c
pg_ctl,pg_dropcluster,pg_resetwal,initdb; D|pgdata:W l:W m: o: ; @db.admin:client=.:command=1
prisma,supabase,sequelize,sequelize-cli,knex,alembic,flyway,liquibase,rake,rails,artisan,drizzle-kit,typeorm,dbmate,goose,atlas,diesel,sqlx,migrate; f|force force-reset accept-data-loss ; @db.migrate:client=.:command=&:force=?-f
`

/** The texts of the options, of files and of the standard input, each a query. */
function query(reading: Reading): Output {
  const { options, operands, world, call } = reading
  const given = ['-c', '-e', '-q', '--eval', '-execute'].flatMap(option => options.values(option))
  const files = options.values('-f').map(file => world.readText(file) ?? ANY)
  const words = prefixOf(operands[0] ?? '') === 'query' ? [joinWords(operands.slice(1))] : []
  const texts = [...given, ...files, ...words]
  if (texts.length === 0 && call.piped) texts.push(call.stdin ?? ANY)
  for (const sql of texts) if (typeof sql === 'string') clientFiles(reading, sql)
  for (const sql of texts) tell(reading, sql, options.value('-d') ?? operands[0], options.value('-h') ?? options.value('--host'))
  return undefined
}

/** Functions and commands of MySQL and PostgreSQL that open files, of the machine of the server, which may be this one, or of the client. */
function clientFiles(reading: Reading, sql: string): void {
  for (const [, word = '', file = ''] of sql.matchAll(
    /(\binto\s+(?:out|dump)file|\\copy\b[^;]*\bto|\bcopy\b[^;]*\bto|\b(?:load_file|pg_read_(?:binary_)?file|lo_import|file)\s*\(|\binfile|copy\b[^;]*\bfrom)\s*('(?:[^']|'')*')/gi,
  ))
    reading.touch(/(?:file|to)$/i.test(word) && !/^infile$/i.test(word) ? 'W' : 'R', literal(file))
}

function tell(reading: Reading, sql: Text, database: Text | undefined, host: Text | undefined, memory = false): void {
  const optional: Record<string, Value> = memory ? { memory } : {}
  if (database !== undefined) optional['database'] = database
  if (host !== undefined) optional['host'] = host
  reading.world.act('db.query', { sql, client: reading.call.name, ...optional })
}

/** `sqlite3 file sql`: the file is the database; lines that start with a dot are commands of the client. */
function sqlite(reading: Reading): Output {
  const { operands, options, call, world } = reading
  const [database, ...sql] = operands
  if (database !== undefined) {
    reading.touch('RW', database)
    reading.touch('W', join(database, '-', NAME))
  }
  const files = options.values('-init').map(file => world.readText(file) ?? ANY)
  const texts = [...['-cmd', '-c', '-s'].flatMap(option => options.values(option)), ...sql, ...files]
  if (sql.length === 0 && call.piped) texts.push(call.stdin ?? ANY)
  const isInMemory = (database ?? ':memory:') === ':memory:' && !call.open && !texts.some(opens)
  for (const text of texts) {
    tell(reading, text, database, undefined, isInMemory)
    if (typeof text === 'string') statementFiles(reading, text)
    for (const line of typeof text === 'string' ? text.split('\n') : []) dotCommand(reading, line.trim())
  }
  return undefined
}

/** The text may have it work on a database of a file. */
function opens(text: Text): boolean {
  return (
    typeof text !== 'string' ||
    /attach|^[ \t\r\f\v]*\.(?!(?:tables|schema|headers?|mode|indexes|databases|quit|exit|print|width|timer|help)\b)/im.test(text)
  )
}

/** Functions and statements of SQLite and DuckDB that open files of the machine; DuckDB takes a file for a table too. */
function statementFiles(reading: Reading, sql: string): void {
  for (const [, name = '', given = ''] of sql.matchAll(
    /\b(readfile|writefile|fsdir|load_extension|read_[a-z_]+)\s*\(\s*('(?:[^']|'')*'(?=\s*[,)]))?/gi,
  ))
    reading.touch(FUNCTION_FILES[name.toLowerCase()] ?? 'R', given === '' ? ANY : literal(given))
  for (const [, word = '', file = ''] of sql.matchAll(/\b(attach|into|from|join|to)\s+(?:database\s+)?('(?:[^']|'')*')/gi)) {
    const operations = CLAUSE_FILES[word.toLowerCase()] ?? 'R'
    if (operations === 'RW' || reading.call.name === 'duckdb' || /\bvacuum\b/i.test(sql)) reading.touch(operations, literal(file))
  }
}

const FUNCTION_FILES: Readonly<Record<string, string>> = { writefile: 'W', load_extension: 'X' }
const CLAUSE_FILES: Readonly<Record<string, string>> = { attach: 'RW', into: 'W', to: 'W' }

function literal(quoted: string): string {
  return quoted.slice(1, -1).split("''").join("'")
}

const DOT_FILES: Readonly<Record<string, string>> = {
  import: 'R',
  read: 'R',
  output: 'W',
  once: 'W',
  open: 'RW',
  backup: 'W',
  save: 'W',
  restore: 'R',
  log: 'W',
  clone: 'W',
  excel: 'W',
  load: 'X',
}

function dotCommand(reading: Reading, line: string): void {
  if (!line.startsWith('.')) return
  const [name = '', ...words] = line.slice(1).split(/\s+/)
  const operations = Object.entries(DOT_FILES).find(([command]) => name.length > 2 && command.startsWith(name))?.[1]
  const files = words.filter(word => !word.startsWith('-')).map(unquoted)
  if (operations !== undefined && files[0] !== undefined) reading.touch(operations, files[0])
  if (name.length > 1 && ['shell', 'system'].some(command => command.startsWith(name)))
    reading.world.shell(line.slice(name.length + 1), { via: `${reading.call.name} .${name}` })
}

function unquoted(word: string): string {
  return /^(['"]).*\1$/.test(word) ? word.slice(1, -1) : word
}

/** `php artisan migrate`, `python manage.py flush`: the script of a framework that works on the project's database. */
function frameworkScript({ call, world }: Reading): Output {
  const at = call.args.findIndex(word => /(?:^|\/)(?:artisan|manage\.py)$/.test(prefixOf(word)))
  const [verb, ...rest] = call.args.slice(at + 1)
  if (at !== -1 && verb !== undefined) frameworkCode(verb, rest, world)
  if (at === -1 || verb === undefined || !/^(?:migrate|db:|schema:|flush|sqlflush|reset_db|loaddata)/.test(prefixOf(verb))) return undefined
  world.act('db.migrate', {
    client: call.name,
    command: joinWords([verb, ...rest]),
    force: rest.some(word => word === '--force' || word === '-f'),
  })
  return undefined
}

/** `manage.py shell -c code`, `artisan tinker --execute=code`. */
function frameworkCode(verb: Text, rest: readonly Text[], world: World): void {
  const language = verb === 'tinker' ? ['php', '-r'] : prefixOf(verb).startsWith('shell') ? ['python', '-c'] : undefined
  if (language === undefined) return
  for (const code of readOptions(rest, 'c|command|execute:').values('-c')) world.run([...language, code], { via: prefixOf(verb) })
}

/** The words are one command; without any they come on the standard input. */
function redis(reading: Reading): Output {
  const { operands, options, call } = reading
  if (operands.length > 0) tell(reading, joinWords(operands), options.value('-n'), options.value('-h'))
  else if (call.piped) tell(reading, call.stdin ?? ANY, options.value('-n'), options.value('-h'))
  return undefined
}

export const DATABASES: Lookup = modelsOf(TABLE, { query, project: frameworkScript, sqlite, redis })
