-- Each request asks for one of the given paths at random, as another visitor.
-- Arguments: a file with a path on each line, and the seed of this round.
local paths = {}
local phone = "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) " ..
  "Chrome/131.0.0.0 Mobile Safari/537.36"

function init(arguments)
  math.randomseed(tonumber(arguments[2]))
  for path in io.lines(arguments[1]) do
    paths[#paths + 1] = path
  end
end

function request()
  local visitor = string.format("10.%d.%d.%d", math.random(0, 255), math.random(0, 255), math.random(0, 255))
  return wrk.format("GET", paths[math.random(#paths)],
    {["X-Forwarded-For"] = visitor, ["User-Agent"] = phone})
end

function done(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.write(string.format('\n{"requests": %d, "microseconds": %d, "failed": %d}\n',
    summary.requests, summary.duration, failed))
end
