import asyncio
import enum
import os
import pathlib
import signal
import sys
import threading
import time
import unittest

from agsec import Client, PolicyViolationError, allow, context, deny, guard, param, review

from .support import PolicyTest, scripted

POLICY = """
    statements:
      - { sid: Pay, effect: allow, actions: payment.charge, conditions: { params.amount: { op: "<=", value: 100 } } }
      - { sid: Big, effect: review, actions: payment.charge, conditions: { params.amount: { op: ">", value: 100 } }, reason: "a lot of money" }
      - { sid: Shell, effect: allow, actions: bash.execute }
      - { sid: NoRm, effect: deny, actions: bash.execute, conditions: { params.program: rm }, guidance: "move it away" }
"""


class Checks(PolicyTest):
    def client(self, *rules, **options):
        client = Client(*rules, **self.options(**options))
        self.addCleanup(client.close)
        return client

    def test_asks_the_policy(self):
        client = self.client(policy_dir=self.policy(POLICY))
        self.assertTrue(client.check("payment.charge", {"amount": 5}).allowed)
        big = client.check("payment.charge", {"amount": 500})
        self.assertEqual((big.decision, big.allowed, big.sid, big.reason), ("review", False, "Big", "a lot of money"))
        self.assertEqual(client.check("other").decision, "deny")
        shell = client.authorize("bash", '{"command": "ls && rm -rf x"}')
        self.assertEqual((shell.action, shell.sid, shell.guidance), ("bash.execute", "NoRm", "move it away"))
        self.assertIn("move it away", shell.message)
        self.assertEqual(shell.error().details["sid"], "NoRm")

    def test_no_answer_is_a_deny(self):
        for options in ({"policy_dir": self.folder / "none"}, {"bundle": self.folder / "none.cjs"}, {"command": [str(self.folder / "no-program")]}):
            with self.subTest(options):
                decision = self.client(**options).check("payment.charge", {"amount": 1})
                self.assertEqual((decision.decision, decision.allowed), ("deny", False))
                self.assertTrue(decision.reason)

    def test_arguments_that_are_no_data_are_refused(self):
        client = self.client(policy_dir=self.policy(POLICY))
        cyclic = {}
        cyclic["self"] = cyclic

        class Throwing(dict):
            def items(self):
                raise KeyError("no")

        bad = ['{"amount": ', "[1]", "5", '{"amount": NaN}', [], None, 5, cyclic, {"amount": object()}, {"amount": float("nan")}, {1: 2}, Throwing(a=1), "[" * 100_000]
        for input in bad:
            with self.subTest(repr(input)[:40]):
                self.assertFalse(client.authorize("payment.charge", input, action="payment.charge").allowed)
        self.assertTrue(client.authorize("payment.charge", '{"amount": 1}', action="payment.charge").allowed)

    def test_names_that_are_none_are_refused_or_tools_of_their_own(self):
        client = self.client(deny("pay").when(param("x") > 1), allow("*"))
        for name in ("", None, 5, "n" * 10_000):
            self.assertFalse(client.authorize(name, {}).allowed)
        for name in ("__proto__", "constructor", "__class__"):
            self.assertEqual(client.authorize(name, {}).action, f"tool.{name}")
        self.assertTrue(client.authorize("pay", {"__proto__": {"x": 5}}).allowed)

    def test_data_of_python_is_data(self):
        client = self.client(allow("f").when(param("p").endswith("b"), param("e") == "x", param("t").contains(2)))

        class E(enum.Enum):
            X = "x"

        self.assertTrue(client.check("f", {"p": pathlib.Path("a") / "b", "e": E.X, "t": (1, 2)}).allowed)

    def test_rules(self):
        client = self.client(
            allow("*"),
            deny("delete_user").because("users stay").instead("deactivate"),
            deny("pay").when(param("amount") > 10, param("to") != "bank"),
            deny("pay").when(param("amount") > 1000),
            deny("bash"),
            review("mail_*").when(~(param("to").endswith("@example.com") | param("to").endswith("@example.org"))),
            deny("file.delete"),
            deny("spy").when(context("agent") == "sdk"),
        )
        allowed = lambda name, **params: client.authorize(name, params).allowed  # noqa: E731
        deleted = client.authorize("delete_user", {})
        self.assertEqual((deleted.reason, deleted.guidance), ("users stay", "deactivate"))
        self.assertTrue(allowed("get_user"))
        # Two conditions of one field both count.
        self.assertEqual([allowed("pay", amount=a, to=to) for a, to in [(5, "x"), (50, "bank"), (50, "x"), (5000, "bank")]], [True, True, False, False])
        # A tool is named as the model names it, whatever action it is mapped to.
        self.assertFalse(allowed("bash", command="ls"))
        self.assertTrue(allowed("sh", command="ls"))
        self.assertFalse(allowed("sh", command="rm x"))
        self.assertEqual(client.authorize("mail_send", {"to": "a@evil.com"}).decision, "review")
        self.assertTrue(allowed("mail_send", to="a@example.org"))
        self.assertFalse(allowed("spy"))

    def test_rules_alone_deny_what_they_do_not_allow(self):
        self.assertFalse(self.client(deny("delete_user")).check("get_user").allowed)

    def test_rules_and_sources_are_one_policy(self):
        client = self.client(deny("bash").when(param("command").matches(r"\bcurl\b")), policy_dir=self.policy(POLICY))
        self.assertTrue(client.authorize("bash", {"command": "ls"}).allowed)
        self.assertFalse(client.authorize("bash", {"command": "curl x"}).allowed)

    def test_conditions_cannot_be_lost(self):
        with self.assertRaises(TypeError):
            allow("f").when(1 < param("x") < 5)
        with self.assertRaises(TypeError):
            allow("f").when(param("x") > 1 and param("y") > 2)
        with self.assertRaises(TypeError):
            allow("f").when(True)
        with self.assertRaises(TypeError):
            deny(5)
        with self.assertRaises(TypeError):
            Client("deny")

    def test_a_person_decides(self):
        answers = {"yes": True, "no": False, "truthy": 1, "text": "yes"}
        asked = []

        def on_review(decision):
            asked.append(decision)
            if decision.params["to"] == "raise":
                raise RuntimeError("no")
            if decision.params["to"] == "never":
                time.sleep(5)
            return answers[decision.params["to"]]

        client = self.client(review("pay"), on_review=on_review, review_timeout=0.2)
        outcome = {to: client.authorize("pay", {"to": to}) for to in [*answers, "raise", "never"]}
        self.assertEqual({to: decision.allowed for to, decision in outcome.items()}, {**{to: to == "yes" for to in answers}, "raise": False, "never": False})
        self.assertEqual(asked[0].tool, "pay")
        self.assertIn("nobody answered in time", outcome["never"].message)
        self.assertFalse(self.client(review("pay")).authorize("pay", {}).allowed)

    def test_a_person_decides_asynchronously(self):
        async def on_review(decision):
            await asyncio.sleep(0 if decision.params["ok"] else 5)
            return decision.params["ok"]

        client = self.client(review("pay"), on_review=on_review, review_timeout=0.2)

        async def main():
            return [(await client.authorize_async("pay", {"ok": ok})).allowed for ok in (True, False)]

        self.assertEqual(asyncio.run(main()), [True, False])
        self.assertFalse(client.authorize("pay", {"ok": True}).allowed)

    def test_the_mode_and_the_log(self):
        home = self.folder / "home"
        client = self.client(allow("pay"), audit=True)
        self.assertTrue(client.authorize("pay", {}, id="call_9").allowed)
        self.assertIn('"tool_use_id":"call_9"', (home / "audit" / "current.jsonl").read_text())
        (home / "mode").write_text("halt\n")
        halted = client.authorize("pay", {})
        self.assertFalse(halted.allowed)
        self.assertIn("halted", halted.message)
        self.assertTrue(self.client(allow("pay")).authorize("pay", {}).allowed)


class Decorated(PolicyTest):
    def test_functions(self):
        options = self.options(policy_dir=self.policy(POLICY))

        @guard("payment.charge", **options)
        def charge(amount, recipient="x", *, note=None, **more):
            """Charges."""
            return (amount, recipient, more)

        self.assertEqual(charge(50, a=1), (50, "x", {"a": 1}))
        self.assertEqual((charge.__name__, charge.__doc__), ("charge", "Charges."))
        with self.assertRaises(PolicyViolationError) as caught:
            charge(amount=5000)
        self.assertEqual((caught.exception.code, caught.exception.details["action"]), ("POLICY_VIOLATION", "payment.charge"))
        self.assertIn("a lot of money", str(caught.exception))

        @guard("payment.charge", **options)
        async def charge_async(amount):
            return amount

        self.assertEqual(asyncio.run(charge_async(5)), 5)
        with self.assertRaises(PolicyViolationError):
            asyncio.run(charge_async(500))

        class Bank:
            @guard("payment.charge", **options)
            def charge(self, amount):
                return amount

        self.assertEqual(Bank().charge(5), 5)
        with self.assertRaises(TypeError):
            guard("x", **options)(lambda: (yield))


class Running(unittest.TestCase):
    """The process in the background, played by a script."""

    def setUp(self):
        import tempfile

        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def client(self, body, timeout=5.0):
        client = Client(command=scripted(self.folder, body), timeout=timeout, agsec_home=self.folder)
        self.addCleanup(client.close)
        return client

    ALLOW = "answer(decision='allow', action='a', pid=os.getpid(), message='', reason='')"

    def test_starts_once_and_again_when_it_has_ended(self):
        client = self.client(self.ALLOW)
        pids = [client.check("a").raw["pid"] for _ in range(20)]
        self.assertEqual(len(set(pids)), 1)
        os.kill(pids[0], signal.SIGKILL)
        deadline = time.monotonic() + 5
        while not client.check("a").allowed and time.monotonic() < deadline:
            time.sleep(0.05)
        self.assertNotEqual(client.check("a").raw["pid"], pids[0])

    def test_killed_in_the_middle_of_an_answer(self):
        client = self.client(
            """
            if line['tool'] == 'die':
                sys.stdout.write('{"id": %d, "decision": "allow", ' % line['id'])
                sys.stdout.flush()
                os._exit(3)
            """
            + self.ALLOW
        )
        decision = client.check("die")
        self.assertEqual((decision.decision, decision.allowed), ("deny", False))
        self.assertIn("status 3", decision.reason)
        time.sleep(0.15)
        self.assertTrue(client.check("a").allowed)

    def test_answers_that_are_none(self):
        for body in (
            "print('nonsense', flush=True)",
            "print('[]', flush=True)",
            "print(json.dumps({'id': 999, 'decision': 'allow'}), flush=True)",
            "print(json.dumps({'decision': 'allow'}), flush=True)",
            "answer(decision='maybe')",
            "answer(error='no')",
            "time.sleep(9)",
            "os._exit(1)",
        ):
            with self.subTest(body):
                self.assertFalse(self.client(body, timeout=0.3).check("a").allowed)

    def test_a_late_answer_is_nobodys(self):
        client = self.client("if line['tool'] == 'slow': time.sleep(0.6)\n" + self.ALLOW, timeout=0.3)
        self.assertFalse(client.check("slow").allowed)
        time.sleep(0.4)
        self.assertTrue(client.check("a").allowed)

    def test_a_program_that_does_not_read(self):
        (self.folder / "deaf.py").write_text("import time; time.sleep(9)")
        client = Client(command=[sys.executable, str(self.folder / "deaf.py")], timeout=0.3, agsec_home=self.folder)
        self.addCleanup(client.close)
        start = time.monotonic()
        self.assertFalse(client.check("a", {"x": "y" * 1_000_000}).allowed)
        self.assertLess(time.monotonic() - start, 5)

    def test_threads_and_tasks(self):
        client = self.client("answer(decision='allow' if line['input']['n'] % 2 else 'deny', action='a', message='', reason=str(line['input']['n']))")
        wrong = []

        def work(at):
            for n in range(at, at + 50):
                decision = client.check("a", {"n": n})
                if decision.allowed != bool(n % 2) or decision.reason != str(n):
                    wrong.append(n)

        threads = [threading.Thread(target=work, args=(at * 1000,)) for at in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        async def main():
            return await asyncio.gather(*(client.check_async("a", {"n": n}) for n in range(100)))

        self.assertEqual([decision.allowed for decision in asyncio.run(main())], [bool(n % 2) for n in range(100)])
        self.assertEqual(wrong, [])

    @unittest.skipUnless(hasattr(os, "fork"), "forks")
    def test_a_fork_has_a_process_of_its_own(self):
        client = self.client(self.ALLOW)
        parent = client.check("a").raw["pid"]
        read, write = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.write(write, str(client.check("a").raw.get("pid", 0)).encode())
            client.close()
            os._exit(0)
        os.waitpid(pid, 0)
        child = int(os.read(read, 100))
        os.close(read)
        os.close(write)
        self.assertNotIn(child, (0, parent))
        self.assertEqual(client.check("a").raw["pid"], parent)

    def test_does_not_start_again_and_again(self):
        client = self.client("pass")
        (self.folder / "scripted.py").write_text(f"open({str(self.folder / 'starts')!r}, 'a').write('x'); raise SystemExit(2)")
        for _ in range(50):
            self.assertFalse(client.check("a").allowed)
        self.assertLess(len((self.folder / "starts").read_text()), 10)


if __name__ == "__main__":
    unittest.main()
