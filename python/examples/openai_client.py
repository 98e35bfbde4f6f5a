"""A client of OpenAI's whose tool calls are decided: OPENAI_API_KEY says who asks."""

from openai import OpenAI

from agsec.integrations.openai import allow, deny, param, protect, review

client = protect(
    OpenAI(),
    allow("*"),
    deny("delete_user"),
    deny("payment").when(param("amount") > 10_000),
    review("send_email"),
    agent="support",
)

tools = [{"type": "function", "function": {"name": name, "parameters": {"type": "object"}}} for name in ("search", "delete_user", "payment", "send_email")]
response = client.chat.completions.create(
    model="gpt-5.6",
    messages=[{"role": "user", "content": "Clean up the account of Ada and tell her."}],
    tools=tools,
)

for call in response.choices[0].message.tool_calls or []:
    print("run:", call.function.name, call.function.arguments)
for blocked in response._agsec_blocked:
    print("blocked:", blocked["name"])
