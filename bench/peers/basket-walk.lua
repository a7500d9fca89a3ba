-- The basket on the processes' own naturals, in the compact module: each of its functions is an instrument.
local basket = Basket(numbers, function() end)
for name, run in pairs(basket) do instruments[name] = run end
