"""What is no message, or not in turn, gets the error that JSON-RPC has for it."""

import json
import subprocess

import pytest
from conftest import LASHC, PATIENCE


def frame(content):
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    return b"Content-Length: %d\r\n\r\n" % len(body) + body


def talk(*parts):
    """The answers to raw bytes, and the exit status after the end of the input."""
    done = subprocess.run(
        [LASHC, "lsp"], input=b"".join(parts), capture_output=True, timeout=PATIENCE
    )
    assert done.stderr == b""
    answers, rest = [], done.stdout
    while rest:
        head, _, rest = rest.partition(b"\r\n\r\n")
        length = int(head.removeprefix(b"Content-Length: "))
        answers.append(json.loads(rest[:length]))
        rest = rest[length:]
    return answers, done.returncode


def request(method, number=1, **parameters):
    return frame({"jsonrpc": "2.0", "id": number, "method": method, "params": parameters})


def notification(method, **parameters):
    return frame({"jsonrpc": "2.0", "method": method, "params": parameters})


START = request("initialize", 0, capabilities={})
END = request("shutdown", 99) + notification("exit")
OPEN = notification(
    "textDocument/didOpen",
    textDocument={"uri": "file:///a.lash", "languageId": "lash", "version": 1, "text": "x = 1\n"},
)


@pytest.mark.parametrize(
    "sent, code, number",
    [
        (frame(b"{"), -32700, None),
        (frame(b"\xff\xfe"), -32700, None),
        (frame(b"[" * 100_000), -32700, None),
        (b"Content-Length: many\r\n\r\n", -32700, None),
        (b"Content-Type: x\r\n\r\n", -32700, None),
        (frame([]), -32600, None),
        (frame({"jsonrpc": "2.0", "id": 1}), -32600, 1),
        (frame({"jsonrpc": "2.0", "id": 1, "method": 7}), -32600, 1),
        (request("no/such"), -32601, 1),
        (request("textDocument/hover"), -32602, 1),
        (request("textDocument/hover", textDocument={"uri": "file:///b.lash"}), -32602, 1),
        (request("initialize", capabilities={}), -32600, 1),
        (request("workspace/executeCommand", command="rm"), -32602, 1),
    ],
)
def test_errors(sent, code, number):
    answers, status = talk(START, sent, request("lash/documentText", 5), END)
    errors = [a for a in answers if "error" in a]
    assert (errors[0]["error"]["code"], errors[0]["id"]) == (code, number)
    # It goes on: the next request has its own answer.
    assert errors[1]["id"] == 5
    assert [a["id"] for a in answers if a.get("id") == 99] == [99]
    assert status == 0


def test_not_in_turn():
    answers, status = talk(request("textDocument/hover"), OPEN, START, END)
    assert answers[0]["error"]["code"] == -32002
    assert status == 0
    answers, _ = talk(START, request("shutdown", 1), request("textDocument/hover", 2))
    assert answers[-1]["error"]["code"] == -32600
    assert talk(START, notification("exit"))[1] == 1
    assert talk(START)[1] == 1
    assert talk()[1] == 1


def test_unknown_notifications_are_ignored():
    answers, _ = talk(START, notification("$/whatever"), notification("no/such"), OPEN, END)
    assert [a["id"] for a in answers if "id" in a] == [0, 99]


def test_bad_parameters_of_notifications():
    change = {"uri": "file:///a.lash", "version": 2}
    answers, status = talk(
        START,
        OPEN,
        notification("textDocument/didChange", textDocument=change, contentChanges=[{"text": 1}]),
        notification("textDocument/didChange", textDocument=change, contentChanges=7),
        notification(
            "textDocument/didChange",
            textDocument=change,
            contentChanges=[{"text": "", "range": {"start": {"line": -1, "character": 0}}}],
        ),
        notification("textDocument/didOpen"),
        request("lash/documentText", 7, textDocument={"uri": "file:///a.lash"}),
        END,
    )
    assert [a["result"]["text"] for a in answers if a.get("id") == 7] == ["x = 1\n"]
    assert status == 0


def test_cancelled_before_it_began():
    asked = {"textDocument": {"uri": "file:///a.lash"}, "position": {"line": 0, "character": 0}}
    answers, _ = talk(
        START,
        OPEN,
        request("textDocument/hover", 1, **asked),
        request("textDocument/hover", 2, **asked),
        notification("$/cancelRequest", id=2),
        notification("$/cancelRequest", id="unknown"),
        END,
    )
    by_id = {a["id"]: a for a in answers if "id" in a}
    assert "result" in by_id[1]
    assert by_id[2]["error"]["code"] == -32800


def test_a_newer_version_supersedes():
    """Of the changes that arrived together only the last is checked."""
    text = [{"text": f"print y{n}\n"} for n in range(12)]
    changes = [
        notification(
            "textDocument/didChange",
            textDocument={"uri": "file:///a.lash", "version": n + 2},
            contentChanges=[change],
        )
        for n, change in enumerate(text)
    ]
    sent = START + OPEN + b"".join(changes)
    assert len(sent) < 4096, "one write to a pipe has to hold it"
    server = subprocess.Popen([LASHC, "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    server.stdin.write(sent)
    server.stdin.flush()
    versions = []
    while not versions or versions[-1] < 13:
        length = int(server.stdout.readline().split(b":")[1])
        server.stdout.readline()
        answer = json.loads(server.stdout.read(length))
        if answer.get("method") == "textDocument/publishDiagnostics":
            versions.append(answer["params"]["version"])
    server.stdin.close()
    server.wait(PATIENCE)
    assert versions == [13]


def test_header_forms():
    body = json.dumps({"jsonrpc": "2.0", "id": 3, "method": "no/such"}).encode()
    lean = b"content-length:%d\n\n" % len(body) + body
    full = b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    answers, _ = talk(START, lean, full, END)
    assert [a["error"]["code"] for a in answers if a.get("id") == 3] == [-32601, -32601]
