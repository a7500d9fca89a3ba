-- A process for tests of the units: it counts, sends, spawns, assigns, fails and loops as it is told, without a JSON
-- library.
local count, reference, seen = 0, 0, ""

local function tag(message, name)
  return message:match('"name":"' .. name .. '","value":"([^"]*)"')
end

local function tags(list)
  local parts = {}
  for i = 1, #list, 2 do
    parts[#parts + 1] = '{"name":"' .. list[i] .. '","value":"' .. list[i + 1] .. '"}'
  end
  return "[" .. table.concat(parts, ",") .. "]"
end

local function outgoing(target, list)
  reference = reference + 1
  table.insert(list, "Reference")
  table.insert(list, tostring(reference))
  return '{"Target":"' .. target .. '","Anchor":"' .. string.format("%032d", reference) .. '","Tags":' .. tags(list) .. "}"
end

-- The message and the environment come back as they came.
local received, surroundings

local function answer(part)
  local out = { Messages = "[]", Spawns = "[]", Assignments = "[]" }
  for name, value in pairs(part or {}) do
    out[name] = value
  end
  return '{"ok":true,"response":{"Output":{"data":"' .. count .. " " .. seen .. '","message":' .. received
    .. ',"environment":' .. surroundings .. '},"Messages":' .. out.Messages
    .. ',"Spawns":' .. out.Spawns .. ',"Assignments":' .. out.Assignments .. "}}"
end

local actions = {
  Inc = function()
    count = count + 1
  end,
  -- Remembers the order in which numbers came, by a hash of them.
  Note = function(message)
    count = count + 1
    local hash = tonumber(seen:match("%d+") or "0")
    seen = tostring((hash * 31 + tonumber(tag(message, "Number"))) % 1000003)
  end,
  Tick = function(message)
    count = count + 1
    local to = tag(message, "To")
    return to and { Messages = "[" .. outgoing(to, { "Action", "Inc" }) .. "]" }
  end,
  Ask = function(message)
    return { Messages = "[" .. outgoing(message:match('"From":"([^"]*)"'), { "Action", "Answer" }) .. "]" }
  end,
  Forward = function(message)
    local list = { "Action", tag(message, "What"), "To", tag(message, "Then") or "" }
    return { Messages = "[" .. outgoing(tag(message, "To"), list) .. "]" }
  end,
  -- Sends so many messages to another process.
  Fan = function(message)
    local list = {}
    for i = 1, tonumber(tag(message, "Count")) do
      list[i] = outgoing(tag(message, "To"), { "Action", "Note", "Number", tostring(i) })
    end
    return { Messages = "[" .. table.concat(list, ",") .. "]" }
  end,
  -- Answers each with another one, for ever.
  Ping = function(message)
    count = count + 1
    local to = tag(message, "To") or message:match('"From":"([^"]*)"')
    return { Messages = "[" .. outgoing(to, { "Action", "Ping" }) .. "]" }
  end,
  Spawn = function(message)
    local list = { "From-Process", message:match('"Target":"([^"]*)"'), "Module", tag(message, "With"), "Authority", tag(message, "Authority"), "Name", "kid" }
    reference = reference + 1
    return { Spawns = '[{"Anchor":"' .. string.format("%032d", reference) .. '","Tags":' .. tags(list) .. ',"Data":"Child=1"}]' }
  end,
  Assign = function(message)
    return { Assignments = '[{"Processes":["' .. tag(message, "To") .. '"],"Message":"' .. tag(message, "What") .. '"}]' }
  end,
  Fail = function()
    count = count + 1000
    error("as asked", 0)
  end,
  Loop = function()
    count = count + 1000
    while true do
      reference = reference + 1
    end
  end,
}

function handle(message, environment)
  received, surroundings = message, environment
  local action = actions[tag(message, "Action")]
  return answer(action and action(message))
end
