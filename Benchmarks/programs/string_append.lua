-- Builds a text piece by piece: with a table, since `..` in a loop is quadratic in Lua.
local pieces = { "alpha", "beta", ", ", "gamma", "\n", "x", "delta", "..." }
local size = 0
for _ = 1, 3 do
  local buffer = {}
  for i = 0, 999999 do buffer[#buffer + 1] = pieces[i % 8 + 1] end
  local text = table.concat(buffer)
  size = size + #text
end
assert(size == 9750000, size)
print("ok")
