-- Goes around a process's bundle for measurements: what a process itself has no business to offer. A call whose message
-- is the JSON string `#name` and further lines is for an instrument, every other one for the process.
instruments = {}

do
  local evaluate = handle

  -- Collects all garbage and gives the bytes in use.
  function instruments.heap()
    collectgarbage()
    collectgarbage()
    return math.floor(collectgarbage("count") * 1024)
  end

  -- Evaluates each line as a message and gives the first failure: a million edges loaded without a million loaders.
  function instruments.batch(lines, environment)
    for line in lines:gmatch("[^\n]+") do
      local failure = evaluate(line, environment):match('"Error":"(.-)"')
      if failure then return failure end
    end
    return ""
  end

  -- Evaluates one message and gives how many of Lua's instructions that took. Needs the whole debug library.
  function instruments.count(message, environment)
    local count = 0
    debug.sethook(function() count = count + 1 end, "", 1)
    local result = evaluate(message, environment)
    debug.sethook()
    local failure = result:match('"Error":"(.-)"')
    return failure or count
  end

  local stride, counted = 0, 0

  -- From now on counts the instructions of messages to the process, looking at each so-manieth; 0 ends that.
  function instruments.counting(text)
    stride = tonumber(text)
    return ""
  end

  -- How many it were since this was last asked.
  function instruments.counted()
    local count = counted
    counted = 0
    return count
  end

  local function counting(message, environment)
    debug.sethook(function() counted = counted + stride end, "", stride)
    local result = evaluate(message, environment)
    debug.sethook()
    return result
  end

  function handle(message, environment)
    local name, text = message:match('^"#(%l+)\\n(.*)"$')
    if name == nil then return (stride > 0 and counting or evaluate)(message, environment) end
    text = text:gsub("\\(.)", { n = "\n", ['"'] = '"', ["\\"] = "\\" })
    local output = tostring(instruments[name](text, environment))
    return '{"ok":true,"response":{"Output":{"data":"' .. output .. '"}}}'
  end
end
