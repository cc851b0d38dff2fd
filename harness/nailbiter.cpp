// The harness's program: wiring only.

#include <iostream>

#include "harness/command/commands.hpp"

int main(int argc, char** argv) { return nailbiter::command::run_program(argc, argv, {std::cout, std::cerr}); }
