"""Makes lists from a list of a million numbers, with a filter."""


def main():
    numbers = list(range(1000000))
    kept = 0
    last = 0
    for _ in range(4):
        squares = [x * x for x in numbers if x % 3 == 0]
        kept += len(squares)
        last = squares[-1]
    assert kept == 1333336 and last == 999998000001, (kept, last)


main()
print("ok")
