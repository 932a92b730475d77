"""Marks the composite numbers in a list and counts the primes."""


def main():
    n = 1000000
    primes = 0
    for _ in range(2):
        is_prime = [True for i in range(n)]
        primes = 0
        for i in range(2, n):
            if is_prime[i]:
                primes += 1
                for j in range(i * i, n, i):
                    is_prime[j] = False
    assert primes == 78498, primes


main()
print("ok")
