#pragma once
#if !__has_include(<readline/readline.h>)
#error "lash-repl needs GNU readline: run scripts/install-missing, or install libreadline-dev. The libraries and lashc do not: swift build --product lashc"
#endif
// readline.h uses FILE without including this.
#include <stdio.h>
#include <readline/history.h>
#include <readline/readline.h>
