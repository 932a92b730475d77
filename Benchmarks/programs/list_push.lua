-- Grows lists item by item.
local count = 0
for _ = 1, 5 do
  local xs = {}
  for i = 0, 999999 do xs[#xs + 1] = i end
  count = count + #xs + xs[#xs]
end
assert(count == 9999995, count)
print("ok")
