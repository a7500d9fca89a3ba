-- Runs a bundle with dump.lua in a Lua of its own, as the compact module does: reads lines `message TAB environment`
-- (JSON texts), writes a line for each result. Nothing is rolled back: a refusal must leave everything as it was.
local bundle = assert(io.open(arg[1], "rb"))
local chunk = assert(load(bundle:read("a"), "=bundle", "t"))
bundle:close()
-- What the module does not have.
os, io_lines, package, require, dofile, loadfile = nil, io.lines, nil, nil, nil, nil
local output = io.stdout
io = nil
chunk()
for line in io_lines() do
  local message, environment = string.match(line, "^(.-)\t(.*)$")
  output:write(handle(message, environment), "\n")
  output:flush()
end
