"""What the clients of models have in common: the same object with a few of its methods behind the policy."""

from __future__ import annotations

import copy
import inspect
import sys
from types import SimpleNamespace
from typing import Any, AsyncIterator, Callable, Dict, Generator, Iterator, List, Mapping, Optional, Tuple, TypeVar, Union

from ..client import Client, Decision
from ..exceptions import AgsecError

T = TypeVar("T")


class Ask:
    """A tool call about which something has to be decided."""

    def __init__(self, name: Any, input: Any, id: Optional[str] = None) -> None:
        self.name, self.input, self.id = name, input, id


# Work that asks for decisions on its way: driven by whoever can wait for them, with or without an event loop.
Asking = Generator[Ask, Decision, T]


def drive(work: Asking[T], client: Client, framework: str) -> T:
    try:
        ask = next(work)
        while True:
            ask = work.send(client.authorize(ask.name, ask.input, framework=framework, id=ask.id))
    except StopIteration as end:
        return end.value  # type: ignore[no-any-return]


async def drive_async(work: Asking[T], client: Client, framework: str) -> T:
    try:
        ask = next(work)
        while True:
            ask = work.send(await client.authorize_async(ask.name, ask.input, framework=framework, id=ask.id))
    except StopIteration as end:
        return end.value  # type: ignore[no-any-return]


class Gate:
    """What stands between a response of a framework and who reads it."""

    def whole(self, response: Any) -> Asking[Any]:
        """A response in one piece."""
        raise NotImplementedError

    def stream(self) -> StreamGate:
        raise NotImplementedError


class StreamGate:
    def __init__(self) -> None:
        self.blocked: List[Dict[str, Any]] = []

    def feed(self, chunk: Any) -> Asking[List[Any]]:
        """What may go on of it and of what was withheld before."""
        raise NotImplementedError

    def end(self) -> None:
        """The stream has ended: what is still withheld never was complete."""


class _Stream:
    """A stream behind the policy. What else the stream has is to be had from it."""

    def __init__(self, inner: Any, gate: StreamGate, client: Client, framework: str) -> None:
        self._inner, self._gate, self._client, self._framework = inner, gate, client, framework

    @property
    def _agsec_blocked(self) -> List[Dict[str, Any]]:
        return self._gate.blocked

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


class GuardedStream(_Stream):
    def __init__(self, inner: Any, gate: StreamGate, client: Client, framework: str) -> None:
        super().__init__(inner, gate, client, framework)
        self._items = self._iterate()

    def _iterate(self) -> Iterator[Any]:
        for chunk in self._inner:
            yield from drive(self._gate.feed(chunk), self._client, self._framework)
        self._gate.end()

    def __iter__(self) -> Iterator[Any]:
        return self._items

    def __next__(self) -> Any:
        return next(self._items)

    def __enter__(self) -> GuardedStream:
        if hasattr(self._inner, "__enter__"):
            self._inner.__enter__()
        return self

    def __exit__(self, *error: Any) -> Any:
        return self._inner.__exit__(*error) if hasattr(self._inner, "__exit__") else None


class GuardedAsyncStream(_Stream):
    def __init__(self, inner: Any, gate: StreamGate, client: Client, framework: str) -> None:
        super().__init__(inner, gate, client, framework)
        self._items = self._iterate()

    async def _iterate(self) -> AsyncIterator[Any]:
        async for chunk in self._inner:
            for each in await drive_async(self._gate.feed(chunk), self._client, self._framework):
                yield each
        self._gate.end()

    def __aiter__(self) -> AsyncIterator[Any]:
        return self._items

    async def __anext__(self) -> Any:
        return await self._items.__anext__()

    async def __aenter__(self) -> GuardedAsyncStream:
        if hasattr(self._inner, "__aenter__"):
            await self._inner.__aenter__()
        return self

    async def __aexit__(self, *error: Any) -> Any:
        return await self._inner.__aexit__(*error) if hasattr(self._inner, "__aexit__") else None


# Of a resource the methods whose answers are gated, those that would go around the gate, and further resources.
Plan = Mapping[str, Union["Plan", Gate, str]]


class Guarded:
    """The same object to whoever uses it, `isinstance` included, with what the plan names behind the policy."""

    def __init__(self, inner: Any, plan: Plan, client: Client, framework: str) -> None:
        self.__dict__["_agsec"] = (inner, plan, client, framework)

    @property
    def __class__(self) -> Any:
        return type(self._agsec[0])

    @__class__.setter
    def __class__(self, value: Any) -> None:
        raise TypeError("a guarded object keeps its class")

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self._agsec[0], name, value)

    def __repr__(self) -> str:
        return repr(self._agsec[0])

    def __dir__(self) -> List[str]:
        return dir(self._agsec[0])

    def __getattr__(self, name: str) -> Any:
        inner, plan, client, framework = self._agsec
        found = getattr(inner, name)
        planned = plan.get(name)
        if planned is None:
            return found
        if isinstance(planned, Gate):
            return _gated(found, planned, client, framework)
        if isinstance(planned, str):
            return _again(found, plan, client, framework) if planned == AGAIN else _closed(name, planned)
        return Guarded(found, planned, client, framework)

    def __enter__(self) -> Any:
        self._agsec[0].__enter__()
        return self

    def __exit__(self, *error: Any) -> Any:
        return self._agsec[0].__exit__(*error)

    async def __aenter__(self) -> Any:
        await self._agsec[0].__aenter__()
        return self

    async def __aexit__(self, *error: Any) -> Any:
        return await self._agsec[0].__aexit__(*error)


AGAIN = "again"


def _again(method: Callable[..., Any], plan: Plan, client: Client, framework: str) -> Callable[..., Any]:
    return lambda *args, **kwargs: Guarded(method(*args, **kwargs), plan, client, framework)


def _closed(name: str, instead: str) -> Any:
    raise AgsecError(f"`{name}` would go around the policy: {instead}", "NOT_GUARDED")


def _gated(method: Callable[..., Any], gate: Gate, client: Client, framework: str) -> Callable[..., Any]:
    def call(*args: Any, **kwargs: Any) -> Any:
        answer = method(*args, **kwargs)
        return later(answer) if inspect.isawaitable(answer) else now(answer)

    def now(answer: Any) -> Any:
        if hasattr(answer, "__aiter__"):
            return GuardedAsyncStream(answer, gate.stream(), client, framework)
        if _is_stream(answer):
            return GuardedStream(answer, gate.stream(), client, framework)
        return drive(gate.whole(answer), client, framework)

    async def later(answer: Any) -> Any:
        arrived = await answer
        if hasattr(arrived, "__aiter__") or _is_stream(arrived):
            return now(arrived)
        return await drive_async(gate.whole(arrived), client, framework)

    return call


def _is_stream(answer: Any) -> bool:
    """Answers that are maps of data can be walked through as well, field by field."""
    return hasattr(answer, "__next__") or (hasattr(answer, "__iter__") and not hasattr(answer, "model_fields"))


def guarded_by(inner: Any, plan: Plan, client: Client, framework: str) -> Any:
    """Another policy decides as well; the same one is not asked twice."""
    agsec: Optional[Tuple[Any, Plan, Client, str]] = vars(inner).get("_agsec") if isinstance(inner, object) and type(inner) is Guarded else None
    if agsec is not None and agsec[2] is client:
        return inner
    return Guarded(inner, plan, client, framework)


def client_of(rules: Tuple[Any, ...], client: Optional[Client], options: Mapping[str, Any]) -> Client:
    if client is None:
        return Client(*rules, **options)
    if rules or options:
        raise TypeError("a client has its policy already: give rules and options to it")
    return client


def note(response: Any, blocked: List[Dict[str, Any]]) -> None:
    """Responses check what is set on them; this is no field of theirs."""
    object.__setattr__(response, "_agsec_blocked", blocked)


def with_fields(value: Any, **fields: Any) -> Any:
    """A copy with other values in some fields."""
    copied = copy.copy(value)
    for name, each in fields.items():
        setattr(copied, name, each)
    return copied


def made(module: str, name: str, **fields: Any) -> Any:
    """An object of the framework's class, where the framework is there."""
    found = getattr(sys.modules.get(module), name, None)
    construct = getattr(found, "model_construct", None) or getattr(found, "construct", None)
    return SimpleNamespace(**fields) if construct is None else construct(**fields)
