-- Counts the triples with a property: three nested loops with arithmetic and a branch.
local hits, sum = 0, 0
for a = 1, 199 do
  for b = 1, 199 do
    for c = 1, 199 do
      if (a * b + c) % 7 == 3 then
        hits = hits + 1
        sum = sum + a - b + c
      end
    end
  end
end
assert(hits == 1128936 and sum == 113052679, hits .. " " .. sum)
print("ok")
