"""Sorts 60,000 records by a field."""


def main():
    rows = []
    x = 42
    for i in range(60000):
        x = x * 16807 % 2147483647
        rows.append({"id": i, "score": x % 100000})
    rows = sorted(rows, key=lambda row: row["score"])
    ordered = True
    for i in range(1, len(rows)):
        if rows[i - 1]["score"] > rows[i]["score"]:
            ordered = False
    ids = sum(row["id"] for row in rows)
    assert ordered and ids == 1799970000, ids


main()
print("ok")
