"""Builds a list of records, and reads it."""


def main():
    total = 0
    for _ in range(2):
        rows = []
        for i in range(400000):
            rows.append({"id": i, "price": i * 2, "active": i % 2 == 0})
        for row in rows:
            if row["active"]:
                total += row["price"] - row["id"]
    assert total == 79999600000, total


main()
print("ok")
