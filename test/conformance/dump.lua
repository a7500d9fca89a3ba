-- Added to a bundle for tests: a message with the action Dump-Kept is answered with all that the process keeps, as
-- canonical.ts writes it, in Output. It touches nothing.
local function quoted(text)
  return '"' .. string.gsub(text, '[%c\128-\255"\\]', function(byte) return "\\" .. string.byte(byte) .. "." end) .. '"'
end

local function canonical(value)
  if type(value) == "string" then return quoted(value) end
  if type(value) ~= "table" then return tostring(value) end
  local names, members = {}, {}
  for key, member in pairs(value) do
    -- Arrays begin with 1 in Lua. A function is aos's own handle, which the state can't hold elsewhere.
    local name = math.type(key) == "integer" and tostring(key - 1) or key
    if type(member) ~= "function" then
      names[#names + 1] = name
      members[name] = quoted(name) .. ":" .. canonical(member)
    end
  end
  table.sort(names)
  for i, name in ipairs(names) do names[i] = members[name] end
  return "{" .. table.concat(names, ",") .. "}"
end

local own = handle
function handle(message, environment)
  if not string.find(message, '"Dump-Kept"', 1, true) then return own(message, environment) end
  local text = Tributary == nil and "nothing" or canonical(Tributary)
  return '{"ok":true,"response":{"Output":"' .. string.gsub(text, '[\\"]', "\\%0") .. '","Messages":[]}}'
end
