"""`@guard("email.send")`: a function behind the policy."""

from __future__ import annotations

import functools
import inspect
from typing import Any, Callable, Dict, Mapping, Optional, TypeVar, Union, cast

from .client import Client

F = TypeVar("F", bound=Callable[..., Any])
Params = Union[Callable[..., Mapping[str, Any]], None]


def guard(action: str, *, client: Optional[Client] = None, params: Params = None, **options: Any) -> Callable[[F], F]:
    """
    The function runs only where the policy allows `action` with its arguments under their names, and raises PolicyViolationError where it
    does not. `params`, given the arguments, says what the policy sees instead. Other options are those of Client (`policy_dir`, `agent`, …).
    """
    if not isinstance(action, str) or action == "":
        raise TypeError("expected the name of an action, as in `@guard('email.send')`")
    asking = client or Client(**options)

    def decorate(function: F) -> F:
        signature = inspect.signature(function)

        def asked(args: Any, kwargs: Any) -> Any:
            bound = signature.bind(*args, **kwargs)
            return params(*args, **kwargs) if params is not None else _params_of(bound)

        if inspect.isasyncgenfunction(function) or inspect.isgeneratorfunction(function):
            raise TypeError("a generator cannot be guarded: it runs when it is read, not when it is called")

        @functools.wraps(function)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            decision = asking.authorize(action, asked(args, kwargs), action=action)
            if not decision.allowed:
                raise decision.error()
            return function(*args, **kwargs)

        @functools.wraps(function)
        async def guarded_async(*args: Any, **kwargs: Any) -> Any:
            decision = await asking.authorize_async(action, asked(args, kwargs), action=action)
            if not decision.allowed:
                raise decision.error()
            return await function(*args, **kwargs)

        return cast(F, guarded_async if inspect.iscoroutinefunction(function) else guarded)

    return decorate


def _params_of(bound: inspect.BoundArguments) -> Dict[str, Any]:
    """By name, defaults included; what `**kwargs` took stands beside the others, and `self` is nobody's argument."""
    bound.apply_defaults()
    found: Dict[str, Any] = {}
    for index, (name, value) in enumerate(bound.arguments.items()):
        kind = bound.signature.parameters[name].kind
        if kind is inspect.Parameter.VAR_KEYWORD:
            found.update({key: each for key, each in value.items() if key not in found})
        elif not (index == 0 and name in ("self", "cls")):
            found[name] = value
    return found
