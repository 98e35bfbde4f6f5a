/**
 * A syntax tree of bash as one line of text, for tests to compare: `‹…›` is quoted, `[…]` a command, `(…)` what holds commands.
 * Independent grammars print theirs in the same way.
 */
import type {
  Assignment,
  Command,
  Compound,
  List,
  ParameterExpansion,
  Redirection,
  Script,
  Test,
  Word,
  WordPart,
} from '../../runtime/shell/syntax/ast.js'

export function outlineScript(script: Script): string {
  const units = script.units.map(outlineList)
  return [...units, ...(script.error === undefined ? [] : [`<${script.error.kind}>`])].join('⏎')
}

function outlineList(list: List): string {
  return list.items
    .map((item, i) => (i === 0 ? '' : ` ${item.join} `) + outlineCommand(item.command) + (item.background ? ' &' : ''))
    .join('')
}

function outlineCommand(command: Command): string {
  switch (command.kind) {
    case 'simple':
      return `[${[...command.assignments.map(outlineAssignment), ...command.words.map(outlineWord), ...declared(command.declared), ...command.redirections.map(outlineRedirection)].join(' ')}]`
    case 'pipeline':
      return `(${command.timed ? 'time ' : ''}${command.negated ? '! ' : ''}${command.commands.map(outlineCommand).join(' | ')})`
    case 'function':
      return `(function ${command.name} ${outlineCommand(command.body)})`
    case 'coproc':
      return `(coproc ${command.name ?? '-'} ${outlineCommand(command.command)})`
    default:
      return `(${[outlineCompound(command), ...command.redirections.map(outlineRedirection)].join(' ')})`
  }
}

function declared(assignments: readonly Assignment[] | undefined): readonly string[] {
  return assignments === undefined ? [] : assignments.map(assignment => `with ${outlineAssignment(assignment)}`)
}

function outlineCompound(command: Compound): string {
  switch (command.kind) {
    case 'subshell':
    case 'group':
      return `${command.kind} ${outlineList(command.body)}`
    case 'if': {
      const branches = command.branches.map(({ condition, body }) => `${outlineList(condition)} then ${outlineList(body)}`)
      return `if ${branches.join(' elif ')}${command.otherwise === undefined ? '' : ` else ${outlineList(command.otherwise)}`}`
    }
    case 'while':
    case 'until':
      return `${command.kind} ${outlineList(command.condition)} do ${outlineList(command.body)}`
    case 'for':
    case 'select': {
      const words = command.words === undefined ? '' : ` in ${command.words.map(outlineWord).join(' ')}`
      return `${command.kind} ${command.name}${words} do ${outlineList(command.body)}`
    }
    case 'arithmetic-for':
      return `for ((${command.expressions.map(outlineWord).join(';')})) do ${outlineList(command.body)}`
    case 'case': {
      const items = command.items.map(item => `${item.patterns.map(outlineWord).join('|')}) ${outlineList(item.body)} ${item.end}`)
      return `case ${outlineWord(command.subject)} in ${items.join(' ')}`
    }
    case 'arithmetic':
      return `((${outlineWord(command.expression)}))`
    case 'test':
      return `[[ ${outlineTest(command.expression)} ]]`
  }
}

function outlineTest(test: Test): string {
  switch (test.kind) {
    case 'and':
    case 'or':
      return `(${outlineTest(test.left)} ${test.kind} ${outlineTest(test.right)})`
    case 'not':
      return `(not ${outlineTest(test.test)})`
    case 'unary':
      return `(${test.operator} ${outlineWord(test.operand)})`
    case 'binary':
      return `(${outlineWord(test.left)} ${test.operator} ${outlineWord(test.right)})`
    case 'word':
      return outlineWord(test.word)
  }
}

function outlineAssignment({ name, subscript, append, value }: Assignment): string {
  const target = `${name}${subscript === undefined ? '' : `[${outlineWord(subscript)}]`}${append ? '+=' : '='}`
  if (value.kind === 'word') return target + outlineWord(value)
  const elements = value.elements.map(element => {
    const place = element.subscript === undefined ? '' : `[${outlineWord(element.subscript)}]${element.append === true ? '+=' : '='}`
    return place + outlineWord(element.value)
  })
  return `${target}(${elements.join(' ')})`
}

function outlineRedirection({ operator, descriptor, target, body }: Redirection): string {
  const before = descriptor === undefined ? '' : typeof descriptor === 'number' ? String(descriptor) : `{${descriptor}}`
  return `${before}${operator}${outlineWord(target)}${body === undefined ? '' : `:${outlineWord(body)}`}`
}

export function outlineWord(word: Word): string {
  // Two quoted parts side by side are the same as one.
  return word.parts.map(outlinePart).join('').replaceAll('›‹', '')
}

function outlinePart(part: WordPart): string {
  const text = unquotedPart(part)
  return 'quoted' in part && part.quoted ? `‹${text}›` : text
}

function unquotedPart(part: WordPart): string {
  switch (part.kind) {
    case 'text':
      return part.text.replaceAll('\n', '␊')
    case 'parameter':
      return outlineParameter(part)
    case 'command':
      return `$(${outlineScript(part.script)})`
    case 'process':
      return `${part.direction}(${outlineScript(part.script)})`
    case 'arithmetic':
      return `$((${outlineWord(part.expression)}))`
    case 'extglob':
      return `${part.operator}(${part.alternatives.map(outlineWord).join('|')})`
  }
}

function outlineParameter(part: ParameterExpansion): string {
  const { name, subscript, indirect, length, operator = '', operand, second } = part
  const place = subscript === undefined ? '' : `[${outlineWord(subscript)}]`
  const rest = [operand, second].filter(word => word !== undefined).map(outlineWord)
  return `\${${length ? '#' : ''}${indirect ? '!' : ''}${name}${place}${operator}${rest.join(operator === ':' ? ':' : '/')}}`
}
