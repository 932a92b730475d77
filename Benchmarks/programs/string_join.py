"""Turns numbers into text, and joins the texts."""


def main():
    size = 0
    for _ in range(2):
        parts = [str(i) for i in range(300000)]
        size += len(", ".join(parts))
    assert size == 4577776, size


main()
print("ok")
