"""
The examples as a user runs them: in a process of their own, with `agsec` on the PATH and the names and imports of the published agsec. The
clients' packages are the stand-ins, each under its package's name.
"""

import os
import re
import shlex
import subprocess
import sys
import textwrap
from pathlib import Path

from .support import COMMAND, PolicyTest

PACKAGE = Path(__file__).resolve().parent.parent

PACKAGES = {
    "openai.py": """
        from tests import stand_ins as si

        CALLS = (("search", "{}"), ("delete_user", "{}"), ("payment", '{"amount": 50000}'), ("payment", '{"amount": 5}'), ("send_email", "{}"))

        class _Create(si._Create):
            def create(self, stream=False, **kwargs):
                if not stream:
                    return si.completion(si.choice(*(si.call(*each) for each in CALLS)))
                pieces = [si.piece(at, str(at), *each) for at, each in enumerate(CALLS[:2])]
                return si.Stream([si.chunk("hm"), si.chunk(calls=pieces), si.chunk(finish="tool_calls")])

        class OpenAI(si.OpenAI):
            def __init__(self, base_url=None, api_key=None):
                super().__init__(None, _Create)
    """,
    "anthropic.py": """
        from tests import stand_ins as si

        class Anthropic(si.Anthropic):
            def __init__(self):
                super().__init__(si.message(si.tool_block("search", {}), si.tool_block("delete_user", {})))
    """,
    "langchain_core/tools.py": """
        from tests import stand_ins as si

        def tool(function):
            return si.BaseTool(function.__name__, function)
    """,
}

POLICY = """
    statements:
      - { effect: allow, actions: tool.search }
      - { sid: Ours, effect: allow, actions: email.send, conditions: { params.to: { op: ends_with, value: "@example.com" } } }
      - { sid: NotOurs, effect: deny, actions: email.send, conditions: { params.to: { op: not_ends_with, value: "@example.com" } } }
"""


# What the blocks of the page take from their surroundings, and what is asked of what they make.
PAGE = {
    0: ("", ""),
    1: ("", "for call in client.chat.completions.create(model='m').choices[0].message.tool_calls: print(call.function.name)"),
    2: (
        "from langchain_core.tools import tool\n"
        "def search(**x): return 'found'\n"
        "def calculator(**x): return 4\n"
        "def send_email(**x): return 'sent'\n"
        "def payment(amount): return 'paid'\n"
        "search, calculator, send_email, payment = map(tool, (search, calculator, send_email, payment))\n",
        "print([each.invoke({}) for each in tools[:2]])\n"
        "for each, args in ((tools[2], {'amount': 20_000}), (tools[2], {'amount': 5}), (tools[3], {})):\n"
        "    try: print(each.invoke(args))\n"
        "    except Exception as error: print(type(error).__name__)",
    ),
}


class Examples(PolicyTest):
    def ran(self, program, said=""):
        for path, text in PACKAGES.items():
            file = self.folder / "packages" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(textwrap.dedent(text))
        agsec = self.folder / "bin" / "agsec"
        agsec.parent.mkdir(exist_ok=True)
        agsec.write_text(f'#!/bin/sh\nexec {shlex.join(COMMAND)} "$@"\n')
        agsec.chmod(0o755)
        self.policy(POLICY)
        env = {
            **os.environ,
            "PATH": f"{agsec.parent}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": os.pathsep.join([str(PACKAGE), str(self.folder / "packages")]),
            "HOME": str(self.folder),
        }
        run = subprocess.run([sys.executable, str(PACKAGE / "examples" / program)], cwd=self.folder, env=env, capture_output=True, text=True, input=said)
        self.assertEqual((run.returncode, run.stderr), (0, ""))
        return run.stdout.splitlines()

    def test_openai(self):
        blocked = ["blocked: delete_user", "blocked: payment", "blocked: send_email"]
        self.assertEqual(self.ran("openai_client.py"), ["run: search {}", 'run: payment {"amount": 5}', *blocked])

    def test_another_provider(self):
        lines = self.ran("openrouter_stream.py")
        self.assertEqual((lines[0], lines[1]), ("hm", "run: search {}"))
        self.assertEqual(lines[-1], "blocked: ['delete_user']")

    def test_anthropic(self):
        first, said, last = self.ran("anthropic_client.py")
        self.assertEqual((first, last), ("run: search {}", "blocked: delete_user"))
        self.assertTrue(said.startswith("text: [agsec] "))

    def test_langchain(self):
        blocked = ["blocked: send_email POLICY_VIOLATION", "blocked: process_payment POLICY_VIOLATION"]
        self.assertEqual(self.ran("langchain_tools.py"), ["ran: found agsec", *blocked, "ran: paid 50"])

    def test_decorated(self):
        self.assertEqual(self.ran("decorated.py"), ["sent to ada@example.com", "blocked: POLICY_VIOLATION NotOurs"])

    def test_the_page(self):
        blocks = re.findall(r"^```python\n(.*?)^```", (PACKAGE.parent / "docs" / "python.md").read_text(), re.M | re.S)
        lines = []
        for at, (before, after) in PAGE.items():
            program = self.folder / f"block{at}.py"
            program.write_text(f"{before}{blocks[at]}\n{after}\n")
            lines.append(self.ran(program, "y\n"))
        self.assertEqual(len(blocks), len(PAGE))
        self.assertRegex(lines[0][0], r"payment\.charge.* POLICY_VIOLATION None$")
        # The person who was asked said yes to the mail.
        self.assertRegex(lines[1][0], r"\[y/N\] search$")
        self.assertEqual(lines[1][1:], ["payment", "send_email"])
        self.assertEqual(lines[2], ["['found', 4]", "PolicyViolationError", "paid", "PolicyViolationError"])
