-- The basket on aos's big integers of 256 bits, in the stock aos module: each of its functions is an action that is
-- answered, and every payment a message.
local bint = require(".bint")(256)
local recipient = ""

local basket = Basket({
  read = function(text) return bint(text) end,
  write = function(value) return tostring(value) end,
  add = function(left, right) return left + right end,
  subtract = function(left, right) return left - right end,
  multiply = function(left, right) return left * right end,
  divide = function(dividend, divisor) return bint.udiv(dividend, divisor) end,
  isLess = function(left, right) return bint.ult(left, right) end,
}, function(token, quantity)
  ao.send({ Target = token, Action = "Transfer", Recipient = recipient, Quantity = tostring(quantity) })
end)

for name, run in pairs(basket) do
  Handlers.add(name, { Action = name }, function(message)
    recipient = message.From
    ao.send({ Target = message.From, Data = run(message.Data) })
  end)
end
