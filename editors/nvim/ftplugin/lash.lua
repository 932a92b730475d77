-- Indentation, comments and the language server of lashlang; needs Neovim 0.7.
vim.bo.commentstring = "# %s"
vim.bo.expandtab = true
vim.bo.shiftwidth = 2
vim.bo.softtabstop = 2
require("lash").start()
