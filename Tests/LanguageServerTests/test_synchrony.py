"""Whatever a client sends, the server's text stays the client's, or the client is told."""

import json

import pytest
from test_protocol import END, START, frame, notification, request, talk

URI = "file:///a.lash"


def opened(text):
    document = {"uri": URI, "languageId": "lash", "version": 1, "text": text}
    return notification("textDocument/didOpen", textDocument=document)


def changed(*changes, version=2):
    document = {"uri": URI, "version": version}
    return notification("textDocument/didChange", textDocument=document, contentChanges=changes)


def replaced(start, end, text):
    places = [dict(zip(("line", "character"), place)) for place in (start, end)]
    return {"range": dict(zip(("start", "end"), places)), "text": text}


def text_after(*sent):
    """The server's text in the end; nothing sent is an error."""
    asked = request("lash/documentText", 7, textDocument={"uri": URI})
    answers, status = talk(START, *sent, asked, END)
    assert status == 0
    assert [a for a in answers if "error" in a] == []
    (text,) = [a["result"]["text"] for a in answers if a.get("id") == 7]
    return text


# Halves of surrogate pairs, as escapes of JSON. Each is one unit of a column for such a client.
HALVES = [
    # Places behind one are found.
    (opened('x = "\ud83d"; y = 1\n') + changed(replaced((0, 13), (0, 14), "2")), 'x = "\ufffd"; y = 2\n'),
    (opened('x = "\ude00"\n') + changed(replaced((0, 5), (0, 6), "a")), 'x = "a"\n'),
    # One in a change.
    (opened("ab") + changed(replaced((0, 1), (0, 1), "\ud800")), "a\ufffdb"),
    # A client takes half of a character away, and puts another half in its place.
    (opened("a😀b") + changed(replaced((0, 2), (0, 3), ""), replaced((0, 3), (0, 3), "!")), "a\ufffdb!"),
    (
        opened("a😀b") + changed(replaced((0, 2), (0, 3), "\ude01"), replaced((0, 3), (0, 4), "c")),
        "a\ufffd\ufffdc",
    ),
    # A whole pair in two escapes is a character.
    (opened("") + changed({"text": "\U0001f600"}), "😀"),
]  # fmt: skip


@pytest.mark.parametrize("sent, expected", HALVES)
def test_halves_of_surrogate_pairs(sent, expected):
    assert text_after(sent) == expected


FAR = 2**31 - 1


@pytest.mark.parametrize(
    "change, expected",
    [
        (replaced((FAR, FAR), (FAR, FAR), "!"), "ab\ncd!"),
        (replaced((0, FAR), (0, FAR), "!"), "ab!\ncd"),
        (replaced((0, FAR), (1, 0), ""), "abcd"),
        (replaced((0, 0), (FAR, 0), ""), ""),
        (replaced((2**63 - 1, 0), (2**63 - 1, 2**63 - 1), "!"), "ab\ncd!"),
        # The ends in the wrong order.
        (replaced((1, 1), (0, 1), ""), "ad"),
    ],
)
def test_places_beyond_the_text(change, expected):
    assert text_after(opened("ab\ncd"), changed(change)) == expected


@pytest.mark.parametrize(
    "place",
    [{"line": -1, "character": 0}, {"line": 0}, {"line": 0.5, "character": 0}, [], {"line": 2**64, "character": 0}],
)  # fmt: skip
def test_places_that_are_none_are_told(place):
    """Such a change cannot be applied: the client gets a message, and nothing else changes."""
    bad = {"range": {"start": place, "end": {"line": 0, "character": 1}}, "text": "!"}
    first = replaced((0, 0), (0, 1), "A")
    asked = request("lash/documentText", 7, textDocument={"uri": URI})
    answers, _ = talk(START, opened("ab"), changed(first, bad), asked, END)
    assert [a["result"]["text"] for a in answers if a.get("id") == 7] == ["Ab"]
    (told,) = [a["params"]["message"] for a in answers if a.get("method") == "window/logMessage"]
    assert "must be a position" in told


def test_a_long_line():
    """A line of ten million columns, with places asked for and given at its far end."""
    text = "x = 'é" + "a" * 10_000_000 + "'" + "; print x" * 2_000
    last = {"line": 0, "character": len(text) - 1}
    document = {"textDocument": {"uri": URI}}
    answers, _ = talk(
        START,
        opened(text),
        request("textDocument/semanticTokens/full", 7, **document),
        request("textDocument/hover", 8, position=last, **document),
        END,
    )
    result = {a["id"]: a.get("result") for a in answers if "id" in a}
    columns, column = [], 0
    for delta in result[7]["data"][1::5]:
        column += delta
        columns.append(column)
    assert columns[-2:] == [len(text) - len("print x"), len(text) - 1]
    assert result[8]["range"]["start"] == last


def test_a_text_that_is_too_long():
    """A text beyond what is checked is kept, and checked once it is shorter."""
    text = "x = 1\n" * 3_000_000
    short = changed(replaced((1, 0), (FAR, 0), "print y\n"))
    asked = request("lash/documentText", 7, textDocument={"uri": URI})
    answers, status = talk(START, opened(text), short, asked, END)
    assert [a["result"]["text"] for a in answers if a.get("id") == 7] == ["x = 1\nprint y\n"]
    assert status == 0


@pytest.mark.parametrize("cut", [1, 10, 20, -1])
def test_the_end_of_the_input_in_a_message(cut):
    sent = opened("x = 1\n")
    answers, status = talk(START, sent[:cut] if cut > 0 else sent + b"Content-Le")
    assert [a["id"] for a in answers if "id" in a] == [0]
    assert status == 1


@pytest.mark.parametrize("number", [None, [], {}, 1.5, "x" * 10_000, -(2**63), "é\0"])
def test_ids(number):
    """An id is answered as it came, and any may be cancelled."""
    cancelled = notification("$/cancelRequest", id=number)
    answers, _ = talk(cancelled, START, cancelled, request("no/such", number), END)
    assert [a["id"] for a in answers if a.get("error", {}).get("code") == -32601] == [number]


@pytest.mark.parametrize(
    "head",
    [b"Content-Length:\t%d\r\n\r\n", b"CONTENT-LENGTH: %d \r\n\r\n", b"X: 1\r\nContent-Length: %d\n\r\n"],
)  # fmt: skip
def test_unusual_headers(head):
    body = json.dumps({"jsonrpc": "2.0", "id": 3, "method": "no/such"}).encode()
    answers, _ = talk(START, head % len(body) + body, END)
    assert [a["error"]["code"] for a in answers if a.get("id") == 3] == [-32601]


@pytest.mark.parametrize(
    "content", [b"", b" ", b"{}{}", b'"\\ud83"', b'{"method": "\xed\xa0\x80"}', b"\xef\xbb\xbf{}", b"nul"]
)
def test_contents_that_are_no_message(content):
    answers, status = talk(START, frame(content), request("no/such", 5), END)
    errors = [(a["error"]["code"], a["id"]) for a in answers if "error" in a]
    assert errors == [(-32700, None), (-32601, 5)]
    assert status == 0
