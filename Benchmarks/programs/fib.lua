-- Calls: the recursive Fibonacci function.
local function fib(n)
  if n < 2 then return n else return fib(n - 1) + fib(n - 2) end
end
local result = fib(32)
assert(result == 2178309, result)
print("ok")
