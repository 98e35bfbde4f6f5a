"""agsec: is this tool call allowed? Decisions come from the policies that `agsec compile` made a bundle of."""

from .client import Client, Decision
from .decorator import guard
from .exceptions import AgsecError, PolicyViolationError, UnavailableError
from .rules import Condition, Rule, allow, context, deny, param, review

__all__ = [
    "AgsecError",
    "Client",
    "Condition",
    "Decision",
    "PolicyViolationError",
    "Rule",
    "UnavailableError",
    "allow",
    "context",
    "deny",
    "guard",
    "param",
    "review",
]
__version__ = "0.3.0"
