-- Sorts 200,000 random numbers.
local xs = {}
local x = 42
for _ = 1, 200000 do
  x = x * 16807 % 2147483647
  xs[#xs + 1] = x
end
table.sort(xs)
local ordered = true
for i = 2, #xs do
  if xs[i - 1] > xs[i] then ordered = false end
end
assert(ordered and xs[1] == 7813 and xs[#xs] == 2147482932, xs[1] .. " " .. xs[#xs])
print("ok")
