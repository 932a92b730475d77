"""Adds numbers in a loop with a condition."""


def main():
    total = 0
    i = 0
    while i < 12000000:
        total += i
        i += 1
    assert total == 71999994000000, total


main()
print("ok")
