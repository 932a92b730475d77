-- Builds a list of records, and reads it.
local sum = 0
for _ = 1, 2 do
  local rows = {}
  for i = 0, 399999 do
    rows[#rows + 1] = { id = i, price = i * 2, active = i % 2 == 0 }
  end
  for _, row in ipairs(rows) do
    if row.active then sum = sum + row.price - row.id end
  end
end
assert(sum == 79999600000, sum)
print("ok")
