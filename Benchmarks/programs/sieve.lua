-- Marks the composite numbers in a list and counts the primes.
local n = 1000000
local primes = 0
for _ = 1, 2 do
  local is_prime = {}
  for i = 1, n do is_prime[i] = true end
  primes = 0
  for i = 2, n - 1 do
    if is_prime[i] then
      primes = primes + 1
      for j = i * i, n - 1, i do is_prime[j] = false end
    end
  end
end
assert(primes == 78498, primes)
print("ok")
