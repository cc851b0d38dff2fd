# What the lane of ThreadSanitizer must report in each of its runs, or it sees nothing.

function(planted_naild name source)
  add_executable(${name} EXCLUDE_FROM_ALL reference/naild.cpp ${CMAKE_BINARY_DIR}/planted/${source})
  target_link_libraries(${name} PRIVATE reference_daemon reference_io)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/planted)
endfunction()

# planted/naild_with_race: naild with a counter that its sessions share without a lock.
set(find "task::started stream::start_write(base::byte_view from) {")
text_with_bug(text race reference/io/stream.cpp "${find}"
  "${find}\n  static std::size_t written_by_all = 0;\n  written_by_all += from.size();")
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/planted/racing_stream.cpp CONTENT "${text}" @ONLY)
planted_naild(naild_with_race racing_stream.cpp)

# planted/naild_with_lost_binding: naild whose helper threads are bound to no run. There is no race in it: what reports it
# are the checkers, on real threads at the sanitizer's pace.
text_with_bug(text lost_binding reference/nail/blocking_state.cpp "auto job = stdio::inherit([self" "auto job = ([self")
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/planted/unbinding_state.cpp CONTENT "${text}" @ONLY)
planted_naild(naild_with_lost_binding unbinding_state.cpp)
