-- The allocator on aos's big integers of 256 bits, in the stock aos module: each of its functions is an action.
local bint = require(".bint")(256)

local allocator = Allocator({
  read = function(text) return bint(text) end,
  write = function(value) return tostring(value) end,
  add = function(left, right) return left + right end,
  subtract = function(left, right) return left - right end,
  multiply = function(left, right) return left * right end,
  scale = function(value, factor) return value * factor end,
  divide = function(dividend, divisor) return bint.udiv(dividend, divisor) end,
})

for name, run in pairs(allocator) do
  Handlers.add(name, { Action = name }, function(message) ao.result({ Output = run(message.Data) }) end)
end
Handlers.add("heap", { Action = "heap" }, function()
  collectgarbage()
  collectgarbage()
end)
