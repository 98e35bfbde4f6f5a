"""Records what Python's own `re` answers to patterns that are large or odd.

    python3.11 test/compiler/patterns/recorded/record_bad_input.py > test/compiler/patterns/recorded/bad-input.json
    npm run format

The committed recording is of Python 3.11. Cases are written as in python.json.
"""
import json
import re
import sys
import warnings

STRINGS = [
    '', 'a', 'aa', 'aaa', 'b', ']', 'a]', '[a', 'a{,2}', 'x0123456789abcdefy', 'x0123456789abcde\ny', 'xx0123456789abcdeyy', 'Passw0rd!', 'passw0rd!', 'P0a!', 'a' * 30 + 'A0-',
    'a7-b7', 'a7-b8', 'a499b499', 'b499a499', '\ud800', '\udc00', '\ud83d', '😀', 'a😀b', 's', 'S', 'ſ', 'k', 'K', '\u212a', 'aB', 'AB', 'é', 'É', 'σ', '\n', '-', 'a|b', 'z' * 70,
]

PATTERNS = [
    'x.{16}y', '((a{1,100}){1,100}){1,10}', r'(?=.*\d)(?=.*[a-z])(?=.*[A-Z])(?=.*[^\w]).{8,64}', '|'.join(f'a{i}.*b{i}' for i in range(500)),
    '|', 'a|', '|a', '(|a)b', '(?:|)', '(a||b)z', '^(?:a|)$', '[]a]', '^[]a]$', '[]', '[^]', '[^]a]', '[a', 'a{,2}', '^a{,2}$', 'a{2', 'a{2,1}', 'a{', '{', '(?i)aB', 'a(?i)B', '(?i:a)B', '(a(?i)b)',
    '[\ud800-\udbff]', '\ud83d', r'^\ud83d$', r'\ud83d\ude00', r'\p{L}', r'\p{Lu}', r'\P{L}', '[\U0001f600-\U0001f64f]', '^[\U0001f600-\U0001f64f]$', '^[a😀]$', '^.$', r'[\U0001f600]',
    '(?i)^s$', '(?i)^k$', '(?i)^ſ$', '(?i)^\u212a$', '(?i:^s$)', '(?i:^k$)', '(?i:^[r-t]$)', '(?i:^\\w$)', '(?ai)^s$', '(?ai)^k$', r'(?i:^\W$)', '(?i:^[^s]$)', '(?i:^[^\\w]$)',
]


def verdict(pattern):
    try:
        compiled = re.compile(pattern)
    except (re.error, OverflowError, ValueError):
        return 'E'
    return format(sum(1 << at for at, text in enumerate(STRINGS) if compiled.search(text)), 'x')


def main():
    warnings.simplefilter('ignore')
    cases = [[pattern, verdict(pattern)] for pattern in PATTERNS]
    head = {'python': sys.version.split()[0], 'strings': STRINGS}
    rows = ',\n'.join(json.dumps(case) for case in cases)
    print(json.dumps(head)[:-1] + ', "cases": [\n' + rows + '\n]}')


main()
