"""Grows lists item by item."""


def main():
    count = 0
    for _ in range(5):
        xs = []
        for i in range(1000000):
            xs.append(i)
        count += len(xs) + xs[-1]
    assert count == 9999995, count


main()
print("ok")
