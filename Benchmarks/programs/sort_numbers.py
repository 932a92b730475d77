"""Sorts 200,000 random numbers."""


def main():
    xs = []
    x = 42
    for _ in range(200000):
        x = x * 16807 % 2147483647
        xs.append(x)
    xs = sorted(xs)
    ordered = True
    for i in range(1, len(xs)):
        if xs[i - 1] > xs[i]:
            ordered = False
    assert ordered and xs[0] == 7813 and xs[-1] == 2147482932, (xs[0], xs[-1])


main()
print("ok")
