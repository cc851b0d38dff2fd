# Shared by the scripts of ci/: packages, builds, counted checks. Sourced with the project's root as working directory.

build_packages=(g++ cmake ninja-build ccache python3 libboost1.81-dev libboost-context1.81-dev librapidcheck-dev
  libfmt-dev libgtest-dev libgmock-dev libbenchmark-dev libcli11-dev libtomlplusplus-dev nlohmann-json3-dev libexpected-dev)
report_packages=(python3-jsonschema python3-junitparser perl)
peer_packages=(nailgun openjdk-17-jre-headless libjna-java)
fuzz_packages=(clang-14 libclang-rt-14-dev llvm-14)
full_lane_packages=("${fuzz_packages[@]}" clang-tidy-14 valgrind chromium)

say() { printf '== %s\n' "$*"; }

installed() { dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q '^install ok installed$'; }

# Installs what is missing; asks neither apt nor the network when nothing is. Without root: says the one line, exit 69.
need_packages() {
  local missing=() package
  for package in "$@"; do installed "$package" || missing+=("$package"); done
  [ ${#missing[@]} -eq 0 ] && return 0
  local line="apt-get -o DPkg::Lock::Timeout=400 install -y --no-install-recommends ${missing[*]}"
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    if sudo -n true 2>/dev/null; then as_root=(sudo -n); else
      printf 'packages are missing and this is not root; run:\n  sudo %s\n' "$line" >&2
      exit 69
    fi
  fi
  say "installing ${missing[*]}"
  "${as_root[@]}" apt-get -o DPkg::Lock::Timeout=400 update -q >/dev/null || true
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" $line >/dev/null
}

# The server of npm's node-nailgun-server, into node_modules; asks neither npm nor the network when it is there.
need_node_nailgun_server() {
  [ -f node_modules/node-nailgun-server/vendor/nailgun.jar ] && return 0
  command -v npm >/dev/null || need_packages npm
  say 'installing node-nailgun-server'
  npm install --no-save --no-package-lock --no-audit --no-fund --silent node-nailgun-server@0.3.0
}

# build PRESET [TARGET...]: configures and builds, quiet unless it fails.
build() {
  local preset=$1 log; shift
  log=$(mktemp)
  say "building $preset ${*:-all}"
  local targets=()
  [ $# -gt 0 ] && targets=(--target "$@")
  if ! { cmake --preset "$preset" && cmake --build --preset "$preset" "${targets[@]}"; } >"$log" 2>&1; then
    grep -E 'error|FAILED|Error' "$log" | head -40 >&2 || true
    tail -20 "$log" >&2
    rm -f "$log"
    return 1
  fi
  rm -f "$log"
}

passed=0
failed=0

# check NAME COMMAND...: one counted check; its output is shown only when it fails.
check() {
  local name=$1 code=0 log; shift
  log=$(mktemp)
  "$@" >"$log" 2>&1 </dev/null || code=$?
  if [ "$code" -eq 0 ]; then
    passed=$((passed + 1))
    printf 'ok    %s\n' "$name"
  else
    failed=$((failed + 1))
    printf 'FAIL  %s (exit %s)\n' "$name" "$code"
    tail -60 "$log" | sed 's/^/      /'
  fi
  rm -f "$log"
}

# must_exit CODE COMMAND...: for checks of commands that must fail in a certain way.
must_exit() {
  local wanted=$1 got=0; shift
  "$@" || got=$?
  [ "$got" -eq "$wanted" ] || { printf 'exit %s where %s was expected: %s\n' "$got" "$wanted" "$*"; return 1; }
}

# run_test_programs PRESET: every test program of the preset; each GoogleTest case counts.
run_test_programs() {
  local preset=$1 program log ok bad skipped code
  for program in build/"$preset"/tests/*; do
    [ -f "$program" ] && [ -x "$program" ] || continue
    log=$(mktemp)
    code=0
    GTEST_COLOR=no "$program" >"$log" 2>&1 </dev/null || code=$?
    skipped=$(sed -n 's/^\[  SKIPPED \] \([0-9]*\) tests\?, listed below:$/\1/p' "$log")
    ok=$(sed -n 's/^\[  PASSED  \] \([0-9]*\) tests\?\.$/\1/p' "$log")
    bad=$(sed -n 's/^ *\([0-9]*\) FAILED TESTS\?$/\1/p' "$log")
    [ "$code" -ne 0 ] && [ -z "$bad" ] && bad=1   # it crashed before it could count
    [ "$code" -eq 0 ] && [ "${ok:-0}" -eq 0 ] && { bad=1; echo "$program executed no test"; }
    passed=$((passed + ${ok:-0}))
    failed=$((failed + ${bad:-0}))
    printf '%s  %s: %s tests%s\n' "$([ "${bad:-0}" -eq 0 ] && echo 'ok  ' || echo FAIL)" "$preset/$(basename "$program")" "${ok:-0}" "${skipped:+, $skipped skipped}"
    [ "${bad:-0}" -eq 0 ] || { grep -vE '^\[ RUN|^\[       OK' "$log" | tail -60 | sed 's/^/      /'; }
    rm -f "$log"
  done
}

# The plain closing line; the exit code says the same.
finish() {
  printf '%s passed, %s failed\n' "$passed" "$failed"
  [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}
