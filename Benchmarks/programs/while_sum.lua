-- Adds numbers in a loop with a condition.
local total = 0
local i = 0
while i < 12000000 do
  total = total + i
  i = i + 1
end
assert(total == 71999994000000, total)
print("ok")
