"""Records what Python's own `re` answers to patterns that are not regular, for tests to replay where there is no Python.

    python3.11 test/compiler/patterns/recorded/record_irregular.py [count] [seed] > test/compiler/patterns/recorded/irregular.json
    npm run format

The committed recording is of Python 3.11 with 2500 patterns and seed 1.
Cases are written as in python.json: a pattern, and whether it is found in each of the strings, one bit each, or `E`.
"""
import json
import random
import re
import sys
import warnings

STRINGS = [
    '', 'a', 'b', 'ab', 'ba', 'aa', 'aA', 'aaa', 'aba', 'abab', 'abba', 'aabb', 'abcabc', 'ab ab', 'a\n', 'a\na', 'AbaB', 'aaaa', 'aaaab',
    'bbbb', 'b-b', '-', '--', '"a"', "'a\"", '"a\'"', 'k\u212a', 's\u017f', 'σς', 'σΣ', 'ß\u1e9e', 'iİ', 'iI', 'ıI', 'éÉ', 'aXa', 'xaax', '😀a😀',
    'a😀', '\ud800a\ud800', 'abcdabcd', 'aab', 'aabaab', 'c', 'cc', 'abc', 'acb', 'bca', 'aaabbb',
]

WRITTEN = [
    r'(["\']).*?\1', r'(a)\1', r'(a|b)\1', r'(a*)\1', r'^(a*)\1$', r'(ab)\1', r'(\w+) \1', r'(?i)(\w)\1', r'(?i)([a-z]+)\1', r'(?i)(.)\1', r'(?ai)(.)\1', r'(?i)(a)(?-i:\1)',
    r'(?-i:(.))(?i:\1)', r'(.)(?ai:\1)', r'(?P<q>a)(?P=q)', r'(?P<q>a)(?P=r)', r'\1(a)', r'(a\1)', r'(a)\2', r'(a)(b)\2\1', r'(a)?\1b', r'(?:(a)|b)\1', r'(?:(a)|b)*\1', r'((a)|b)*\2',
    r'(?>a*)a', r'(?>a*)b', r'(?>a|ab)b', r'(?>ab|a)b', r'(?>a*?)b', r'(?>(a)|b)\1', r'(?>.*)c', r'^(?>a+)$', r'(?>a?)a', r'(?>(?:ab)*)a', r'x(?>)a', r'(?>a)(?>b)',
    r'a++', r'a++a', r'a*+b', r'a*+a', r'a?+a', r'a{2}+a', r'a{1,2}+a', r'a{,2}+b', r'(?:a|ab)++b', r'(?:a|ab){2}+b', r'(?:ab|a){2}+', r'(?:a|ab){2}+', r'(a|ab)*+\1', r'(?:a*)*+b', r'(?:)*+a',
    r'.*+c', r'[ab]++c', r'(?:a?)++b', r'(?:a|b)*+b', r'(a)++\1', r'(?:a{2})++a', r'a*+?', r'a+++', r'(?:a|)*+b', r'(?:a?b??)*+b', r'(?:a+b?){2}+',
    r'(a)?(?(1)b|c)', r'^(a)?(?(1)b|c)$', r'(?P<x>a)?(?(x)b)', r'(a)?(?(1)b)', r'(a)?(?(2)b|c)', r'(?(1)a|b)(c)', r'(a)?(?(1)|b)', r'(a)?(?(1)b|c|d)', r'(a)(?(0)b)', r'(a)(?(x)b)', r'(a(?(1)b|c))',
    r'(?:(a)(?(1)b|c))+', r'^(?:(a)|(b))+(?(2)b|a)$', r'(?(1)a|b)', r'(a)(?(1)', r'(a)(?(1', r'(a)(?(1)b', r'(?:(a)|b)*(?(1)c|$)', r'(a)?(?(1)(b)|c)\2', r'(-)?(?(1)b-|b)',
    r'(?<=(a))\1', r'(?<=(a)\1)b', r'(a)(?<=\1)', r'(a)(?<!\1)', r'(a)b(?<=\1b)', r'(?<=(?(1)a|b))(a)', r'(a)?(?<=(?(1)a|b))b', r'(ab)(?<=\1)', r'(a|bc)(?<=\1)', r'(?=(a+))\1b', r'(?=(a+?))\1b',
    r'(?!(a)b)\1', r'(?!(a))b\1', r'(?=(a)?)\1', r'(?:(?=(a))a)*\1', r'(?:(?!(b))a)*\1', r'(a)|\1b', r'((a)|(b)\2)*', r'((a)|b\2)+', r'(?:(a)|(b))*\1\2', r'(a*?)(b)\1', r'(a*)*\1b', r'(a|())*\1b',
    r'(?:(a)|())*\2b', r'(a?)*?\1b', r'(?:(a)|b)*?\1', r'(a?)+\1', r'(a??)+?\1b', r'(()|a)+b', r'(()|a)*?b\2', r'(?:(a?)b?)*\1$', r'(.)(.)\2\1', r'^(.*)(.*)\1\2$', r'^(.+?)\1+$', r'(\W)\w\1', r'(\b)\1a',
    r'(a)\10', r'(a)\01', r'(a)\1{2}', r'(a)(\1)', r'(a|b){2}\1', r'(?:(a|b)){2,3}\1$', r'(?m)^(.).*\n\1', r'(?s)(.).*\1$', r'(?x) (a) \1 # twice', r'((((((((((a))))))))))\10', r'(?P=q)', r'(?P<q>a(?P=q))',
]

ATOMS = ['a', 'b', 'c', '.', '[ab]', '[^a]', r'\w', '-', '"', 'A', 'é', 'σ', 'k']
ASSERTIONS = ['^', '$', r'\b', r'\Z']
QUANTIFIERS = ['*', '+', '?', '*?', '+?', '??', '*+', '++', '?+', '{2}', '{1,2}', '{,2}', '{2}?', '{1,2}+', '{2}+']
GROUPS = ['(@)', '(@)', '(@)', '(?:@)', '(?>@)', '(?P<n>@)', '(?i:@)', '(?(1)@)', '(?(1)@|@)', '(?(2)@|@)']
LOOKS = ['(?=@)', '(?!@)', '(?<=@)', '(?<!@)']
REFERENCES = [r'\1', r'\1', r'\1', r'\2', r'\3', '(?P=n)']
PREFIXES = [''] * 6 + ['(?i)', '(?s)', '(?ai)', '^']
IRREGULAR = re.compile(r'\\[1-9]|\(\?P=|\(\?>|\(\?\(|[*+?}]\+')


class Generator:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def pattern(self):
        return self.random.choice(PREFIXES) + self.alternation(3)

    def alternation(self, depth):
        count = 1 if self.random.random() < 0.7 else 2
        return '|'.join(self.sequence(depth) for _ in range(count))

    def sequence(self, depth):
        return ''.join(self.term(depth) for _ in range(self.random.choice([1, 1, 2, 2, 3, 4])))

    def term(self, depth):
        choice = self.random.random()
        if choice < 0.05:
            return self.random.choice(ASSERTIONS)
        if choice < 0.13 and depth > 0:
            return self.random.choice(LOOKS).replace('@', self.alternation(depth - 1))
        single = self.random.choice(REFERENCES if choice < 0.3 else ATOMS)
        if choice > 0.55 and depth > 0:
            single = self.group(self.random.choice(GROUPS), depth)
        return single + (self.random.choice(QUANTIFIERS) if self.random.random() < 0.4 else '')

    def group(self, template, depth):
        read = self.sequence if '(?(' in template else self.alternation
        return ''.join(part if part != '@' else read(depth - 1) for part in re.split('(@)', template))


def verdict(pattern):
    try:
        compiled = re.compile(pattern)
    except (re.error, OverflowError, ValueError):
        return 'E'
    return format(sum(1 << at for at, text in enumerate(STRINGS) if found(compiled, text)), 'x')


def found(compiled, text):
    """As in record_python.py: what `search` says but for its faulty set of first characters."""
    return any(compiled.match(text, at) for at in range(len(text) + 1))


def distinct_patterns(count, seed):
    generator = Generator(seed)
    patterns = dict.fromkeys(WRITTEN)
    while len(patterns) < count:
        pattern = generator.pattern()
        # Most of what is drawn refers to groups that there are not: a few of those are enough.
        if len(pattern) <= 40 and IRREGULAR.search(pattern) and (verdict(pattern) != 'E' or generator.random.random() < 0.03):
            patterns[pattern] = None
    return patterns


def main():
    warnings.simplefilter('ignore')
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2500
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    cases = [[pattern, verdict(pattern)] for pattern in distinct_patterns(count, seed)]
    head = {'python': sys.version.split()[0], 'strings': STRINGS}
    rows = ',\n'.join(json.dumps(case) for case in cases)
    print(json.dumps(head)[:-1] + ', "cases": [\n' + rows + '\n]}')


main()
