"""The same client for another provider of that protocol, streamed: text as it comes, calls when they are decided."""

import os

from openai import OpenAI

from agsec.integrations.openai import allow, deny, protect

client = protect(
    OpenAI(base_url="https://openrouter.ai/api/v1", api_key=os.environ.get("OPENROUTER_API_KEY", "")),
    allow("search"),
    deny("delete_user"),
)

stream = client.chat.completions.create(model="some/model", messages=[{"role": "user", "content": "Find Ada, delete Ada."}], stream=True)
for chunk in stream:
    for choice in chunk.choices:
        if choice.delta.content:
            print(choice.delta.content, end="")
        for call in choice.delta.tool_calls or []:
            print("\nrun:", call.function.name, call.function.arguments)
print("\nblocked:", [blocked["name"] for blocked in stream._agsec_blocked])
