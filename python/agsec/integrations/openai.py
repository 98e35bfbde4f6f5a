"""Clients of OpenAI's SDK, and of whoever speaks its protocol, behind the policy."""

from __future__ import annotations

import shlex
from typing import Any, Dict, List, Optional, TypeVar

from ..client import Client, Decision
from ..rules import Rule, allow, context, deny, param, review
from ._base import AGAIN, Ask, Asking, Gate, Plan, StreamGate, client_of, guarded_by, made, note, with_fields

__all__ = ["allow", "context", "deny", "param", "protect", "review"]

C = TypeVar("C")


def protect(client: C, *rules: Rule, guard: Optional[Client] = None, **options: Any) -> C:
    """
    The same client, whose tool calls are decided before anybody sees them: chat completions and responses, every choice, streamed or not,
    sync or async. What is refused is missing from the answer, which says why, and is listed in its `_agsec_blocked`. Options are those of
    agsec.Client; without rules and options the compiled policy decides.
    """
    guarded: C = guarded_by(client, _PLAN, client_of(rules, guard, options), "openai")
    return guarded


class _Chat(Gate):
    def whole(self, response: Any) -> Asking[Any]:
        blocked: List[Dict[str, Any]] = []
        for choice in response.choices or []:
            yield from _check_choice(choice, blocked)
        note(response, blocked)
        return response

    def stream(self) -> StreamGate:
        return _ChatStream()


def _check_choice(choice: Any, blocked: List[Dict[str, Any]]) -> Asking[None]:
    message = choice.message
    calls = list(getattr(message, "tool_calls", None) or [])
    left: List[Any] = []
    told: List[str] = []
    cut = _is_cut(choice.finish_reason)
    for call in calls:
        decision: Decision = yield _asked(call, cut)
        if decision.allowed:
            left.append(call)
        else:
            blocked.append(decision.blocked(getattr(call, "id", None)))
            told.append(decision.message)
    function = getattr(message, "function_call", None)
    if function is not None:
        decision = yield Ask(function.name, _written(function.arguments, cut))
        if not decision.allowed:
            message.function_call = function = None
            blocked.append(decision.blocked())
            told.append(decision.message)
    if told:
        message.tool_calls = left or None
        message.content = "\n".join([*([message.content] if message.content else []), *told])
        if not left and function is None and choice.finish_reason in ("tool_calls", "function_call"):
            choice.finish_reason = "stop"


def _is_cut(finish_reason: Any) -> bool:
    """Whether the model was stopped in the middle of what it wrote."""
    return finish_reason in ("length", "content_filter")


def _written(arguments: Any, cut: bool) -> Any:
    """A tool without parameters may be called without arguments; where the answer was cut off, they may just not have come."""
    return arguments or (None if cut else "{}")


def _free(text: Any, cut: bool) -> Any:
    """Free text does not show whether it is whole."""
    return None if cut else {"input": text}


def _asked(call: Any, cut: bool) -> Ask:
    custom = getattr(call, "custom", None)
    if custom is not None:
        return Ask(custom.name, _free(custom.input, cut), call.id)
    return Ask(call.function.name, _written(call.function.arguments, cut), call.id)


class _Call:
    """A call of a tool as it comes in pieces."""

    def __init__(self) -> None:
        self.id: Optional[str] = None
        self.name = ""
        self.text = ""
        self.custom = False
        self.delta: Any = None
        self.chunk: Any = None

    def add(self, delta: Any, chunk: Any) -> None:
        if self.delta is None:
            self.delta, self.chunk = delta, chunk
        self.id = getattr(delta, "id", None) or self.id
        custom = getattr(delta, "custom", None)
        self.custom = self.custom or custom is not None
        part = custom if custom is not None else getattr(delta, "function", delta)
        self.name += getattr(part, "name", None) or ""
        self.text += (getattr(part, "input", None) if custom is not None else getattr(part, "arguments", None)) or ""

    def ask(self, cut: bool) -> Ask:
        return Ask(self.name, _free(self.text, cut) if self.custom else _written(self.text, cut), self.id)

    def whole(self, index: int) -> Any:
        """The call as one piece."""
        part = {"name": self.name, "input" if self.custom else "arguments": self.text}
        field = "custom" if self.custom else "function"
        whole = with_fields(self.delta, index=index, id=self.id)
        setattr(whole, field, with_fields(getattr(self.delta, field), **part))
        return whole


class _ChoiceState:
    def __init__(self) -> None:
        self.calls: Dict[int, _Call] = {}
        self.function: Optional[_Call] = None


class _ChatStream(StreamGate):
    """Text goes on as it comes; a call is withheld until its choice is finished, since only then all of its arguments are there."""

    def __init__(self) -> None:
        super().__init__()
        self._choices: Dict[int, _ChoiceState] = {}

    def feed(self, chunk: Any) -> Asking[List[Any]]:
        out: List[Any] = []
        kept: List[Any] = []
        changed = False
        for choice in getattr(chunk, "choices", None) or []:
            rest = self._withhold(choice, chunk)
            changed = changed or rest is not choice
            if rest is not None and rest.finish_reason is not None:
                rest = yield from self._finish(rest, chunk, out)
                changed = changed or rest is not choice
            if rest is not None:
                kept.append(rest)
        if not changed:
            return [*out, chunk]
        # Usage and the like go on, even where all that was said of choices is withheld.
        if kept or getattr(chunk, "usage", None) is not None:
            out.append(with_fields(chunk, choices=kept))
        return out

    def _withhold(self, choice: Any, chunk: Any) -> Any:
        """The choice without its calls; None where nothing is left of it."""
        delta = choice.delta
        calls = getattr(delta, "tool_calls", None) or []
        function = getattr(delta, "function_call", None)
        if not calls and function is None:
            return choice
        state = self._choices.setdefault(choice.index, _ChoiceState())
        for call in calls:
            state.calls.setdefault(call.index, _Call()).add(call, chunk)
        if function is not None:
            state.function = state.function or _Call()
            state.function.add(function, chunk)
        empty = not delta.content and not getattr(delta, "refusal", None) and not getattr(delta, "role", None)
        if empty and choice.finish_reason is None:
            return None
        cleared = {"tool_calls": None, **({"function_call": None} if function is not None else {})}
        return with_fields(choice, delta=with_fields(delta, **cleared))

    def _finish(self, choice: Any, chunk: Any, out: List[Any]) -> Asking[Any]:
        state = self._choices.pop(choice.index, None)
        if state is None:
            return choice
        told: List[str] = []
        allowed = 0
        for _, call in sorted(state.calls.items()):
            decision: Decision = yield call.ask(_is_cut(choice.finish_reason))
            if decision.allowed:
                out.append(_piece(chunk, choice, tool_calls=[call.whole(allowed)]))
                allowed += 1
            else:
                self.blocked.append(decision.blocked(call.id))
                told.append(decision.message)
        function = state.function
        if function is not None:
            decision = yield function.ask(_is_cut(choice.finish_reason))
            if decision.allowed:
                whole = with_fields(function.delta, name=function.name, arguments=function.text)
                out.append(_piece(chunk, choice, function_call=whole))
                allowed += 1
            else:
                self.blocked.append(decision.blocked())
                told.append(decision.message)
        for message in told:
            out.append(_piece(chunk, choice, content=message))
        if allowed == 0 and choice.finish_reason in ("tool_calls", "function_call"):
            return with_fields(choice, finish_reason="stop")
        return choice

    def end(self) -> None:
        for state in self._choices.values():
            for call in [*state.calls.values(), *([state.function] if state.function else [])]:
                self.blocked.append({"id": call.id, "name": call.name, "reason": "the call was cut off", "sid": None, "status": "deny"})
        self._choices.clear()


def _piece(chunk: Any, choice: Any, **said: Any) -> Any:
    """A chunk of one choice that says this alone."""
    nothing = {"content": None, "tool_calls": None, "role": None}
    known = {name: value for name, value in {**nothing, "function_call": None, "refusal": None}.items() if hasattr(choice.delta, name)}
    delta = with_fields(choice.delta, **{**known, **said})
    piece = with_fields(chunk, choices=[with_fields(choice, delta=delta, finish_reason=None)])
    if getattr(piece, "usage", None) is not None:
        piece.usage = None
    return piece


class _Responses(Gate):
    def whole(self, response: Any) -> Asking[Any]:
        blocked: List[Dict[str, Any]] = []
        yield from _check_output(response, blocked, {})
        note(response, blocked)
        return response

    def stream(self) -> StreamGate:
        return _ResponsesStream()


# Made and answered by the provider before the answer arrives.
_HOSTED = (
    "web_search_call",
    "file_search_call",
    "code_interpreter_call",
    "image_generation_call",
    "mcp_call",
    "tool_search_call",
)


def _item_ask(item: Any) -> Optional[Ask]:
    """The call that an item of the output is; None where it is none, or has been answered already."""
    kind = getattr(item, "type", "")
    id = getattr(item, "call_id", None) or getattr(item, "id", None)
    cut = getattr(item, "status", None) == "incomplete"
    if kind == "function_call":
        return Ask(item.name, _written(item.arguments, cut), id)
    if kind == "custom_tool_call":
        return Ask(item.name, _free(item.input, cut), id)
    if kind == "mcp_approval_request":
        return Ask(f"mcp__{item.server_label}__{item.name}", _written(item.arguments, cut), id)
    if kind in ("local_shell_call", "shell_call", "computer_call", "apply_patch_call"):
        action = getattr(item, "operation", None) if kind == "apply_patch_call" else getattr(item, "action", None)
        return Ask(kind[: -len("_call")], _shell_input(action), id)
    # A kind of call that is newer than this code is a tool of its own.
    return Ask(kind[: -len("_call")], _fields(item), id) if kind.endswith("_call") and kind not in _HOSTED else None


def _shell_input(action: Any) -> Any:
    """The commands of a shell as one; of other tools what they are to do."""
    commands = getattr(action, "commands", None)
    command = getattr(action, "command", None)
    if commands is not None:
        return {"command": "\n".join(commands)}
    if isinstance(command, list):
        return {"command": shlex.join(command)}
    return _fields(action)


def _fields(item: Any) -> Any:
    """What holds data and nothing else, as the map that it is."""
    return item if isinstance(item, dict) or hasattr(item, "model_dump") else vars(item) if hasattr(item, "__dict__") else item


def _check_output(response: Any, blocked: List[Dict[str, Any]], known: Dict[Optional[str], Decision]) -> Asking[None]:
    output = []
    for item in getattr(response, "output", None) or []:
        ask = _item_ask(item)
        decision = None if ask is None else known.get(ask.id)
        if ask is not None and decision is None:
            decision = yield ask
            if not decision.allowed:
                blocked.append(decision.blocked(ask.id))
        output.append(item if decision is None or decision.allowed else _message_item(decision, ask))
    if output:
        response.output = output


def _message_item(decision: Decision, ask: Any) -> Any:
    module = "openai.types.responses"
    text = made(module, "ResponseOutputText", type="output_text", text=decision.message, annotations=[])
    id = f"msg_{ask.id}"
    return made(module, "ResponseOutputMessage", id=id, type="message", role="assistant", status="completed", content=[text])


class _ResponsesStream(StreamGate):
    """Events of an item that is a call are withheld until the item is done."""

    def __init__(self) -> None:
        super().__init__()
        self._held: Dict[Any, List[Any]] = {}
        self._known: Dict[Optional[str], Decision] = {}

    def feed(self, chunk: Any) -> Asking[List[Any]]:
        kind = getattr(chunk, "type", "")
        index = getattr(chunk, "output_index", None)
        if kind == "response.output_item.added" and _item_ask(chunk.item) is not None:
            self._held[index] = [chunk]
            return []
        if kind == "response.output_item.done" and _item_ask(chunk.item) is not None:
            return (yield from self._done(chunk, self._held.pop(index, [])))
        if index in self._held:
            self._held[index].append(chunk)
            return []
        if getattr(chunk, "response", None) is not None:
            yield from _check_output(chunk.response, self.blocked, self._known)
            if kind in ("response.completed", "response.incomplete"):
                note(chunk.response, self.blocked)
        return [chunk]

    def _done(self, chunk: Any, held: List[Any]) -> Asking[List[Any]]:
        ask = _item_ask(chunk.item)
        assert ask is not None
        decision: Decision = yield ask
        self._known[ask.id] = decision
        if decision.allowed:
            return [*held, chunk]
        self.blocked.append(decision.blocked(ask.id))
        item = _message_item(decision, ask)
        started = [with_fields(held[0], item=item)] if held else []
        return [*started, with_fields(chunk, item=item)]

    def end(self) -> None:
        for events in self._held.values():
            item = events[0].item
            name = getattr(item, "name", item.type)
            self.blocked.append({"id": getattr(item, "call_id", None), "name": name, "reason": "the call was cut off", "sid": None, "status": "deny"})
        self._held.clear()


_RAW = {
    "with_raw_response": "use the method itself",
    "with_streaming_response": "use the method itself",
}
_COMPLETIONS: Plan = {"create": _Chat(), "parse": _Chat(), "stream": "use `create(stream=True)`", "run_tools": "use `create`", **_RAW}
_RESPONSES: Plan = {
    "create": _Responses(),
    "parse": _Responses(),
    "retrieve": _Responses(),
    "stream": "use `create(stream=True)`",
    "connect": "use `create`",
    **_RAW,
}
_CHAT: Plan = {"completions": _COMPLETIONS, **_RAW}
_PLAN: Plan = {
    "chat": _CHAT,
    "responses": _RESPONSES,
    "beta": {"chat": _CHAT, "responses": _RESPONSES, **_RAW},
    "with_options": AGAIN,
    "copy": AGAIN,
    **_RAW,
}
