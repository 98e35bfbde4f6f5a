"""What goes wrong, under the names that the published agsec gives it."""

from __future__ import annotations

from typing import Any, Mapping, Optional


class AgsecError(Exception):
    """Whatever this package raises. `code` is for programs, `details` are what is known."""

    def __init__(self, message: str, code: str = "AGSEC_ERROR", details: Optional[Mapping[str, Any]] = None) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.details: dict[str, Any] = dict(details or {})


class PolicyViolationError(AgsecError):
    """A call that does not run. The message is written for the model; `details` hold action, decision, reason, sid, guidance."""

    def __init__(self, message: str, details: Optional[Mapping[str, Any]] = None) -> None:
        super().__init__(message, "POLICY_VIOLATION", details)


class UnavailableError(AgsecError):
    """Nothing can be decided at the moment."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "UNAVAILABLE")
