-- A peer: the plain algorithm, which walks over all wallets in every cycle, as the mint of 2024 did. It takes its
-- numbers from outside: `numbers` has `read`, `write`, `add`, `multiply`, `scale` (by a small whole number) and `divide`.
function Allocator(numbers)
  local add, multiply, scale, divide = numbers.add, numbers.multiply, numbers.scale, numbers.divide
  local zero = numbers.read("0")
  local names, slots, quantities, balances, edges, multipliers = {}, {}, {}, {}, {}, {}
  local rest = zero
  local allocator = {}

  local function enrol(name)
    local slot = slots[name]
    if slot == nil then
      slot = #names + 1
      names[slot], slots[name], quantities[slot], balances[slot], edges[slot] = name, slot, {}, zero, {}
    end
    return slot
  end

  -- One line: a token, and the weight of its smallest unit.
  function allocator.weigh(line)
    local token, multiplier = line:match("^(.-),(%d+)$")
    multipliers[token] = numbers.read(multiplier)
    return ""
  end

  -- Lines of token,wallet,amount.
  function allocator.hold(lines)
    for token, wallet, amount in lines:gmatch("([^,\n]+),([^,\n]+),(%d+)") do
      quantities[enrol(wallet)][token] = numbers.read(amount)
    end
    return ""
  end

  -- Lines of wallet,target,basis points; 0 takes the edge away.
  function allocator.delegate(lines)
    for wallet, target, factor in lines:gmatch("([^,\n]+),([^,\n]+),(%d+)") do
      edges[enrol(wallet)][enrol(target)] = factor ~= "0" and math.tointeger(factor) or nil
    end
    return ""
  end

  -- Shares so much among all wallets, rounded down; what is left over goes to the next cycle.
  function allocator.cycle(amount)
    local weights, total = {}, zero
    for slot = 1, #names do weights[slot] = zero end
    for slot = 1, #names do
      local base = zero
      for token, quantity in pairs(quantities[slot]) do base = add(base, multiply(quantity, multipliers[token])) end
      local kept = 10000
      for target, factor in pairs(edges[slot]) do
        weights[target] = add(weights[target], scale(base, factor))
        kept = kept - factor
      end
      weights[slot] = add(weights[slot], scale(base, kept))
      total = add(total, scale(base, 10000))
    end
    local left = add(numbers.read(amount), rest)
    local minted, paid = left, zero
    for slot = 1, #names do
      local part = divide(multiply(minted, weights[slot]), total)
      balances[slot] = add(balances[slot], part)
      paid = add(paid, part)
    end
    rest = numbers.subtract(minted, paid)
    return numbers.write(paid)
  end

  return allocator
end
