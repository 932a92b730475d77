"""Counts the triples with a property: three nested loops with arithmetic and a branch."""


def main():
    hits = 0
    total = 0
    for a in range(1, 200):
        for b in range(1, 200):
            for c in range(1, 200):
                if (a * b + c) % 7 == 3:
                    hits += 1
                    total += a - b + c
    assert hits == 1128936 and total == 113052679, (hits, total)


main()
print("ok")
