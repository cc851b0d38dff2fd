# Checks that ci/test and ci/check share. Sourced.

sanitized_tests=(reference_wire_test reference_session_test reference_task_test reference_stdio_test reference_puppet_test
  reference_nail_test reference_daemon_test harness_sim_test harness_target_test tests_contract)
threaded_tests=(reference_io_test tests_contract)

trace_hash() { "$@" | sed -n 's/^trace hash: //p'; }

# same_trace_hash SCHEDULES: two processes of the release build and one of the asan build, another compiler's layout.
same_trace_hash() {
  local first second sanitized
  first=$(trace_hash build/release/bin/nailbiter sim --schedules "$1" --seed 1)
  second=$(trace_hash build/release/bin/nailbiter sim --schedules "$1" --seed 1)
  sanitized=$(trace_hash build/asan/bin/nailbiter sim --schedules "$1" --seed 1)
  printf 'release %s, again %s, asan %s\n' "$first" "$second" "$sanitized"
  [ ${#first} -eq 16 ] && [ "$first" = "$second" ] && [ "$first" = "$sanitized" ]
}
