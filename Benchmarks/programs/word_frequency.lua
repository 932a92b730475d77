-- Counts the words of a text of 800,000 words, and ranks them.
local function split(text)
  local out = {}
  for word in text:gmatch("%S+") do out[#out + 1] = word end
  return out
end
local stems = split("time year people way day man thing woman life child world school state family")
local endings = split("s ed ing er ness less ful ly ish ward wise hood dom ship")
local words = {}
local x = 42
for _ = 1, 4000 do
  x = x * 16807 % 2147483647
  words[#words + 1] = stems[x % #stems + 1] .. endings[x // 64 % #endings + 1]
end
local text = (table.concat(words, " ") .. "\n"):rep(200)

local counts = {}
for line in text:gmatch("[^\n]+") do
  for word in line:gmatch("[^ ]+") do counts[word] = (counts[word] or 0) + 1 end
end
local ranking, sum = {}, 0
for word, count in pairs(counts) do
  ranking[#ranking + 1] = { word = word, count = count }
  sum = sum + count
end
table.sort(ranking, function(a, b) return a.count > b.count end)
assert(#ranking == 196 and ranking[1].count == 6600 and sum == 800000, #ranking)
print("ok")
