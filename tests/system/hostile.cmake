# planted/naild_hostile: naild with two commands that use what belongs to the process (hostile_nails.hpp), on a thread of
# the pool and as a coroutine.

set(find "  if (asked.enable_puppet) {\n    nails.add(\"puppet\"")
text_with_bug(text hostile reference/naild.cpp "${find}" "  system_test::add_hostile_nails(nails, threads, terms);\n${find}")
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/planted/hostile_naild.cpp CONTENT "#include \"tests/system/hostile_nails.hpp\"\n${text}" @ONLY)

add_executable(naild_hostile EXCLUDE_FROM_ALL ${CMAKE_BINARY_DIR}/planted/hostile_naild.cpp)
target_link_libraries(naild_hostile PRIVATE reference_daemon reference_io)
set_target_properties(naild_hostile PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/planted)

# planted/naild_interposed: the same, and a run that uses what the process has once ends it.
add_executable(naild_interposed EXCLUDE_FROM_ALL ${CMAKE_BINARY_DIR}/planted/hostile_naild.cpp tests/system/interposed.cpp)
target_link_libraries(naild_interposed PRIVATE reference_daemon reference_io)
set_target_properties(naild_interposed PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/planted)
