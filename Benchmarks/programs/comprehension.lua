-- Makes lists from a list of a million numbers, with a filter.
local numbers = {}
for i = 1, 1000000 do numbers[i] = i - 1 end
local kept, last = 0, 0
for _ = 1, 4 do
  local squares = {}
  for _, x in ipairs(numbers) do
    if x % 3 == 0 then squares[#squares + 1] = x * x end
  end
  kept = kept + #squares
  last = squares[#squares]
end
assert(kept == 1333336 and last == 999998000001, kept .. " " .. last)
print("ok")
