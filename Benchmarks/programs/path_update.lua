-- Updates fields deep in one value, in place.
local state = { name = "run", groups = {}, total = 0 }
for g = 1, 16 do state.groups[g] = { count = 0, sum = 0 } end
for _ = 1, 2 do
  for i = 0, 999999 do
    local g = i % 16 + 1
    state.groups[g].count = state.groups[g].count + 1
    state.groups[g].sum = state.groups[g].sum + i
    state.total = state.total + 1
  end
end
local g = state.groups[6]
assert(state.total == 2000000 and g.count == 125000 and g.sum == 62499625000, g.sum)
print("ok")
