"""Arguments of Python as JSON, which is what policies read."""

from __future__ import annotations

import enum
import json
import math
import os
from collections.abc import Mapping as AbstractMapping
from typing import Any, Dict

_DEEPEST = 64


class NotDataError(ValueError):
    """A value that no policy can read; a call with it does not run."""


def plain_map(value: Any) -> Dict[str, Any]:
    """A copy as JSON knows it. Raises NotDataError where the value is no map of data."""
    copy = plain(value)
    if not isinstance(copy, dict):
        raise NotDataError(f"the arguments are no map, but a {type(value).__name__}")
    return copy


def parsed_map(value: Any) -> Dict[str, Any]:
    """Arguments as a model gives them: a map, or the text of one."""
    if not isinstance(value, (str, bytes, bytearray)):
        return plain_map(value)
    try:
        parsed = json.loads(value, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise NotDataError("the arguments of the tool are no JSON map") from error
    if not isinstance(parsed, dict):
        raise NotDataError("the arguments of the tool are no JSON map")
    return plain_map(parsed)


def _no_constant(name: str) -> Any:
    raise NotDataError(f"`{name}` is no JSON")


def plain(value: Any, depth: int = 0) -> Any:
    if depth > _DEEPEST:
        raise NotDataError("the arguments are nested too deeply, or hold themselves")
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, enum.Enum):
        return plain(value.value, depth + 1)
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return _finite(float(value))
    if isinstance(value, AbstractMapping):
        return {_key(key): plain(each, depth + 1) for key, each in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(each, depth + 1) for each in value]
    if isinstance(value, os.PathLike):
        return plain(os.fspath(value), depth + 1)
    return plain(_dumped(value), depth + 1)


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise NotDataError(f"`{value}` is no JSON number")
    return value


def _key(key: Any) -> str:
    if not isinstance(key, str):
        raise NotDataError(f"the key `{key!r}` of a map is no text")
    return str.__str__(key)


def _dumped(value: Any) -> Any:
    """What models of arguments (pydantic's, say) make of themselves."""
    dump = getattr(value, "model_dump", None)
    if callable(dump) and not isinstance(value, type):
        return dump(mode="json")
    raise NotDataError(f"a {type(value).__name__} among the arguments is nothing that a policy can read")
