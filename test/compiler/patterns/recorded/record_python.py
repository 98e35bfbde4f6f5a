"""Records what Python's own `re` answers, for the tests of the Python dialect to replay where there is no Python.

    python3.13 test/compiler/patterns/recorded/record_python.py [count] [seed] > test/compiler/patterns/recorded/python.json
    npm run format

The committed recording is of Python 3.13 with 3500 patterns and seed 1.
Each case is a pattern and either whether it is found in each of the strings, one bit each (the first string is the lowest bit), in
hexadecimal, or `E` where Python rejects the pattern.
"""
import json
import random
import re
import sys
import unicodedata
import warnings

STRINGS = [
    '', 'a', 'ab', 'A', '\n', 'a\n', '\na', 'a\nb', 'a\n\n', ' ', 'a b', '\x1c', '\x85', '\xa0', '\u2028', 'é', 'É', 'ſ', '\u212a', 'k',
    'S', 'i', 'I', 'İ', 'ı', 'ß', 'ẞ', '٣', '²', '_', '-', 'a-b', ']', '[', '^', '\\', 'a{,2}', 'aa', 'aaa', 'aba', '😀', 'a😀b', '\r',
    '\ufeff', '\x07', '\x00', '7', '#', 'ab#', '\ud800', 'σς', 'Ⅷ', 'b\na\n', '-a_b ',
]

WRITTEN = r"""
\.env$|\Aa|b\Z|\Aab\Z|[]a]|[^]a]|[]-a]|a{,2}b|a{2}|a{,}|a{}|a{|a{1|a{1,|a{,|a{x}|{2}|x{2,1}|^*|$+|\b?|(?:^)*|(?=a)*|(?=a)+b|a**|a*?|a+??|a{2}{3}|(?:a{2}){3}
(?P<n>a)b|(?P<n>a)(?P<n>b)|(?P<1>a)|(?<n>a)|(?i)İ|(?i)ı|(?i)i|(?i)I|(?i)[i]|(?i)[^i]|(?i)[a-z]|(?i)[İ]|(?i)s|(?i)ſ|(?i)k|(?i)\u212a|(?i)ß|(?i)ẞ|(?i)é|(?i)σ
(?ai)k|(?ai)i|(?ai)[k-\u212a]|(?a)\w|(?a)\s|(?a)\d|(?a)\bé|(?u)\w|(?au)a|(?a:\w)|(?u:\w)|(?a)(?u:\w)|(?a:(?u:\d))|(?i:a)B|(?-i:a)|(?i)a(?-i:b)|(?i-s:A.)|(?i-i:a)|a(?i)b|(?i)(?s)a.|(?s).|.|(?s:.)|(?-s:.)
(?x)a b|(?x) a  # comment|(?x)[ ]|(?x)a\ b|(?x)a *|(?x)(?-x:a b)|(?x: a b ) c|(?x)a#b|(?m)^a|(?m)a$|(?m)^$|^$|$|\n$|a$|(?m:^)a|(?-m:$)
(?#comment)a|a(?#c)*|(?#|(?|(?)|(?:|(?P|(?P<|(?P<a|(?Z)|(?<a)|()|(|)|a|b)|(a|b|(a|[|[]|[^]|[^|[a|[a-|[a-]|[-a]|[--a]|[a--]|[b-a]|[\w-a]|[a-\w]|[\w-]|[a\-z]|[\b]|[\A]|[\B]|[\Z]
\a|\07|\0|\08|\7|\77|\141|\400|\377|\x61|\x6|\xg|\u0061|\u61|\U00000061|\U00110000|\U0001F600|\p|\z|\q|\_|\-|\'|\@|\é|\\|\	|[\x61-\x63]|[\d-]|[\s\S]|[^\s\S]|[\W\w]|\W\B|\B|\b|^\B$|a\B|\Ba|\b\B
(?<=a)b|(?<!a)b|(?<=a|b)b|(?<=a|bc)b|(?<=a*)b|(?<=a{2})b|(?<=^)a|(?<=^|a)b|(?<=(?=a).)b|(?<=a$)|(?<!^)a|(?<=\b)a|(?<=(?:ab|ba))|(?<=()|)a|(?=a)b|(?!a)b|(?!a).|(?!.*b)a|a(?!.*b)|^(?!.*(?:b|-)).*$|(?=.*a)(?=.*b)|(?<!\w)a(?!\w)
(?=a$)|(?!a$)a|$(?=\n)|(?=$)\n|(?!$)|\Z(?=)|a$\n|(?s)a$.|(?s)(?<=\n)$|(?m)$\n^|[a-\]]|[\]]|[\[]|[[]|[[a]|[a&&b]|[a||b]|[a~~b]|[a---z]|(?i)[^\W]|(?i)[^a\W]|(?i)[\x00-\U0010ffff]|(?i)[^\x00-\u00ff]|(?i)[J-L]|(?i)[\u0100-\U00010000]
"""

ATOMS = [
    'a', 'b', 'A', 'k', 's', 'i', 'é', '-', '_', ' ', '#', '😀', '.', r'\n', r'\w', r'\W', r'\d', r'\D', r'\s', r'\S', '[ab]', '[^a]',
    '[]a]', '[^]a]', '[a-z]', '[A-_]', r'[\w-]', r'[^\W_]', r'[\d\s]', '[^\n]', r'[\b]', r'\x61', r'\u00e9', r'\141', r'\-', r'\\', r'\.',
    '{', '}', ']', '[^-a]', '[k-m]', '[İ]', 'ß', 'ſ', 'σ', '\n', '[^ -~]', '[\\s\\S]', '\u212a', 'ı', 'Ⅷ',
]
ASSERTIONS = ['^', '$', r'\b', r'\B', r'\A', r'\Z']
QUANTIFIERS = ['*', '+', '?', '*?', '+?', '??', '{2}', '{,2}', '{1,2}', '{1,}', '{,}', '{0}', '{2}?']
GROUPS = ['(@)', '(?:@)', '(?i:@)', '(?s:@)', '(?m:@)', '(?a:@)', '(?x:@)', '(?-i:@)', '(?i-s:@)', '(?u:@)']
LOOKS = ['(?=@)', '(?!@)', '(?<=@)', '(?<!@)']
PREFIXES = [''] * 8 + ['(?i)', '(?i)', '(?s)', '(?m)', '(?x)', '(?a)', '(?im)', '(?ai)', '(?is)', '(?#x)']
GARBAGE = ['(', ')', '[', ']', '{', '}', '*', '+', '?', '|', '\\', '^', '$', '(?', '(?P<', ')', '-', '\\8', '{2', '(?:', '(?i)', '\\N', '(?<']


class Generator:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def pattern(self):
        text = self.random.choice(PREFIXES) + self.alternation(3)
        if self.random.random() < 0.08:
            at = self.random.randrange(len(text) + 1)
            text = text[:at] + self.random.choice(GARBAGE) + text[at + self.random.randrange(2):]
        return text

    def alternation(self, depth):
        count = 1 if self.random.random() < 0.75 else self.random.randrange(2, 4)
        return '|'.join(self.sequence(depth) for _ in range(count))

    def sequence(self, depth):
        return ''.join(self.term(depth) for _ in range(self.random.choice([0, 1, 1, 2, 2, 3])))

    def term(self, depth):
        choice = self.random.random()
        if choice < 0.12:
            return self.random.choice(ASSERTIONS)
        if choice < 0.25 and depth > 0:
            return self.random.choice(LOOKS).replace('@', self.alternation(depth - 1))
        single = self.random.choice(ATOMS)
        if choice < 0.45 and depth > 0:
            single = self.random.choice(GROUPS).replace('@', self.alternation(depth - 1))
        return single + (self.random.choice(QUANTIFIERS) if self.random.random() < 0.35 else '')


# What is not regular is another test's business.
LEFT_OUT = re.compile(r'\\[1-9]|\(\?P=|\(\?>|\(\?\(|[*+?}]\+|\\N')


def verdict(pattern):
    try:
        compiled = re.compile(pattern)
    except (re.error, OverflowError, ValueError):
        return 'E'
    return format(sum(1 << at for at, text in enumerate(STRINGS) if found(compiled, text)), 'x')


def found(compiled, text):
    """What `search` says but for a fault of CPython: it compiles the set of possible first characters with the flags of the whole
    pattern, and so does not find `(?a:\\W)` in `é`."""
    return any(compiled.match(text, at) for at in range(len(text) + 1))


def distinct_patterns(count, seed):
    generator = Generator(seed)
    found = dict.fromkeys(part for line in WRITTEN.strip().split('\n') for part in split_line(line))
    while len(found) < count:
        pattern = generator.pattern()
        if len(pattern) <= 60 and not LEFT_OUT.search(pattern):
            found[pattern] = None
    return found


def split_line(line):
    """The written patterns hold `|` themselves, so that each piece between two of them, and each two neighbours, is a pattern."""
    pieces = line.split('|')
    return [piece for piece in pieces if not LEFT_OUT.search(piece)] + [
        f'{a}|{b}' for a, b in zip(pieces, pieces[1:]) if not LEFT_OUT.search(f'{a}|{b}')
    ]


def main():
    warnings.simplefilter('ignore')
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 3000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    cases = [[pattern, verdict(pattern)] for pattern in distinct_patterns(count, seed)]
    head = {'python': sys.version.split()[0], 'unicode': unicodedata.unidata_version, 'strings': STRINGS}
    rows = ',\n'.join(json.dumps(case) for case in cases)
    print(json.dumps(head)[:-1] + ', "cases": [\n' + rows + '\n]}')


main()
