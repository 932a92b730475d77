"""A session with the server as text, for spec/language-server.md. `python3 session.py LASHC` prints it; a
test holds the page to it."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

MOCK = {"modules": {"web": {"fetch": {"value": "page", "input": "{url: str}", "output": "str"}}}}
URI = "file:///demo/program.lash"
TEXT = 'page = await web.fech({url: "a"})?\nprint page\n'
DOCUMENT = {"textDocument": {"uri": URI}}


def at(line, character):
    return {**DOCUMENT, "position": {"line": line, "character": character}}


def edit(line, start, end, text):
    span = {"start": {"line": line, "character": start}, "end": {"line": line, "character": end}}
    return {"range": span, "text": text}


# Requests have a number; a notification of the client is followed by what the server says.
STEPS = [
    ("initialize", {"capabilities": {"general": {"positionEncodings": ["utf-8", "utf-16"]}}}),
    ("textDocument/didOpen", {"textDocument": {"uri": URI, "languageId": "lash", "version": 1, "text": TEXT}}),
    ("textDocument/codeAction", {**DOCUMENT, "range": edit(0, 17, 17, "")["range"], "context": {"diagnostics": []}}),
    ("textDocument/didChange", {"textDocument": {"uri": URI, "version": 2}, "contentChanges": [edit(0, 17, 21, "fetch")]}),
    ("textDocument/hover", at(1, 8)),
    ("textDocument/signatureHelp", at(0, 30)),
    ("textDocument/rename", {**at(1, 8), "newName": "text"}),
    ("textDocument/rename", {**at(1, 8), "newName": "while"}),
    ("workspace/executeCommand", {"command": "lash.run", "arguments": [URI]}),
    ("lash/documentText", DOCUMENT),
    ("shutdown", None),
]  # fmt: skip


def short(value):
    """JSON on one line, what is long or differs from run to run left out."""
    if isinstance(value, dict):
        value = {k: v if k not in ("capabilities", "stats") else "…" for k, v in value.items()}
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) < 700 else text[:700] + " …"


def session(command):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        (folder / "mock.json").write_text(json.dumps(MOCK), "utf-8")
        (folder / "lash.json").write_text('{"mock": "mock.json"}', "utf-8")
        local = json.dumps((folder / "program.lash").as_uri())[1:-1]
        server = subprocess.Popen(
            [command, "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

        def receive():
            length = int(server.stdout.readline().split(b":")[1])
            server.stdout.readline()
            return json.loads(server.stdout.read(length).decode().replace(local, URI))

        for number, (method, parameters) in enumerate(STEPS):
            is_request = not method.startswith("textDocument/did")
            message = {"jsonrpc": "2.0", "method": method, "params": parameters}
            if is_request:
                message["id"] = number
            body = json.dumps(message).replace(URI, local).encode()
            server.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
            server.stdin.flush()
            yield f"→ {method} {short(parameters) if parameters else ''}".rstrip()
            answer = receive()
            if "method" in answer:
                yield f"← {answer['method']} {short(answer['params'])}"
            else:
                kind = "error" if "error" in answer else "result"
                yield f"← {kind} {short(answer[kind])}"
            if method == "workspace/executeCommand":
                told = receive()
                yield f"← {told['method']} {short(told['params'])}"
        server.stdin.close()
        server.wait()


if __name__ == "__main__":
    print("\n".join(session(sys.argv[1])))
