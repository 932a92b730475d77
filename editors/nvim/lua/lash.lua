-- Starts `lashc lsp` for a buffer: one server for all buffers.
local M = {}

--- The tool; set it before the first file is opened if it is not on PATH.
M.command = vim.env.LASHC or "lashc"

local client

function M.start()
  local buffer = vim.api.nvim_get_current_buf()
  if vim.lsp.start then
    local folder = vim.fs.dirname(vim.api.nvim_buf_get_name(buffer))
    vim.lsp.start({ name = "lash", cmd = { M.command, "lsp" }, root_dir = folder })
    return
  end
  client = client
    or vim.lsp.start_client({
      name = "lash",
      cmd = { M.command, "lsp" },
      on_exit = function()
        client = nil
      end,
    })
  vim.lsp.buf_attach_client(buffer, client)
end

--- Runs the buffer with the mock of its `lash.json`; for `:lua require("lash").run()`.
function M.run()
  vim.lsp.buf.execute_command({ command = "lash.run", arguments = { vim.uri_from_bufnr(0) } })
end

return M
