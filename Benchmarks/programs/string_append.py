"""Builds a text piece by piece."""


def main():
    pieces = ["alpha", "beta", ", ", "gamma", "\n", "x", "delta", "..."]
    size = 0
    for _ in range(3):
        text = ""
        for i in range(1000000):
            text += pieces[i % 8]
        size += len(text)
    assert size == 9750000, size


main()
print("ok")
