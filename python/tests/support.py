"""What the tests share: the command line of this checkout, and a program that is asked in its place."""

from __future__ import annotations

import os
import sys
import tempfile
import textwrap
import unittest
from pathlib import Path
from typing import Any, List

# Where a test runner says how the command line is started.
COMMAND = os.environ.get("AGSEC_TEST_COMMAND", "").split("\n")


class PolicyTest(unittest.TestCase):
    """Tests that ask the real command line."""

    def setUp(self) -> None:
        if COMMAND == [""]:
            self.skipTest("AGSEC_TEST_COMMAND says how agsec is started, one argument a line")
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def options(self, **more: Any) -> Any:
        return {"command": COMMAND, "agsec_home": self.folder / "home", "timeout": 30.0, **more}

    def policy(self, text: str) -> Path:
        path = self.folder / "policies"
        path.mkdir(exist_ok=True)
        (path / "01.yaml").write_text(textwrap.dedent(text))
        return path


def scripted(folder: Path, body: str) -> List[str]:
    """A program in the place of agsec: `body` is run for each line, with `line` and `answer`."""
    script = folder / "scripted.py"
    script.write_text(
        "import json, os, sys, time\n"
        "def answer(**more):\n"
        "    print(json.dumps({'id': line['id'], **more}), flush=True)\n"
        "for text in sys.stdin:\n"
        "    line = json.loads(text)\n" + textwrap.indent(textwrap.dedent(body), "    ")
    )
    return [sys.executable, str(script)]
