"""Sorts 100,000 random texts."""


def main():
    names = []
    x = 42
    for _ in range(100000):
        x = x * 16807 % 2147483647
        names.append("user-" + str(x))
    names = sorted(names)
    ordered = True
    for i in range(1, len(names)):
        if names[i - 1] > names[i]:
            ordered = False
    assert ordered and names[0] == "user-1000007551" and names[-1] == "user-999989343", (names[0], names[-1])


main()
print("ok")
