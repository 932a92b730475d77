#!/usr/bin/env python3
"""How long after an edit the problems of a long file arrive. Usage: Benchmarks/lsp.py LASHC [LINES]"""

import json
import statistics
import subprocess
import sys
import time

BLOCK = """fn area{0}(width: float, height: float) -> float {{ width * height }}
rows{0} = [{{name: "a", size: {0}}}, {{name: "b", size: 2}}]
total{0} = 0
for row in rows{0} {{
  if row.size > 1 and row.name != "c" {{
    total{0} = total{0} + row.size * 2
  }} else {{
    print f"{{row.name}}: {{row.size}}"
  }}
}}
names{0} = sort([upper(row.name) for row in rows{0} if row.size > 0])
print join(names{0}, ", ") + to_string(area{0}(total{0}, 2))
"""


class Server:
    def __init__(self, command):
        self.process = subprocess.Popen(
            [command, "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def send(self, method, params, number=None):
        message = {"jsonrpc": "2.0", "method": method, "params": params}
        if number is not None:
            message["id"] = number
        body = json.dumps(message).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def receive(self):
        length = int(self.process.stdout.readline().split(b":")[1])
        self.process.stdout.readline()
        return json.loads(self.process.stdout.read(length))


def main():
    lines = int(sys.argv[2]) if len(sys.argv) > 2 else 2_000
    text = "".join(BLOCK.format(n) for n in range(-(-lines // 12)))
    lines = text.count("\n")
    server = Server(sys.argv[1])
    server.send("initialize", {"capabilities": {}}, 1)
    server.receive()
    uri = "file:///bench.lash"
    document = {"uri": uri, "languageId": "lash", "version": 1, "text": text}
    server.send("textDocument/didOpen", {"textDocument": document})
    server.receive()
    times = []
    for version in range(2, 202):
        # A line with a name that is not there comes and goes in the middle.
        line = lines // 2 // 12 * 12 + 2
        start = {"line": line, "character": 0}
        end = {"line": line + version % 2, "character": 0}
        text = "" if version % 2 else "print missing\n"
        change = {"range": {"start": start, "end": end}, "text": text}
        begun = time.perf_counter()
        server.send(
            "textDocument/didChange",
            {"textDocument": {"uri": uri, "version": version}, "contentChanges": [change]},
        )
        answer = server.receive()
        times.append((time.perf_counter() - begun) * 1000)
        codes = [problem["code"] for problem in answer["params"]["diagnostics"]]
        assert ("E0201" in codes) == (version % 2 == 0), codes
    times.sort()
    print(
        f"{lines} lines, {len(times)} edits: median "
        f"{statistics.median(times):.1f} ms, least {times[0]:.1f} ms, most {times[-1]:.1f} ms"
    )
    server.send("shutdown", None, 2)
    server.receive()
    server.send("exit", None)


main()
