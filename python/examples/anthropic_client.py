"""A client of Anthropic's behind policies in files."""

from anthropic import Anthropic

from agsec.integrations.anthropic import protect

client = protect(Anthropic(), policy_dir="policies", agent="support")

message = client.messages.create(
    model="claude-sonnet-5-5",
    max_tokens=1024,
    tools=[{"name": name, "input_schema": {"type": "object"}} for name in ("search", "delete_user")],
    messages=[{"role": "user", "content": "Find Ada, delete Ada."}],
)

for block in message.content:
    print(f"run: {block.name} {block.input}" if block.type == "tool_use" else f"text: {block.text}")
for blocked in message._agsec_blocked:
    print("blocked:", blocked["name"])
