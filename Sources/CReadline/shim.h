#pragma once
// readline.h uses FILE without including this.
#include <stdio.h>
#include <readline/history.h>
#include <readline/readline.h>
