-- What a list of suffixes takes in Lua: the question's name from the body, each of its suffixes looked up in a table. No checks, no EDNS,
-- no class, no wire errors, no metrics, no verdict.
local blocked = {}
for number = 1, 1000 do
  blocked["blocked" .. number .. ".example"] = true
end

function envoy_on_request(handle)
  local body = handle:body()
  if body == nil then return end
  local octets = body:getBytes(0, body:length())
  local labels, at = {}, 13
  while true do
    local length = string.byte(octets, at)
    if length == nil or length == 0 then break end
    labels[#labels + 1] = string.lower(string.sub(octets, at + 1, at + length))
    at = at + 1 + length
  end
  local suffix = ""
  for number = #labels, 1, -1 do
    suffix = suffix == "" and labels[number] or labels[number] .. "." .. suffix
    if blocked[suffix] then
      handle:respond({[":status"] = "403"}, "")
      return
    end
  end
end
