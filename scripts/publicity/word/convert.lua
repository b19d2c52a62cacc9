-- Converts many texts in one run of pandoc, which takes longer to start than to convert one. Standard input is JSON: the formats
-- `from` and `to`, and `jobs`, each a `text` and, where the result is a file, its `output` and `reference` document.
-- A line is written for every job that is done: the result, or nothing where it is a file.
local asked = pandoc.json.decode(io.read("a"), false)
for _, job in ipairs(asked.jobs) do
  local tree = pandoc.read(job.text, asked.from, pandoc.ReaderOptions({ columns = 72 })) -- as the command line reads
  local result = pandoc.write(tree, asked.to, pandoc.WriterOptions({ reference_doc = job.reference }))
  if job.output then
    local file = assert(io.open(job.output, "wb"))
    assert(file:write(result))
    assert(file:close())
    result = ""
  end
  io.write(result, "\n")
  io.flush()
end
