-- Floating point: the steps that points of the plane take to escape.
local size = 240
local inside, steps = 0, 0
for row = 0, size - 1 do
  local ci = 2 * row / size - 1
  for column = 0, size - 1 do
    local cr = 3 * column / size - 2
    local zr, zi, n = 0, 0, 0
    while n < 120 and zr * zr + zi * zi <= 4 do
      local next = zr * zr - zi * zi + cr
      zi = 2 * zr * zi + ci
      zr = next
      n = n + 1
    end
    steps = steps + n
    if n == 120 then inside = inside + 1 end
  end
end
assert(inside == 14814 and steps == 2047741, inside .. " " .. steps)
print("ok")
