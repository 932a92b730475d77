-- Sorts 60,000 records by a field.
local rows = {}
local x = 42
for i = 0, 59999 do
  x = x * 16807 % 2147483647
  rows[#rows + 1] = { id = i, score = x % 100000 }
end
table.sort(rows, function(a, b) return a.score < b.score end)
local ordered = true
for i = 2, #rows do
  if rows[i - 1].score > rows[i].score then ordered = false end
end
local ids = 0
for _, row in ipairs(rows) do ids = ids + row.id end
assert(ordered and ids == 1799970000, ids)
print("ok")
