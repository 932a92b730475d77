"""Writes a value as about 1 MB of JSON text, ten times."""

import json


def main():
    rows = [
        {"id": i, "name": f"user {i}", "tags": ["a", "bc"], "score": i / 4 if i % 4 else i // 4,
         "active": i % 3 == 0, "note": None}
        for i in range(11500)
    ]
    size = 0
    for _ in range(10):
        size += len(json.dumps(rows, separators=(",", ":"), ensure_ascii=False))
    assert size == 10390070, size


main()
print("ok")
