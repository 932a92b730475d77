autocmd BufRead,BufNewFile *.lash setfiletype lash
