"""Floating point: the steps that points of the plane take to escape."""


def main():
    size = 240
    inside = 0
    steps = 0
    for row in range(size):
        ci = 2 * row / size - 1
        for column in range(size):
            cr = 3 * column / size - 2
            zr = zi = n = 0
            while n < 120 and zr * zr + zi * zi <= 4:
                zr, zi = zr * zr - zi * zi + cr, 2 * zr * zi + ci
                n += 1
            steps += n
            if n == 120:
                inside += 1
    assert inside == 14814 and steps == 2047741, (inside, steps)


main()
print("ok")
