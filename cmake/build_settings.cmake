# Compiler settings of every preset. Asserts stay on in release (no NDEBUG); warnings are errors.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_CXX_SCAN_FOR_MODULES OFF)
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1")
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

set(NAILBITER_SANITIZE "" CACHE STRING "value of -fsanitize=, empty for none")
option(NAILBITER_FUZZ "build the libFuzzer programs (needs clang)" OFF)
option(NAILBITER_COVERAGE "count the lines that run (needs clang)" OFF)
if(NAILBITER_SANITIZE OR NAILBITER_FUZZ OR NAILBITER_COVERAGE)
  set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g1")  # at -O0 the simulator's long campaigns would not end
else()
  set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g1")
endif()

add_compile_options(-Wall -Wextra -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wimplicit-fallthrough -Werror -fno-omit-frame-pointer)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # gcc 12 reports false positives of these inside coroutine frames and std::string at -O2 and under sanitizers.
  add_compile_options(-Wno-maybe-uninitialized -Wno-dangling-pointer -Wno-restrict -Wno-stringop-overread -Wno-stringop-overflow -Wno-array-bounds)
endif()
if(NAILBITER_COVERAGE)
  add_compile_options(-fprofile-instr-generate -fcoverage-mapping)
  add_link_options(-fprofile-instr-generate)
endif()
if(NAILBITER_SANITIZE)
  add_compile_options(-fsanitize=${NAILBITER_SANITIZE} -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${NAILBITER_SANITIZE})
  if(NAILBITER_SANITIZE STREQUAL "thread")
    add_compile_options(-Wno-tsan)  # Asio's fences; its hand-offs go through a mutex, which the sanitizer does see
  endif()
  # Recycled frames and handler blocks would hide a use after free.
  add_compile_definitions(NAILD_NO_FRAME_POOL BOOST_ASIO_DISABLE_SMALL_BLOCK_RECYCLING BOOST_ASIO_DISABLE_AWAITABLE_FRAME_RECYCLING)
endif()
add_compile_definitions(BOOST_ASIO_NO_DEPRECATED)

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${CCACHE_PROGRAM})
endif()

find_package(Threads REQUIRED)
find_package(fmt REQUIRED)
find_package(GTest REQUIRED)
find_package(rapidcheck REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)
