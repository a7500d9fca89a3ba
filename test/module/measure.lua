-- The bundle of measure.ts: each action is one piece of work of a kind that a process does.
local actions = {}
local rows = {}

function actions.nothing() return 0 end

function actions.loop()
  local sum = 0
  for index = 1, 20000000 do sum = (sum + index * 7) % 1000003 end
  return sum
end

function actions.calls()
  local function fibonacci(n) return n < 2 and n or fibonacci(n - 1) + fibonacci(n - 2) end
  return fibonacci(30)
end

function actions.arrays()
  local list, sum = {}, 0
  for index = 1, 1000000 do list[index] = index end
  for index = 1, #list do sum = sum + list[index] end
  return sum
end

function actions.addresses()
  local list, sum = {}, 0
  for index = 1, 100000 do list[string.format("%043d", index)] = index end
  for _ = 1, 3 do
    for index = 1, 100000 do sum = sum + list[string.format("%043d", index)] end
  end
  return sum
end

function actions.records()
  local list, sum = {}, 0
  for index = 1, 200000 do list[index] = { wallet = "w" .. index, amount = index, limbs = { index, index + 1 } } end
  for _ = 1, 5 do
    for _, record in ipairs(list) do sum = sum + record.amount + record.limbs[2] end
  end
  return sum
end

function actions.strings()
  local parts, length = {}, 0
  for index = 1, 200000 do parts[index] = tostring(index) end
  for word in table.concat(parts, ","):gmatch("[^,]+") do length = length + #word end
  return length
end

function actions.sort()
  local list, random = {}, 1
  for index = 1, 200000 do
    random = (random * 1103515245 + 12345) % 2147483648
    list[index] = random
  end
  table.sort(list)
  return list[1]
end

function actions.limbs()
  local base, left, right, sum = 10000000, {}, {}, 0
  for index = 1, 6 do left[index], right[index] = 1234567 * index % base, 7654321 * index % base end
  for _ = 1, 60000 do
    local product = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }
    for i = 1, 6 do
      local carry = 0
      for j = 1, 6 do
        local value = product[i + j - 1] + left[i] * right[j] + carry
        carry = value // base
        product[i + j - 1] = value - carry * base
      end
      product[i + 6] = carry
    end
    sum = sum + product[3]
  end
  return sum
end

-- The collector: a heap of `size` records, and then as many replaced as there are.
function actions.fill(size, pause, step)
  if pause > 0 then
    collectgarbage("setpause", pause)
    collectgarbage("setstepmul", step)
  end
  for index = 1, size do
    local wallet = string.format("%043d", index)
    rows[index] = { wallet = wallet, amount = { index, index, index }, list = { { index, index + 1 } } }
  end
  collectgarbage()
  return collectgarbage("count") // 1024
end

function actions.replace(size)
  for index = 1, size do
    local row = rows[index * 7919 % size + 1]
    row.amount, row.list = { index, index, index }, { { index, index + 1 } }
  end
  return collectgarbage("count") // 1024
end

function handle(message)
  local name = message:match('"Do":"(%w+)"')
  local numbers = {}
  for number in message:gmatch(":(%d+)") do numbers[#numbers + 1] = tonumber(number) end
  local result = actions[name](table.unpack(numbers))
  return '{"ok":true,"response":{"Output":{"data":"' .. tostring(result) .. '"}}}'
end
