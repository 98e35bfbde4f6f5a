"""Tools of LangChain and LangGraph behind the policy."""

from __future__ import annotations

import copy
import sys
from typing import Any, Dict, List, Mapping, Optional

from ..client import Client
from ..decorator import guard as guard_function
from ..rules import Rule, allow, context, deny, name_of, param, review
from ._base import client_of

__all__ = ["allow", "context", "deny", "guard", "param", "review"]


def guard(*tools_or_rules: Any, client: Optional[Client] = None, raises: bool = True, **options: Any) -> List[Any]:
    """
    The tools, each behind the policy, in the order in which they are named. Among rules a tool that stands alone is allowed. A refused call
    raises PolicyViolationError, or, with `raises=False`, has the reason as its result, for the model. Options are those of agsec.Client;
    without rules and options the compiled policy decides.
    """
    rules = [each for each in tools_or_rules if isinstance(each, Rule)]
    bare = [each for each in tools_or_rules if not isinstance(each, Rule)]
    if rules and bare:
        rules.append(allow(*bare))
    asking = client_of(tuple(rules), client, options)
    tools: Dict[str, Any] = {}
    for each in tools_or_rules:
        for tool in each.tools if isinstance(each, Rule) else [each]:
            tools.setdefault(name_of(tool), tool)
    return [_guarded(tool, asking, raises) for tool in tools.values()]


def _guarded(tool: Any, client: Client, raises: bool) -> Any:
    if not hasattr(tool, "run") and callable(tool):
        return guard_function(name_of(tool), client=client)(tool)
    if client in getattr(tool, "_agsec_clients", ()):
        return tool
    copied = tool.model_copy() if hasattr(tool, "model_copy") else copy.copy(tool)
    # `invoke`, `ainvoke`, `batch` and calling the tool all come to `run` or `arun`.
    object.__setattr__(copied, "__class__", _class_of(type(tool), client, raises))
    return copied


def _class_of(base: Any, client: Client, raises: bool) -> Any:
    def input_of(tool_input: Any) -> Any:
        # A tool of one argument may be given that alone.
        return tool_input if isinstance(tool_input, Mapping) else {"input": tool_input}

    def run(self: Any, tool_input: Any, *args: Any, **kwargs: Any) -> Any:
        decision = client.authorize(self.name, input_of(tool_input), framework="langchain", id=kwargs.get("tool_call_id"))
        if decision.allowed:
            return super(guarded, self).run(tool_input, *args, **kwargs)
        return _refusal(self, decision, raises, kwargs.get("tool_call_id"))

    async def arun(self: Any, tool_input: Any, *args: Any, **kwargs: Any) -> Any:
        decision = await client.authorize_async(self.name, input_of(tool_input), framework="langchain", id=kwargs.get("tool_call_id"))
        if decision.allowed:
            return await super(guarded, self).arun(tool_input, *args, **kwargs)
        return _refusal(self, decision, raises, kwargs.get("tool_call_id"))

    clients = (*getattr(base, "_agsec_clients", ()), client)
    guarded: Any = type(base)(base.__name__, (base,), {"run": run, "arun": arun, "__module__": base.__module__})
    type.__setattr__(guarded, "_agsec_clients", clients)
    return guarded


def _refusal(tool: Any, decision: Any, raises: bool, call_id: Optional[str]) -> Any:
    if raises:
        raise decision.error()
    if call_id is None:
        return decision.message
    # Whoever makes tool calls of LangChain has it loaded.
    messages = sys.modules.get("langchain_core.messages")
    if messages is None:
        return decision.message
    return messages.ToolMessage(content=decision.message, tool_call_id=call_id, name=tool.name, status="error")
