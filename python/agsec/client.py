"""What a program asks: is this call allowed?"""

from __future__ import annotations

import asyncio
import atexit
import getpass
import inspect
import os
import shutil
import tempfile
import threading
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, Awaitable, Callable, Dict, List, Mapping, Optional, Sequence, Union

from .exceptions import PolicyViolationError, UnavailableError
from .plain import NotDataError, parsed_map
from .process import Process, shared
from .rules import Rule, policy_text

OnReview = Callable[["Decision"], Union[bool, Awaitable[bool]]]


@dataclass(frozen=True)
class Decision:
    """What was decided about one call."""

    decision: str
    """`allow`, `deny` or `review`."""
    allowed: bool
    """Whether it may run: as the policy says, or a person."""
    tool: str
    action: str
    params: Mapping[str, Any]
    reason: str
    message: str
    """Reason and guidance, written for the model."""
    sid: Optional[str] = None
    guidance: Optional[str] = None
    raw: Mapping[str, Any] = field(default_factory=dict)
    """The whole answer."""

    def error(self) -> PolicyViolationError:
        details = {name: getattr(self, name) for name in ("tool", "action", "params", "decision", "reason", "sid", "guidance")}
        return PolicyViolationError(self.message, details)

    def blocked(self, call_id: Optional[str] = None) -> Dict[str, Any]:
        """An entry of `_agsec_blocked`."""
        return {"id": call_id, "name": self.tool, "reason": self.reason, "sid": self.sid, "status": self.decision, "message": self.message}


def refused(tool: str, why: str) -> Decision:
    """A call that cannot be decided does not run."""
    return Decision("deny", False, tool, "tool.other", {}, why, f"[agsec] {why}.")


class Client:
    """
    Asks the policy: the bundle that `agsec compile` made, another `bundle`, sources (`policy_dir`), rules, or sources and rules together.
    Creating one starts nothing. Nothing here raises because of a policy: whatever cannot be decided is a deny.
    """

    def __init__(
        self,
        *rules: Rule,
        bundle: Union[str, os.PathLike[str], None] = None,
        policy_dir: Union[str, os.PathLike[str], None] = None,
        agent: Optional[str] = None,
        context: Optional[Mapping[str, Any]] = None,
        on_review: Optional[OnReview] = None,
        review_timeout: float = 300.0,
        audit: bool = False,
        mode: str = "enforce",
        mapping: Optional[Mapping[str, str]] = None,
        command: Optional[Sequence[str]] = None,
        agsec_home: Union[str, os.PathLike[str], None] = None,
        timeout: float = 10.0,
    ) -> None:
        if mode not in ("enforce", "machine"):
            raise ValueError("expected the mode `enforce`, or `machine` for the one that `agsec observe` and its like set")
        if bundle is not None and (rules or policy_dir is not None):
            raise ValueError("a bundle decides alone: give rules or `policy_dir` without it")
        self._context = {"agent": agent or "sdk", **(context or {})}
        self._on_review = on_review
        self._review_timeout = review_timeout
        self._by_mode = audit or mode == "machine"
        self._audit = audit
        self._mapping = dict(mapping or {})
        sources: List[str] = [] if policy_dir is None else [os.path.abspath(os.fspath(policy_dir))]
        if rules:
            self._rules: Optional[RulesFile] = RulesFile(policy_text(rules))
            sources.append(str(self._rules.path))
        else:
            self._rules = None
        options = [
            *([] if agsec_home is None else ["--agsec-home", os.path.abspath(os.fspath(agsec_home))]),
            *([] if bundle is None else ["--bundle", os.path.abspath(os.fspath(bundle))]),
            *(["--policy", *sources] if sources else []),
            *(["--audit"] if audit else ["--outcome"] if self._by_mode else []),
        ]
        prepare = (lambda: None) if self._rules is None else self._rules.write
        self._process: Process = shared([*(command or _command()), "check", "--ndjson", "--files", *options], timeout, prepare)

    def check(self, action: str, params: Optional[Mapping[str, Any]] = None, context: Optional[Mapping[str, Any]] = None) -> Decision:
        """What is decided about an action, nobody being asked: a review is not allowed."""
        return self._decide(action, action, {} if params is None else params, "", None, context)

    async def check_async(
        self, action: str, params: Optional[Mapping[str, Any]] = None, context: Optional[Mapping[str, Any]] = None
    ) -> Decision:
        """The same, without keeping the event loop waiting."""
        return await _elsewhere(lambda: self.check(action, params, context))

    def authorize(
        self, name: str, input: Any, *, framework: str = "", id: Optional[str] = None, action: Optional[str] = None
    ) -> Decision:
        """Decides about the call of a tool, with its arguments as a map or as the text that the model wrote, and asks a person where the policy says so."""
        decision = self._decide(name, action, input, framework, id, None)
        return self._reviewed(decision) if decision.decision == "review" and not decision.allowed else decision

    async def authorize_async(
        self, name: str, input: Any, *, framework: str = "", id: Optional[str] = None, action: Optional[str] = None
    ) -> Decision:
        """The same, without keeping the event loop waiting; `on_review` may be a coroutine."""
        decision = await _elsewhere(lambda: self._decide(name, action, input, framework, id, None))
        return await self._reviewed_async(decision) if decision.decision == "review" and not decision.allowed else decision

    def close(self) -> None:
        """Ends the process in the background, which other clients of the same policy start again when they ask."""
        self._process.close()

    def _decide(
        self, name: Any, action: Optional[str], input: Any, framework: str, id: Optional[str], context: Optional[Mapping[str, Any]]
    ) -> Decision:
        tool = name if isinstance(name, str) else ""
        try:
            params = parsed_map(input)
            line = self._line(name, action, params, framework, id, context)
            answer = self._process.ask(line)
        except (UnavailableError, NotDataError) as error:
            return refused(tool, str(error))
        except Exception as error:  # whatever an argument's own code throws
            return refused(tool, f"the call cannot be decided: {type(error).__name__}")
        return self._decision(tool, params, answer)

    def _line(
        self, name: Any, action: Optional[str], params: Mapping[str, Any], framework: str, id: Optional[str], context: Optional[Mapping[str, Any]]
    ) -> Dict[str, Any]:
        known = action or self._mapping.get(name)
        # The id of a call is for the log alone: without one, equal calls are equal questions.
        number = {"tool_use_id": id} if self._audit and id is not None else {}
        return {
            "tool": name,
            "input": params,
            **({} if known is None else {"action": known}),
            **({} if framework == "" else {"framework": framework}),
            "context": {"cwd": os.getcwd(), "user": _user(), **self._context, **number, **(context or {})},
        }

    def _decision(self, tool: str, params: Mapping[str, Any], answer: Mapping[str, Any]) -> Decision:
        decision = answer.get("decision")
        if decision not in ("allow", "deny", "review"):
            return refused(tool, str(answer.get("error", "agsec answered something else")))
        allowed, message = decision == "allow", str(answer.get("message", ""))
        if self._by_mode:
            allowed = answer.get("outcome") == "allowed"
            if answer.get("mode") == "halt":
                return replace(refused(tool, "Everything is halted until a person runs `agsec resume`"), raw=answer)
        return Decision(
            decision=decision,
            allowed=allowed,
            tool=tool,
            action=str(answer.get("action", "")),
            params=params,
            reason=str(answer.get("reason", "")),
            message=message,
            sid=answer.get("sid"),
            guidance=answer.get("guidance"),
            raw=answer,
        )

    def _reviewed(self, decision: Decision) -> Decision:
        on_review = self._on_review
        if on_review is None:
            return _unapproved(decision)
        outcome: List[Any] = ["nobody answered in time"]

        def ask() -> None:
            try:
                answer = on_review(decision)
                if inspect.isawaitable(answer):
                    _discard(answer)
                    outcome[0] = "`on_review` is asynchronous, and this call is not"
                else:
                    outcome[0] = answer
            except BaseException as error:
                outcome[0] = f"asking for approval failed: {type(error).__name__}"

        asking = threading.Thread(target=ask, daemon=True)
        asking.start()
        asking.join(self._review_timeout)
        return _settled(decision, outcome[0])

    async def _reviewed_async(self, decision: Decision) -> Decision:
        if self._on_review is None:
            return _unapproved(decision)
        try:
            answer = self._on_review(decision)
            if inspect.isawaitable(answer):
                answer = await asyncio.wait_for(answer, self._review_timeout)
        except asyncio.TimeoutError:
            return _unapproved(decision, "nobody answered in time")
        except Exception as error:
            return _unapproved(decision, f"asking for approval failed: {type(error).__name__}")
        return _settled(decision, answer)


def _settled(decision: Decision, answer: Any) -> Decision:
    if answer is True:
        return replace(decision, allowed=True)
    return _unapproved(decision, answer if isinstance(answer, str) else "it was not approved")


def _unapproved(decision: Decision, why: str = "") -> Decision:
    because = f", and {why}" if why else ""
    return replace(decision, allowed=False, message=f"{decision.message} This needs a person's approval{because}.")


def _discard(answer: Any) -> None:
    close = getattr(answer, "close", None)
    if callable(close):
        close()


async def _elsewhere(work: Callable[[], Decision]) -> Decision:
    return await asyncio.get_running_loop().run_in_executor(None, work)


def _command() -> List[str]:
    return [shutil.which("agsec") or "agsec"]


def _user() -> str:
    try:
        return getpass.getuser()
    except Exception:
        return ""


class RulesFile:
    """Rules where the process in the background can read them, in a folder of this program's own."""

    def __init__(self, text: str) -> None:
        self._text = text
        # Results name the statements' place: `rules.yaml:2`.
        self.path = Path(_folder(), sha256(text.encode()).hexdigest()[:16], "rules.yaml")

    def write(self) -> None:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path.write_text(self._text, encoding="utf-8")


_made: Dict[int, str] = {}


def _folder() -> str:
    """Of this process: what a fork inherits is not its to remove."""
    pid = os.getpid()
    if pid not in _made:
        _made[pid] = tempfile.mkdtemp(prefix="agsec-rules-")
    return _made[pid]


def _remove_folder() -> None:
    made = _made.get(os.getpid())
    if made is not None:
        shutil.rmtree(made, ignore_errors=True)


atexit.register(_remove_folder)
