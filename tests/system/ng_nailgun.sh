#!/usr/bin/env bash
# Debian's C client against naild: bytes, codes, Ctrl+C. Usage: ng_nailgun.sh PATH-OF-NAILD
set -euo pipefail
naild=$(realpath "$1")
work=$(mktemp -d)
trap 'kill "$daemon" 2>/dev/null || true; rm -rf "$work"' EXIT
socket=$work/s
mkfifo "$work/ready"
"$naild" --listen "unix:$socket" --listen tcp:127.0.0.1:0 --enable-puppet >"$work/ready" 2>"$work/log" &
daemon=$!
{ read -r line; read -r tcp_line; } <"$work/ready"
[ "$line" = "listening on unix:$socket" ] || { echo "not ready: $line"; exit 1; }
port=${tcp_line##*:}

ng() { ng-nailgun --nailgun-server "local:$socket" "$@"; }
ng_tcp() { ng-nailgun --nailgun-server 127.0.0.1 --nailgun-port "$port" "$@"; }
fail() { echo "FAIL: $*"; cat "$work/log"; exit 1; }

head -c 1000000 /dev/urandom >"$work/in"
ng puppet cat <"$work/in" >"$work/out" || fail "cat exits $?"
cmp "$work/in" "$work/out" || fail 'cat changed the bytes'

head -c 10000000 /dev/urandom >"$work/large"
for client in ng ng_tcp; do
  for words in 'puppet cat' 'exec cat'; do
    began=$(date +%s%N)
    # shellcheck disable=SC2086  # the command is two words
    $client $words <"$work/large" >"$work/out" || fail "$client $words exits $?"
    cmp "$work/large" "$work/out" || fail "$client $words changed the bytes"
    echo "10,000,000 bytes through $client $words: $((($(date +%s%N) - began) / 1000000)) ms"
  done
done
code=0; ng_tcp puppet 'err x' 'exit 42' 2>"$work/err" </dev/null || code=$?
[ "$code" -eq 42 ] && [ "$(cat "$work/err")" = x ] || fail "exit 42 over TCP: got $code, stderr '$(cat "$work/err")'"

code=0; ng puppet 'err x' 'exit 42' 2>"$work/err" </dev/null || code=$?
[ "$code" -eq 42 ] && [ "$(cat "$work/err")" = x ] || fail "exit 42: got $code, stderr '$(cat "$work/err")'"

code=0; ng puppet 'exit 255' </dev/null || code=$?
[ "$code" -eq 255 ] || fail "exit 255: got $code"

[ "$(ng puppet args 'close 1' 'out b  c' </dev/null)" = $'args\nclose 1\nout b  c' ] || fail 'arguments differ'
[ "$(cd / && ng puppet cwd </dev/null)" = / ] || fail 'cwd differs'
[ "$(MARK=m1 ng puppet 'env MARK' </dev/null)" = m1 ] || fail 'environment differs'

# Ctrl+C: the client has a process group of its own, as a shell's job would; SIGINT must end client and run.
set -m
ng puppet 'out on\n' hang </dev/null >"$work/hang" &
client=$!
set +m
until grep -q on "$work/hang"; do kill -0 "$client" || fail 'the hanging run ended by itself'; done
kill -INT -- "-$client"
wait "$client" || true
kill -TERM "$daemon"
wait "$daemon" || fail "naild did not drain: exit $?"
echo 'ng-nailgun: bytes, codes, arguments, environment, cwd and Ctrl+C hold'
