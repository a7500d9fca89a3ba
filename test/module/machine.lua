-- The bundle of machine.test.ts: the tag-free message {"Do": name, "Size": n} calls one of these.
local actions = {}
local count = 0
local kept = {}

function actions.nothing() return "" end

function actions.count()
  count = count + 1
  return count
end

function actions.repeated(size) return string.rep("y", size) end

function actions.caught()
  local _, text = pcall(error, "refused", 0)
  return text
end

function actions.uncaught() error('said "no" \\ \n at \1') end

function actions.thrownTable() error({ code = 1 }) end

function actions.wrongResult() return nil end

function actions.luaStack()
  local function descend(depth) return 1 + descend(depth + 1) end
  local _, text = pcall(descend, 1)
  return text
end

-- Each level holds a buffer of string.gsub on the C stack.
function actions.cStack()
  local depth = 0
  local function descend(text)
    depth = depth + 1
    return (text:gsub(".", descend))
  end
  local _, text = pcall(descend, "x")
  return depth .. " " .. text
end

function actions.protectedCalls()
  local depth = 0
  local function descend()
    depth = depth + 1
    return pcall(descend)
  end
  descend()
  return depth
end

function actions.coroutine()
  local thread = coroutine.wrap(function()
    local _, text = pcall(function()
      local received = coroutine.yield("yielded")
      error("after " .. received, 0)
    end)
    return text
  end)
  return thread() .. " " .. thread("resumed")
end

function actions.grow(size)
  for index = 1, size // 2 ^ 20 do kept[index] = string.rep("k", 2 ^ 20 - 1) .. index end
  return #kept
end

function actions.exhaust()
  local hoard = {}
  local ok, text = pcall(function()
    while true do hoard[#hoard + 1] = string.rep("h", 100000) .. #hoard end
  end)
  return tostring(ok) .. " " .. text
end

function actions.exhaustUncaught()
  while true do kept[#kept + 1] = string.rep("h", 100000) .. #kept end
end

function actions.order()
  local names = {}
  for name in pairs({ a = 1, b = 1, c = 1, d = 1, e = 1, f = 1, g = 1, h = 1, i = 1, j = 1 }) do
    names[#names + 1] = name
  end
  return table.concat(names)
end

function actions.globals()
  local names = {}
  for name in pairs(_G) do names[#names + 1] = name end
  table.sort(names)
  return table.concat(names, " ")
end

function handle(message, environment)
  local name, size = message:match('"Do":"(%w+)"'), tonumber(message:match('"Size":(%d+)'))
  if name == "wrongResult" then return nil end
  local result = name == "lengths" and #message .. " " .. #environment or actions[name](size)
  return '{"ok":true,"response":{"Output":{"data":"' .. result .. '"},"Messages":[]}}'
end
