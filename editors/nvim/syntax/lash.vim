" Colours of lashlang where there is no language server; the words are generated.
if exists('b:current_syntax')
  finish
endif
runtime syntax/lash-words.vim

syntax match lashNumber /\v<\d[0-9a-zA-Z_]*(\.\d+)?>/
syntax match lashComment /#.*$/
syntax match lashComment "//.*$"
syntax region lashString start=/\v<[rRfF]?"/ skip=/\\./ end=/"/
syntax region lashString start=/\v<[rRfF]?'/ skip=/\\./ end=/'/
syntax region lashString start=/"""/ skip=/\\./ end=/"""/
syntax region lashString start=/"/ skip=/\\./ end=/"/
syntax region lashString start=/'/ skip=/\\./ end=/'/

highlight default link lashKeyword Keyword
highlight default link lashOperator Operator
highlight default link lashConstant Constant
highlight default link lashFunction Function
highlight default link lashType Type
highlight default link lashNumber Number
highlight default link lashComment Comment
highlight default link lashString String
let b:current_syntax = 'lash'
