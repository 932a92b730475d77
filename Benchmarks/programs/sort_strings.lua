-- Sorts 100,000 random texts.
local names = {}
local x = 42
for _ = 1, 100000 do
  x = x * 16807 % 2147483647
  names[#names + 1] = "user-" .. tostring(x)
end
table.sort(names)
local ordered = true
for i = 2, #names do
  if names[i - 1] > names[i] then ordered = false end
end
assert(ordered and names[1] == "user-1000007551" and names[#names] == "user-999989343", names[1] .. " " .. names[#names])
print("ok")
