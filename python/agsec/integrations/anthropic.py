"""Clients of Anthropic's SDK behind the policy."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, TypeVar

from ..client import Client, Decision
from ..rules import Rule, allow, context, deny, param, review
from ._base import AGAIN, Ask, Asking, Gate, Plan, StreamGate, client_of, guarded_by, made, note, with_fields

__all__ = ["allow", "context", "deny", "param", "protect", "review"]

C = TypeVar("C")


def protect(client: C, *rules: Rule, guard: Optional[Client] = None, **options: Any) -> C:
    """
    The same client, whose tool calls are decided before anybody sees them: messages and beta messages, streamed or not, sync or async.
    Instead of a refused call there is a block of text that says why, and an entry in `_agsec_blocked`. Options are those of agsec.Client;
    without rules and options the compiled policy decides.
    """
    guarded: C = guarded_by(client, _PLAN, client_of(rules, guard, options), "anthropic")
    return guarded


class _Messages(Gate):
    def whole(self, response: Any) -> Asking[Any]:
        blocked: List[Dict[str, Any]] = []
        content: List[Any] = []
        for block in response.content or []:
            if getattr(block, "type", "") != "tool_use":
                content.append(block)
                continue
            decision: Decision = yield Ask(block.name, block.input, block.id)
            if not decision.allowed:
                blocked.append(decision.blocked(block.id))
            content.append(block if decision.allowed else _text_block(block, decision.message))
        if blocked:
            response.content = content
            if response.stop_reason == "tool_use" and not any(getattr(block, "type", "") == "tool_use" for block in content):
                response.stop_reason = "end_turn"
        note(response, blocked)
        return response

    def stream(self) -> StreamGate:
        return _EventGate()


def _made_beside(block: Any, name: str, **fields: Any) -> Any:
    """Beta messages have classes of their own."""
    beta = type(block).__name__.startswith("Beta")
    return made("anthropic.types.beta" if beta else "anthropic.types", f"Beta{name}" if beta else name, **fields)


def _text_block(block: Any, text: str) -> Any:
    return _made_beside(block, "TextBlock", type="text", text=text, citations=None)


class _Held:
    def __init__(self, start: Any) -> None:
        self.events: List[Any] = [start]
        self.text = ""


class _EventGate(StreamGate):
    """Events of a block that is a call are withheld until the block ends."""

    def __init__(self) -> None:
        super().__init__()
        self._held: Dict[int, _Held] = {}
        self._allowed = 0

    def feed(self, chunk: Any) -> Asking[List[Any]]:
        kind = getattr(chunk, "type", "")
        index = getattr(chunk, "index", None)
        if kind == "content_block_start" and getattr(chunk.content_block, "type", "") == "tool_use":
            self._held[chunk.index] = _Held(chunk)
            return []
        held = None if index is None else self._held.get(index)
        if held is not None:
            held.events.append(chunk)
            if kind == "content_block_delta":
                held.text += getattr(chunk.delta, "partial_json", None) or ""
            if kind == "content_block_stop":
                del self._held[chunk.index]
                return (yield from self._complete(held))
            return []
        if kind == "message_delta" and self.blocked and self._allowed == 0 and chunk.delta.stop_reason == "tool_use":
            return [with_fields(chunk, delta=with_fields(chunk.delta, stop_reason="end_turn"))]
        return [chunk]

    def _complete(self, held: _Held) -> Asking[List[Any]]:
        start, stop = held.events[0], held.events[-1]
        block = start.content_block
        decision: Decision = yield Ask(block.name, held.text or block.input, block.id)
        if decision.allowed:
            self._allowed += 1
            return held.events
        self.blocked.append(decision.blocked(block.id))
        delta = _made_beside(block, "TextDelta", type="text_delta", text=decision.message)
        said = _made_beside(block, "RawContentBlockDeltaEvent", type="content_block_delta", index=start.index, delta=delta)
        return [with_fields(start, content_block=_text_block(block, "")), said, stop]

    def end(self) -> None:
        for held in self._held.values():
            block = held.events[0].content_block
            self.blocked.append({"id": block.id, "name": block.name, "reason": "the call was cut off", "sid": None, "status": "deny"})
        self._held.clear()


_RAW = {
    "with_raw_response": "use the method itself",
    "with_streaming_response": "use the method itself",
}
_RESOURCE: Plan = {
    "create": _Messages(),
    "parse": _Messages(),
    "stream": "use `create(stream=True)`",
    "tool_runner": "run the tools that `create` asks for, or guard their functions with `agsec.guard`",
    **_RAW,
}
_PLAN: Plan = {
    "messages": _RESOURCE,
    "beta": {"messages": _RESOURCE, **_RAW},
    "with_options": AGAIN,
    "copy": AGAIN,
    **_RAW,
}
