"""Tools of LangChain, each behind its rule; give them to an agent as they are."""

from langchain_core.tools import tool

from agsec import PolicyViolationError
from agsec.integrations.langchain import allow, deny, guard, param, review


@tool
def search(query: str) -> str:
    """Searches the web."""
    return f"found {query}"


@tool
def send_email(to: str) -> str:
    """Sends mail."""
    return f"sent to {to}"


@tool
def process_payment(amount: float) -> str:
    """Pays."""
    return f"paid {amount}"


# A condition of a deny allows nothing by itself: what else may be paid says the second rule.
tools = guard(allow(search), review(send_email), deny(process_payment).when(param("amount") > 10_000), allow(process_payment))

for each, arguments in zip(tools[:3], ({"query": "agsec"}, {"to": "ada@example.com"}, {"amount": 50_000})):
    try:
        print("ran:", each.invoke(arguments))
    except PolicyViolationError as error:
        print("blocked:", each.name, error.code)
print("ran:", tools[2].invoke({"amount": 50}))
