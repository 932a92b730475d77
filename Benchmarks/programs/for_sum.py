"""Adds numbers in a counted loop."""


def main():
    total = 0
    for _ in range(20):
        for i in range(1000000):
            total += i
    assert total == 9999990000000, total


main()
print("ok")
