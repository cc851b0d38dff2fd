# planted/naild_with_race: naild with a counter that its sessions share without a lock. A lane of ThreadSanitizer that does
# not see it sees nothing.

set(find "task::started stream::start_write(base::byte_view from) {")
text_with_bug(text race reference/io/stream.cpp "${find}"
  "${find}\n  static std::size_t written_by_all = 0;\n  written_by_all += from.size();")
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/planted/racing_stream.cpp CONTENT "${text}" @ONLY)

add_executable(naild_with_race EXCLUDE_FROM_ALL reference/naild.cpp ${CMAKE_BINARY_DIR}/planted/racing_stream.cpp)
target_link_libraries(naild_with_race PRIVATE reference_daemon reference_io)
set_target_properties(naild_with_race PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/planted)
