"""
Stand-ins for the clients of model providers and for LangChain's tools: as much of their documented interfaces as the guards rely on. They
are not the packages: what they show is what this package does with such objects, no more.
"""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any, AsyncIterator, Iterator, List, Optional

N = SimpleNamespace


def call(name: str, arguments: str, id: str = "call_1") -> Any:
    return N(id=id, type="function", function=N(name=name, arguments=arguments))


def completion(*choices: Any) -> Any:
    return N(id="c", choices=list(choices), usage=None)


def choice(*calls: Any, content: Optional[str] = None, index: int = 0) -> Any:
    message = N(role="assistant", content=content, tool_calls=list(calls) or None, function_call=None)
    return N(index=index, message=message, finish_reason="tool_calls" if calls else "stop")


def chunk(content: Optional[str] = None, calls: Any = None, finish: Optional[str] = None, index: int = 0, usage: Any = None) -> Any:
    delta = N(role=None, content=content, tool_calls=calls, function_call=None, refusal=None)
    return N(id="c", usage=usage, choices=[N(index=index, delta=delta, finish_reason=finish)])


def piece(index: int, id: Optional[str] = None, name: Optional[str] = None, arguments: Optional[str] = None) -> Any:
    return N(index=index, id=id, type="function", function=N(name=name, arguments=arguments))


class Stream:
    def __init__(self, items: List[Any]) -> None:
        self.items, self.taken, self.closed = items, 0, False

    def __iter__(self) -> Iterator[Any]:
        for item in self.items:
            self.taken += 1
            yield item

    def __enter__(self) -> Stream:
        return self

    def __exit__(self, *error: Any) -> None:
        self.close()

    def close(self) -> None:
        self.closed = True


class AsyncStream:
    def __init__(self, items: List[Any]) -> None:
        self.items = items

    async def __aiter__(self) -> AsyncIterator[Any]:
        for item in self.items:
            await asyncio.sleep(0)
            yield item


class _Create:
    """A resource with a method that answers what it was given."""

    def __init__(self, answer: Any) -> None:
        self._answer = answer
        self.with_raw_response = self

    def create(self, **kwargs: Any) -> Any:
        self.asked = kwargs
        return self._answer

    def stream(self, **kwargs: Any) -> Any:
        return self._answer


class _AsyncCreate(_Create):
    async def create(self, **kwargs: Any) -> Any:
        return self._answer


class OpenAI:
    def __init__(self, answer: Any, resource: Any = _Create) -> None:
        self.api_key = "k"
        self._answer, self._resource = answer, resource
        self.chat = N(completions=resource(answer))
        self.responses = resource(answer)

    def with_options(self, **options: Any) -> OpenAI:
        return type(self)(self._answer, self._resource)


class AsyncOpenAI(OpenAI):
    def __init__(self, answer: Any, resource: Any = _AsyncCreate) -> None:
        super().__init__(answer, resource)


class Anthropic:
    def __init__(self, answer: Any, resource: Any = _Create) -> None:
        self.messages = resource(answer)
        self.beta = N(messages=resource(answer))


class AsyncAnthropic(Anthropic):
    def __init__(self, answer: Any) -> None:
        super().__init__(answer, _AsyncCreate)


def text_block(text: str) -> Any:
    return N(type="text", text=text, citations=None)


def tool_block(name: str, input: Any, id: str = "toolu_1") -> Any:
    return N(type="tool_use", id=id, name=name, input=input)


def message(*content: Any, stop_reason: str = "tool_use") -> Any:
    return N(id="m", content=list(content), stop_reason=stop_reason)


def block_events(index: int, block: Any, *deltas: Any) -> List[Any]:
    started = N(type="content_block_start", index=index, content_block=block)
    return [started, *(N(type="content_block_delta", index=index, delta=delta) for delta in deltas), N(type="content_block_stop", index=index)]


def json_delta(text: str) -> Any:
    return N(type="input_json_delta", partial_json=text)


def text_delta(text: str) -> Any:
    return N(type="text_delta", text=text)


def message_end(stop_reason: str) -> List[Any]:
    return [N(type="message_delta", delta=N(stop_reason=stop_reason)), N(type="message_stop")]


class BaseTool:
    """LangChain's: `invoke` and `ainvoke` take arguments or a whole tool call, and come to `run` and `arun`."""

    def __init__(self, name: str, function: Any) -> None:
        self.name, self.description, self.function = name, f"does {name}", function

    def invoke(self, input: Any, config: Any = None) -> Any:
        return self.run(*_prepared(input)[0], **_prepared(input)[1])

    async def ainvoke(self, input: Any, config: Any = None) -> Any:
        return await self.arun(*_prepared(input)[0], **_prepared(input)[1])

    def run(self, tool_input: Any, tool_call_id: Optional[str] = None) -> Any:
        return self.function(**tool_input) if isinstance(tool_input, dict) else self.function(tool_input)

    async def arun(self, tool_input: Any, tool_call_id: Optional[str] = None) -> Any:
        return self.run(tool_input, tool_call_id)


def _prepared(input: Any) -> Any:
    if isinstance(input, dict) and input.get("type") == "tool_call":
        return (input["args"],), {"tool_call_id": input["id"]}
    return (input,), {}
