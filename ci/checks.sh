# Checks that ci/test and ci/check share. Sourced.

sanitized_tests=(reference_wire_test reference_session_test reference_task_test reference_stdio_test reference_daemon_test reference_puppet_test
  tests_simulated harness_sim_test harness_target_test tests_contract)
threaded_tests=(reference_io_test tests_contract tests_crowded)

# bench_prints_figures: it measures, and says so; whether a figure is over its budget is for an idle machine to say.
bench_prints_figures() {
  local code=0
  build/release/bin/nailbiter bench --json out/bench.json || code=$?
  [ "$code" -le 1 ] && [ -s out/bench.json ]
}

# A bug of the session machine, of routing and of order: a lane that does not see them sees nothing.
canaries=(C9 S2 S4)
canaries_are_caught() { tests/mutants/verify.py --bin build/mutants/build/release/bin "${canaries[@]}"; }

# judge_naild PROGRAM RUN_ARGS... -- NAILD_ARGS...: the release harness against that naild.
judge_naild() {
  local program=$1 run_args=(); shift
  while [ "$1" != -- ]; do run_args+=("$1"); shift; done
  shift
  build/release/bin/nailbiter run "${run_args[@]}" --puppet puppet --blocking-puppet puppet-blocking --program exec \
    --exec "$program" --enable-puppet "$@" --listen '{address}'
}

trace_hash() { "$@" | sed -n 's/^trace hash: //p'; }

# same_trace_hash PRESET PRESET SCHEDULES: one campaign in a process of each build; equal across builds or it is no replay.
same_trace_hash() {
  local first second
  first=$(trace_hash "build/$1/bin/nailbiter" sim --schedules "$3" --seed 1)
  second=$(trace_hash "build/$2/bin/nailbiter" sim --schedules "$3" --seed 1)
  printf '%s %s, %s %s\n' "$1" "$first" "$2" "$second"
  [ ${#first} -eq 16 ] && [ "$first" = "$second" ]
}
