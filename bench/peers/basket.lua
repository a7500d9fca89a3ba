-- A peer: the mathematics of an index, written plainly, with no books of payouts, sessions or auctions' steps. It takes its
-- numbers from outside: `numbers` has `read`, `write`, `add`, `subtract`, `multiply`, `divide` (down) and `isLess`; and `pay`,
-- which is told of every transfer.
function Basket(numbers, pay)
  local read, write, add, subtract = numbers.read, numbers.write, numbers.add, numbers.subtract
  local multiply, divide, isLess = numbers.multiply, numbers.divide, numbers.isLess
  local zero, one, places, points = read("0"), read("1"), read("1" .. ("0"):rep(30)), read("10000")
  local kept = read("9950")
  local assets, supply = {}, zero
  local price, left = zero, zero
  local basket = {}

  local function divideUp(dividend, divisor)
    return divide(subtract(add(dividend, divisor), one), divisor)
  end

  -- The supply, the price that a bid pays and the lot; then an asset a line: token, backing, low, middle and high price.
  function basket.found(lines)
    local all, asked, lot = lines:match("^(%d+),(%d+),(%d+)")
    supply, price, left = read(all), read(asked), read(lot)
    for token, backing, low, middle, high in lines:gmatch("([%w_-]+),(%d+),(%d+),(%d+),(%d+)\n") do
      assets[#assets + 1] = {
        token = token, backing = read(backing), low = read(low), middle = read(middle), high = read(high),
      }
    end
    return ""
  end

  -- For so much of the second asset, by value, less the fee.
  function basket.mint(quantity)
    local low, middle, high = zero, zero, zero
    for i = 1, #assets do
      local asset = assets[i]
      low = add(low, divide(multiply(asset.backing, asset.low), places))
      middle = add(middle, divide(multiply(asset.backing, asset.middle), places))
      high = add(high, divideUp(multiply(asset.backing, asset.high), places))
    end
    local paid = read(quantity)
    local worth = divide(multiply(paid, assets[2].low), places)
    local minted = divide(multiply(divide(multiply(worth, kept), points), supply), high)
    assets[2].backing = add(assets[2].backing, paid)
    supply = add(supply, minted)
    pay("pi", minted)
    return write(minted)
  end

  -- For legs of all assets, a line each: as much as the smallest allows, the excess back.
  function basket.deposit(lines)
    local legs, least = {}, nil
    for leg in lines:gmatch("%d+") do
      local i = #legs + 1
      legs[i] = read(leg)
      local minted = divide(multiply(legs[i], supply), assets[i].backing)
      if least == nil or isLess(minted, least) then least = minted end
    end
    for i = 1, #legs do
      local asset = assets[i]
      local used = divideUp(multiply(asset.backing, least), supply)
      if isLess(used, legs[i]) then pay(asset.token, subtract(legs[i], used)) end
      asset.backing = add(asset.backing, used)
    end
    supply = add(supply, least)
    pay("pi", least)
    return write(least)
  end

  -- The share of every asset for so much PI.
  function basket.redeem(quantity)
    local burned = read(quantity)
    for i = 1, #assets do
      local asset = assets[i]
      local part = divide(multiply(asset.backing, burned), supply)
      asset.backing = subtract(asset.backing, part)
      pay(asset.token, part)
    end
    supply = subtract(supply, burned)
    return write(supply)
  end

  -- As much of the lot, of the first asset, as so much of the second buys.
  function basket.bid(quantity)
    local paid = read(quantity)
    local bought = divide(multiply(paid, places), price)
    if isLess(left, bought) then bought = left end
    local cost = divideUp(multiply(bought, price), places)
    left = subtract(left, bought)
    assets[1].backing = subtract(assets[1].backing, bought)
    assets[2].backing = add(assets[2].backing, cost)
    pay(assets[1].token, bought)
    if isLess(cost, paid) then pay(assets[2].token, subtract(paid, cost)) end
    return write(bought)
  end

  -- Lua's instructions of one of these, and its answer: from its name, a space, its text. Needs the whole debug library.
  function basket.count(line)
    local name, text = line:match("^(%l+) (.*)$")
    local count = 0
    debug.sethook(function() count = count + 1 end, "", 1)
    local answer = basket[name](text)
    debug.sethook()
    return count .. " " .. answer
  end

  return basket
end
