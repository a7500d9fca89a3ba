-- A process that counts, and fills its memory and fails as it is told, without a JSON library.
local count, kept = 0, {}

local function answer(messages)
  local state = count .. " " .. #kept .. " " .. collectgarbage("count")
  return '{"ok":true,"response":{"Output":{"data":"' .. state .. '"},"Messages":' .. messages .. ',"Spawns":{}}}'
end

local function grow(pieces)
  for _ = 1, pieces do
    kept[#kept + 1] = string.rep(tostring(#kept % 10), 1024 * 1024)
  end
end

local actions = {
  Inc = function()
    count = count + 1
  end,
  Grow = function()
    grow(1)
  end,
  Fail = function()
    count = count + 1000
    return '{"ok":true,"response":{"Error":"refused","Output":"","Messages":[{"Target":"nobody"}]}}'
  end,
  ["Grow-Fail"] = function()
    grow(4)
    return '{"ok":true,"response":{"Error":"grown in vain"}}'
  end,
  Throw = function()
    count = count + 1000
    error("thrown", 0)
  end,
  Garbage = function()
    count = count + 1000
    return "no JSON"
  end,
}

function handle(message)
  local action = message:match('"name":"Action","value":"([^"]*)"')
  return actions[action] and actions[action]() or answer("[]")
end
