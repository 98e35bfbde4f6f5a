"""The guards of clients and tools, tried on stand-ins: see stand_ins.py."""

import asyncio
import copy
import functools
import unittest

from agsec import AgsecError, Client, PolicyViolationError
from agsec.integrations import anthropic, langchain, openai
from agsec.integrations.openai import allow, deny, param, review

from . import stand_ins as si
from .support import COMMAND, PolicyTest

RULES = (allow("*"), deny("drop"), deny("pay").when(param("amount") > 10), review("mail"))


@functools.lru_cache(maxsize=None)
def ordinary_guard():
    return Client(*RULES, command=COMMAND, timeout=30.0)


def everything(stream):
    return list(stream)


async def everything_async(stream):
    return [item async for item in stream]


class Integration(PolicyTest):
    def guard(self, *rules, **more):
        # Most tests ask one and the same policy, and so one process.
        if not rules and not more:
            return ordinary_guard()
        client = Client(*(rules or RULES), **self.options(**more))
        self.addCleanup(client.close)
        return client


class OpenAIChat(Integration):
    def create(self, answer, guard=None, **kwargs):
        return openai.protect(si.OpenAI(answer), guard=guard or self.guard()).chat.completions.create(model="m", **kwargs)

    def test_every_choice_and_every_call(self):
        response = self.create(
            si.completion(
                si.choice(si.call("get", "{}", "1"), si.call("drop", "{}", "2"), si.call("pay", '{"amount": 5}', "3")),
                si.choice(si.call("drop", "{}", "4"), content="so", index=1),
                si.choice(content="text", index=2),
            )
        )
        first, second, third = response.choices
        self.assertEqual([call.id for call in first.message.tool_calls], ["1", "3"])
        self.assertEqual((first.finish_reason, second.finish_reason, third.finish_reason), ("tool_calls", "stop", "stop"))
        self.assertIsNone(second.message.tool_calls)
        self.assertTrue(second.message.content.startswith("so\n[agsec] "))
        self.assertEqual(third.message.content, "text")
        self.assertEqual([each["id"] for each in response._agsec_blocked], ["2", "4"])
        self.assertEqual(set(response._agsec_blocked[0]), {"id", "name", "reason", "sid", "status", "message"})

    def test_arguments_that_cannot_be_read_are_refused(self):
        for arguments in ('{"amount": 5', "[]", "null", '"x"', '{"amount": NaN}', "{}{}"):
            with self.subTest(arguments):
                response = self.create(si.completion(si.choice(si.call("pay", arguments))))
                self.assertIsNone(response.choices[0].message.tool_calls)

    def test_other_kinds_of_calls(self):
        custom = si.N(id="1", type="custom", custom=si.N(name="drop", input="x"))
        legacy = si.choice()
        legacy.message.function_call, legacy.finish_reason = si.N(name="drop", arguments="{}"), "function_call"
        response = self.create(si.completion(si.choice(custom), legacy))
        self.assertIsNone(response.choices[0].message.tool_calls)
        self.assertIsNone(response.choices[1].message.function_call)
        self.assertEqual(response.choices[1].finish_reason, "stop")

    def test_reviews(self):
        answer = si.completion(si.choice(si.call("mail", '{"to": "a"}')))
        self.assertIsNone(self.create(copy.deepcopy(answer)).choices[0].message.tool_calls)
        for approved in (True, False):
            response = self.create(copy.deepcopy(answer), self.guard(on_review=lambda decision: approved))
            self.assertEqual(response.choices[0].message.tool_calls is not None, approved)

    def test_no_policy_lets_nothing_through(self):
        guard = Client(**self.options(bundle=self.folder / "none.cjs"))
        self.assertIsNone(self.create(si.completion(si.choice(si.call("get", "{}"))), guard).choices[0].message.tool_calls)

    def test_the_client_stays_what_it_is(self):
        inner = si.OpenAI(si.completion(si.choice(si.call("drop", "{}"))))
        guard = self.guard()
        client = openai.protect(inner, guard=guard)
        self.assertIsInstance(client, si.OpenAI)
        self.assertEqual(client.api_key, "k")
        self.assertIs(openai.protect(client, guard=guard), client)
        again = client.with_options(timeout=1).chat.completions.create()
        self.assertEqual([each["name"] for each in again._agsec_blocked], ["drop"])
        for around in ("stream", "with_raw_response"):
            with self.assertRaises(AgsecError):
                getattr(client.chat.completions, around)
        both = openai.protect(client, allow("*"), **self.options())
        self.assertIsNone(both.chat.completions.create().choices[0].message.tool_calls)

    def test_asynchronously(self):
        async def main():
            client = openai.protect(si.AsyncOpenAI(si.completion(si.choice(si.call("drop", "{}")))), guard=self.guard())
            return await client.chat.completions.create()

        self.assertIsNone(asyncio.run(main()).choices[0].message.tool_calls)


def chat_stream():
    return [
        si.chunk("Let me "),
        si.chunk(calls=[si.piece(0, "1", "get", "")]),
        si.chunk("see"),
        si.chunk(calls=[si.piece(0, arguments="{}"), si.piece(1, "2", "drop", '{"a"')]),
        si.chunk(calls=[si.piece(1, arguments=": 1}")]),
        si.chunk(calls=[si.piece(2, "3", "pay", '{"amount": 7}')]),
        si.chunk("other", index=1),
        si.chunk(calls=[si.piece(0, "4", "drop", "{}")], index=1),
        si.chunk(finish="tool_calls"),
        si.chunk(finish="tool_calls", index=1),
        si.N(id="c", choices=[], usage=si.N(total_tokens=5)),
    ]


class OpenAIStream(Integration):
    def check(self, seen, blocked):
        calls = [(c.index, d.index, d.id, d.function.name, d.function.arguments) for item in seen for c in item.choices for d in c.delta.tool_calls or []]
        self.assertEqual(calls, [(0, 0, "1", "get", "{}"), (0, 1, "3", "pay", '{"amount": 7}')])
        finishes = [(c.index, c.finish_reason) for item in seen for c in item.choices if c.finish_reason]
        self.assertEqual(finishes, [(0, "tool_calls"), (1, "stop")])
        texts = [c.delta.content for item in seen for c in item.choices if c.delta.content]
        self.assertEqual(texts[:3], ["Let me ", "see", "other"])
        self.assertEqual([text[:8] for text in texts[3:]], ["[agsec] ", "[agsec] "])
        self.assertEqual([each["id"] for each in blocked], ["2", "4"])
        self.assertEqual(seen[-1].usage.total_tokens, 5)

    def test_calls_are_withheld_until_they_are_whole(self):
        inner = si.Stream(chat_stream())
        stream = openai.protect(si.OpenAI(inner), guard=self.guard()).chat.completions.create(stream=True)
        first = next(stream)
        # Text goes on unchanged, and nothing is read ahead.
        self.assertIs(first, inner.items[0])
        self.assertEqual(inner.taken, 1)
        self.check([first, *stream], stream._agsec_blocked)

    def test_asynchronously(self):
        async def main():
            client = openai.protect(si.AsyncOpenAI(si.AsyncStream(chat_stream())), guard=self.guard())
            stream = await client.chat.completions.create(stream=True)
            return await everything_async(stream), stream._agsec_blocked

        self.check(*asyncio.run(main()))

    def test_several_streams_of_one_client(self):
        async def one(client):
            stream = await client.chat.completions.create(stream=True)
            return await everything_async(stream), stream._agsec_blocked

        async def main():
            client = openai.protect(si.AsyncOpenAI(si.AsyncStream(chat_stream())), guard=self.guard())
            return await asyncio.gather(*(one(client) for _ in range(10)))

        for result in asyncio.run(main()):
            self.check(*result)

    def test_a_call_that_is_cut_off_never_comes(self):
        for items in (chat_stream()[:5], [si.chunk(calls=[si.piece(0, "1", "pay", '{"amount": 5')]), si.chunk(finish="length")]):
            stream = openai.protect(si.OpenAI(si.Stream(items)), guard=self.guard()).chat.completions.create(stream=True)
            seen = everything(stream)
            self.assertFalse([d for item in seen for c in item.choices for d in c.delta.tool_calls or []])
            self.assertTrue(stream._agsec_blocked)

    def test_what_may_not_be_whole_does_not_pass_where_the_answer_was_cut_off(self):
        def calls_of(choice):
            client = openai.protect(si.OpenAI(si.completion(choice)), guard=self.guard())
            return client.chat.completions.create().choices[0].message.tool_calls

        custom = si.N(id="2", type="custom", custom=si.N(name="get", input="all of it exc"))
        for call in (si.call("get", ""), custom):
            cut, whole = si.choice(call), si.choice(call)
            cut.finish_reason = "length"
            self.assertIsNone(calls_of(cut))
            self.assertEqual(calls_of(whole), [call])
        pieces = [si.chunk(calls=[si.piece(0, "1", "get", "")]), si.chunk(finish="length")]
        seen = everything(openai.protect(si.OpenAI(si.Stream(pieces)), guard=self.guard()).chat.completions.create(stream=True))
        self.assertFalse([each for item in seen for c in item.choices for each in c.delta.tool_calls or []])

    def test_stopping_early(self):
        inner = si.Stream(chat_stream())
        with openai.protect(si.OpenAI(inner), guard=self.guard()).chat.completions.create(stream=True) as stream:
            for _ in stream:
                break
        self.assertTrue(inner.closed)


def function_item(name, arguments="{}", id="fc_1"):
    return si.N(type="function_call", id=id, call_id=f"call_{id}", name=name, arguments=arguments)


class OpenAIResponses(Integration):
    def test_items_of_the_output(self):
        text = si.N(type="message", content=[])
        shell = si.N(type="local_shell_call", id="s", call_id="s", action=si.N(type="exec", command=["rm", "-rf", "/"]))
        hosted = si.N(type="web_search_call", id="w", status="completed")
        answer = si.N(output=[text, function_item("get"), function_item("drop"), shell, hosted])
        guard = self.guard(*RULES, deny("bash.execute"), deny("local_shell"))
        response = openai.protect(si.OpenAI(answer), guard=guard).responses.create()
        self.assertEqual([item.type for item in response.output], ["message", "function_call", "message", "message", "web_search_call"])
        self.assertIn("[agsec]", response.output[2].content[0].text)
        self.assertEqual([each["name"] for each in response._agsec_blocked], ["drop", "local_shell"])

    def test_items_that_are_run_somewhere_else_or_are_newer(self):
        approval = si.N(type="mcp_approval_request", id="m", server_label="srv", name="drop", arguments="{}")
        newer = si.N(type="browser_call", id="b", call_id="b", status="completed", action={"url": "https://example.com"})
        listed = si.N(type="local_shell_call", id="s", call_id="s", action=si.N(type="exec", command=["ls", "a b"]))
        answer = si.N(output=[approval, newer, listed])
        guard = self.guard(allow("*"), deny("mcp.srv.drop"), deny("browser"))
        response = openai.protect(si.OpenAI(answer), guard=guard).responses.create()
        self.assertEqual([item.type for item in response.output], ["message", "message", "local_shell_call"])
        self.assertEqual([each["name"] for each in response._agsec_blocked], ["mcp__srv__drop", "browser"])

    def test_items_that_are_cut_off(self):
        free = si.N(type="custom_tool_call", id="c", call_id="c", name="get", input="all of it exc", status="incomplete")
        empty = si.N(type="function_call", id="f", call_id="f", name="get", arguments="", status="incomplete")
        answer = si.N(output=[free, empty])
        response = openai.protect(si.OpenAI(answer), guard=self.guard()).responses.create()
        self.assertEqual([item.type for item in response.output], ["message", "message"])

    def test_events(self):
        def item_events(index, item):
            return [
                si.N(type="response.output_item.added", output_index=index, item=item),
                si.N(type="response.function_call_arguments.delta", output_index=index, delta="{}"),
                si.N(type="response.output_item.done", output_index=index, item=item),
            ]

        get, drop = function_item("get", id="1"), function_item("drop", id="2")
        whole = si.N(output=[get, drop])
        events = [
            si.N(type="response.created", response=si.N(output=[])),
            si.N(type="response.output_text.delta", output_index=9, delta="hi"),
            *item_events(0, get),
            *item_events(1, drop),
            si.N(type="response.completed", response=whole),
        ]
        stream = openai.protect(si.OpenAI(si.Stream(events)), guard=self.guard()).responses.create(stream=True)
        seen = everything(stream)
        self.assertEqual(seen[:5], events[:5])
        self.assertEqual([(e.type.split(".")[-1], e.item.type) for e in seen[5:7]], [("added", "message"), ("done", "message")])
        self.assertEqual([item.type for item in seen[-1].response.output], ["function_call", "message"])
        self.assertEqual([each["name"] for each in stream._agsec_blocked], ["drop"])


class Anthropic(Integration):
    def test_blocks(self):
        answer = si.message(si.text_block("so"), si.tool_block("get", {}, "1"), si.tool_block("drop", {}, "2"))
        response = anthropic.protect(si.Anthropic(answer), guard=self.guard()).messages.create()
        self.assertEqual([block.type for block in response.content], ["text", "tool_use", "text"])
        self.assertEqual((response.stop_reason, [each["id"] for each in response._agsec_blocked]), ("tool_use", ["2"]))
        response = anthropic.protect(si.Anthropic(si.message(si.tool_block("drop", {}))), guard=self.guard()).beta.messages.create()
        self.assertEqual((response.stop_reason, response.content[0].type), ("end_turn", "text"))
        self.assertIn("[agsec]", response.content[0].text)

    def test_asynchronously(self):
        async def main():
            client = anthropic.protect(si.AsyncAnthropic(si.message(si.tool_block("drop", {}))), guard=self.guard())
            return await client.messages.create()

        self.assertEqual(asyncio.run(main()).stop_reason, "end_turn")

    def events(self, *names, stop="tool_use"):
        events = [si.N(type="message_start", message=si.message())]
        events += si.block_events(0, si.text_block(""), si.text_delta("so"))
        for index, (name, *pieces) in enumerate(names, 1):
            events += si.block_events(index, si.tool_block(name, {}, f"t{index}"), *(si.json_delta(piece) for piece in pieces))
        return [*events, *si.message_end(stop)]

    def stream(self, events):
        inner = si.Stream(events)
        stream = anthropic.protect(si.Anthropic(inner), guard=self.guard()).messages.create(stream=True)
        return everything(stream), stream, inner

    def test_streams(self):
        events = self.events(["get", "{", "}"], ["pay", '{"amount"', ": 50}"], ["pay", '{"amount": 5}'])
        seen, stream, _ = self.stream(events)
        starts = [(e.index, e.content_block.type) for e in seen if e.type == "content_block_start"]
        self.assertEqual(starts, [(0, "text"), (1, "tool_use"), (2, "text"), (3, "tool_use")])
        self.assertEqual([e.index for e in seen if e.type == "content_block_stop"], [0, 1, 2, 3])
        self.assertEqual([e.delta.stop_reason for e in seen if e.type == "message_delta"], ["tool_use"])
        self.assertEqual(seen[:4], events[:4])
        self.assertEqual([each["id"] for each in stream._agsec_blocked], ["t2"])

    def test_streams_that_lose_all_their_calls(self):
        for pieces in (['{"amount": 50}'], ['{"amount": 5'], ["[]"]):
            seen, stream, _ = self.stream(self.events(["pay", *pieces]))
            self.assertEqual([e.delta.stop_reason for e in seen if e.type == "message_delta"], ["end_turn"])
            self.assertNotIn("tool_use", [e.content_block.type for e in seen if e.type == "content_block_start"])

    def test_a_call_that_is_cut_off_never_comes(self):
        seen, stream, _ = self.stream(self.events(["get", "{}"])[:6])
        self.assertEqual([e.content_block.type for e in seen if e.type == "content_block_start"], ["text"])
        self.assertEqual([each["name"] for each in stream._agsec_blocked], ["get"])

    def test_what_goes_around_is_closed(self):
        client = anthropic.protect(si.Anthropic(si.message()), guard=self.guard())
        with self.assertRaises(AgsecError):
            client.messages.stream()


class LangChain(Integration):
    def test_the_published_example(self):
        search, calculator, mail, drop, pay = (si.BaseTool(name, lambda **args: args) for name in ("search", "calculator", "mail", "drop", "pay"))
        tools = langchain.guard(
            allow(search, calculator),
            review(mail),
            deny(drop),
            deny(pay).when(param("amount") > 10000),
            allow(pay),
            **self.options(),
        )
        self.assertEqual([tool.name for tool in tools], ["search", "calculator", "mail", "drop", "pay"])
        self.assertEqual(tools[0].invoke({"query": "x"}), {"query": "x"})
        for tool, args in ((tools[2], {}), (tools[3], {"table": "users"}), (tools[4], {"amount": 50000})):
            with self.assertRaises(PolicyViolationError):
                tool.invoke(args)
        self.assertEqual(tools[4].invoke({"amount": 50}), {"amount": 50})
        self.assertEqual(drop.invoke({"table": "t"}), {"table": "t"})
        self.assertIsInstance(tools[3], si.BaseTool)

    def test_bare_tools_are_allowed_among_rules(self):
        search, drop = (si.BaseTool(name, lambda *args, **named: "ran") for name in ("search", "drop"))
        tools = langchain.guard(search, deny(drop), **self.options())
        self.assertEqual(tools[0].invoke("text alone"), "ran")
        self.assertEqual(asyncio.run(tools[0].ainvoke({})), "ran")
        with self.assertRaises(PolicyViolationError):
            asyncio.run(tools[1].ainvoke({}))

    def test_refusals_as_results(self):
        guard = self.guard()
        [drop] = langchain.guard(si.BaseTool("drop", lambda: "ran"), client=guard, raises=False)
        self.assertTrue(drop.invoke({}).startswith("[agsec] "))
        self.assertIn("[agsec]", str(drop.invoke({"type": "tool_call", "name": "drop", "args": {}, "id": "c1"})))
        self.assertIs(langchain.guard(drop, client=guard)[0], drop)

    def test_functions(self):
        def drop(table):
            return table

        [guarded] = langchain.guard(drop, client=self.guard())
        with self.assertRaises(PolicyViolationError):
            guarded("t")


if __name__ == "__main__":
    unittest.main()
