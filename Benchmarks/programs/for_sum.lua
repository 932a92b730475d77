-- Adds numbers in a counted loop.
local total = 0
for _ = 1, 20 do
  for i = 0, 999999 do total = total + i end
end
assert(total == 9999990000000, total)
print("ok")
