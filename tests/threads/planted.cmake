# Copies of one header with one bug in it, each in a namespace of its own: planted/<bug>.hpp in the build folder. The
# text that is replaced must stand there, so that a bug does not vanish when the code changes.

# The text of `file` with the bug in it, to the caller's variable `out`.
function(text_with_bug out bug file find replace)
  set(source ${CMAKE_SOURCE_DIR}/${file})
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${source})
  file(READ ${source} text)
  string(FIND "${text}" "${find}" place)
  if(place EQUAL -1)
    message(FATAL_ERROR "planted bug ${bug}: its text is not in ${file}: ${find}")
  endif()
  string(REPLACE "${find}" "${replace}" text "${text}")
  set(${out} "${text}" PARENT_SCOPE)
endfunction()

function(planted_bug bug header find replace)
  text_with_bug(text ${bug} ${header} "${find}" "${replace}")
  string(REPLACE "namespace naild::stdio {" "namespace planted::${bug} {\nusing namespace naild\;\nusing namespace naild::stdio\;" text "${text}")
  string(REPLACE "\\;" ";" text "${text}")
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/planted/${bug}.hpp CONTENT "${text}" @ONLY)
endfunction()

planted_bug(binding_not_inherited reference/stdio/binding.hpp
  "return [bound = Slot::here(), work = std::move(work)]() mutable {"
  "return [work = std::move(work)]() mutable { typename Slot::value bound = Slot::here();")
planted_bug(restored_out_of_order reference/stdio/binding.hpp
  ": outer_(std::exchange(Slot::here(), std::move(inner))) {}
  basic_binding_scope(const basic_binding_scope&) = delete;
  basic_binding_scope& operator=(const basic_binding_scope&) = delete;
  ~basic_binding_scope() { Slot::here() = std::move(outer_); }"
  "{ saved().push_back(std::exchange(Slot::here(), std::move(inner))); }
  ~basic_binding_scope() { Slot::here() = saved().back(); saved().pop_back(); }
  static std::vector<value>& saved() { static std::vector<value> of_all; return of_all; }")
planted_bug(detach_misses_a_helper reference/stdio/shared_output.hpp
  "room_.wait(lock);\n        continue;" "room_.wait(lock);\n        enqueue(which, piece);\n        text.remove_prefix(piece.size());\n        continue;")
planted_bug(swapped_before_drain reference/stdio/shared_output.hpp
  "while (rendering_ > 0) changed_.wait(lock);" "")
planted_bug(written_to_a_reused_slot reference/stdio/shared_output.hpp
  "cut_ = {true, true};\n    watcher_ = nullptr;" "")
