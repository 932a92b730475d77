-- A million yields and resumes: what a host call is in Lua when the host is asynchronous.
local count = 1000000
local program = coroutine.create(function()
  local total = 0
  for i = 0, count - 1 do total = total + coroutine.yield(i) end
  return total
end)
local _, value = coroutine.resume(program)
while coroutine.status(program) ~= "dead" do
  _, value = coroutine.resume(program, 2)
end
assert(value == 2 * count, value)
print("ok")
