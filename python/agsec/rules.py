"""Rules in code: `deny("payment").when(param("amount") > 10_000)`. A rule is a statement of the policy language."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any, Iterable, Iterator, List, Mapping, Optional, Tuple

Json = Any


@dataclass(frozen=True)
class Condition:
    """A condition of the policy language; `&`, `|` and `~` combine them."""

    tree: Mapping[str, Json]

    def __and__(self, other: Condition) -> Condition:
        return Condition({"all": [self.tree, other.tree]})

    def __or__(self, other: Condition) -> Condition:
        return Condition({"any": [self.tree, other.tree]})

    def __invert__(self) -> Condition:
        return Condition({"not": self.tree})

    def __bool__(self) -> bool:
        # `a and b` would silently drop `a`, and `1 < param("x") < 5` the first half.
        raise TypeError("combine conditions with `&`, `|` and `~`, not with `and`, `or`, `not` or a chain of comparisons")


class Field:
    """A field of the request, and what may be said of it. A missing field makes each of these false."""

    def __init__(self, name: str) -> None:
        self._name = name

    def op(self, op: str, value: Json = None) -> Condition:
        """Any operator of the policy language."""
        return Condition({self._name: {"op": op} if value is None else {"op": op, "value": value}})

    def __gt__(self, value: Json) -> Condition:
        return self.op(">", value)

    def __ge__(self, value: Json) -> Condition:
        return self.op(">=", value)

    def __lt__(self, value: Json) -> Condition:
        return self.op("<", value)

    def __le__(self, value: Json) -> Condition:
        return self.op("<=", value)

    def __eq__(self, value: Json) -> Condition:  # type: ignore[override]
        return self.op("==", value)

    def __ne__(self, value: Json) -> Condition:  # type: ignore[override]
        return self.op("!=", value)

    __hash__ = None  # type: ignore[assignment]

    def is_in(self, values: Iterable[Json]) -> Condition:
        return self.op("in", list(values))

    in_ = is_in

    def not_in(self, values: Iterable[Json]) -> Condition:
        return self.op("not_in", list(values))

    def contains(self, value: Json) -> Condition:
        return self.op("contains", value)

    def startswith(self, text: str) -> Condition:
        return self.op("starts_with", text)

    starts_with = startswith

    def endswith(self, text: str) -> Condition:
        return self.op("ends_with", text)

    ends_with = endswith

    def matches(self, pattern: str) -> Condition:
        """A regular expression of Python's dialect, found anywhere."""
        return self.op("regex", pattern)

    regex = matches

    def path(self, *patterns: str) -> Condition:
        """Patterns of paths: `**/.env`."""
        return self.op("path", list(patterns))

    def exists(self) -> Condition:
        return self.op("exists")

    def not_exists(self) -> Condition:
        return self.op("not_exists")


def param(name: str) -> Field:
    """A parameter of the tool: `amount`, `items.0.price`."""
    return Field(f"params.{name}")


def context(name: str) -> Field:
    """What is known of the call: `agent`, `cwd`, what the application adds."""
    return Field(f"context.{name}")


@dataclass(frozen=True)
class Rule:
    """A statement in the making; every step gives a new one."""

    effect: str
    names: Tuple[str, ...]
    tools: Tuple[Any, ...] = ()
    conditions: Tuple[Condition, ...] = ()
    why: Optional[str] = None
    rather: Optional[str] = None

    def when(self, *conditions: Condition) -> Rule:
        """Applies only where all of these hold, besides those that were said before."""
        for condition in conditions:
            if not isinstance(condition, Condition):
                raise TypeError(f"expected a condition such as `param('amount') > 1`, found {condition!r}")
        return replace(self, conditions=self.conditions + conditions)

    def because(self, reason: str) -> Rule:
        """Why, as the model and the log are told."""
        return replace(self, why=reason)

    def instead(self, guidance: str) -> Rule:
        """What to do instead, as the model is told."""
        return replace(self, rather=guidance)

    def statements(self, sid: str) -> Iterator[Mapping[str, Json]]:
        """As a policy file has it: about tools by the names that models use, and about actions by theirs."""
        if not self.names or "*" in self.names:
            yield self._statement(sid, ["*"], [])
            return
        globs = [{"context.tool": {"op": "glob", "value": name}} for name in self.names]
        yield self._statement(sid, ["*"], [{"any": globs}])
        actions = [name for name in self.names if "." in name]
        if actions:
            yield self._statement(f"{sid}_action", actions, [])

    def _statement(self, sid: str, actions: List[str], about: List[Mapping[str, Json]]) -> Mapping[str, Json]:
        conditions = about + [condition.tree for condition in self.conditions]
        return {
            "sid": sid,
            "effect": self.effect,
            "actions": actions,
            **({"conditions": {"all": conditions}} if conditions else {}),
            **({} if self.why is None else {"reason": self.why}),
            **({} if self.rather is None else {"guidance": self.rather}),
        }


def allow(*tools: Any) -> Rule:
    """These tools may run: names, globs of names, `*`, or objects with a `name`."""
    return _rule("allow", tools)


def deny(*tools: Any) -> Rule:
    """These tools may not run."""
    return _rule("deny", tools)


def review(*tools: Any) -> Rule:
    """A person decides about these tools."""
    return _rule("review", tools)


def _rule(effect: str, tools: Tuple[Any, ...]) -> Rule:
    return Rule(effect, tuple(name_of(tool) for tool in tools), tuple(tool for tool in tools if not isinstance(tool, str)))


def name_of(tool: Any) -> str:
    """The name of a tool: a string, an object with a `name`, or a function."""
    name: Any = tool if isinstance(tool, str) else getattr(tool, "name", None) or getattr(tool, "__name__", None)
    if not isinstance(name, str) or name == "":
        raise TypeError(f"expected the name of a tool, or a tool, found {tool!r}")
    return name


def policy_text(rules: Iterable[Rule]) -> str:
    """The rules as a policy file: JSON, which is YAML."""
    statements: List[str] = []
    for number, rule in enumerate(rules, 1):
        if not isinstance(rule, Rule):
            raise TypeError(f"expected a rule such as `deny('payment')`, found {rule!r}")
        statements += [json.dumps(each, allow_nan=False) for each in rule.statements(f"rule_{number}")]
    return '{"version":"1.0","statements":[' + ",\n".join(statements) + "]}\n"
