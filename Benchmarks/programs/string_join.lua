-- Turns numbers into text, and joins the texts.
local size = 0
for _ = 1, 2 do
  local parts = {}
  for i = 0, 299999 do parts[#parts + 1] = tostring(i) end
  size = size + #table.concat(parts, ", ")
end
assert(size == 4577776, size)
print("ok")
