"""Functions behind policies in files."""

from agsec import guard
from agsec.exceptions import PolicyViolationError


@guard("email.send", agent="support", policy_dir="policies")
def send_email(to: str, subject: str = "") -> str:
    return f"sent to {to}"


for to in ("ada@example.com", "eve@elsewhere.org"):
    try:
        print(send_email(to))
    except PolicyViolationError as error:
        print("blocked:", error.code, error.details["sid"])
