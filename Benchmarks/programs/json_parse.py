"""Reads a JSON text of about 1 MB, ten times."""

import json


def main():
    rows = [
        {"id": i, "name": f"user {i}", "tags": ["a", "bc"], "score": i / 4 if i % 4 else i // 4,
         "active": i % 3 == 0, "note": None}
        for i in range(11500)
    ]
    text = json.dumps(rows, separators=(",", ":"))
    read = 0
    for _ in range(10):
        copy = json.loads(text)
        read += len(copy) + copy[-1]["id"]
    assert len(text) == 1039007 and read == 229990 and copy == rows, (len(text), read)


main()
print("ok")
