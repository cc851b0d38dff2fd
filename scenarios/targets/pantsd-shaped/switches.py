"""The process globals of the real daemon, each a switch: broken as upstream was (the process's own, one for all runs), or
fixed (a value of the run). The run lock is what makes the broken ones safe."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Switch:
    upstream: str
    what: str


SWITCHES = {
    "environ": Switch("#11641", "os.environ is replaced for the time of a run"),
    "argv": Switch("#11641", "sys.argv is replaced for the time of a run"),
    "cwd": Switch("#19682", "os.chdir() into the directory of the run"),
    "umask": Switch("#7654", "os.umask() by the run"),
    "locale": Switch("#7654", "the locale of the process, set by the run"),
    "stdin": Switch("#11536", "sys.stdin is replaced for the time of a run"),
    "stdout": Switch("#11536", "sys.stdout is replaced for the time of a run"),
    "stderr": Switch("#11536", "sys.stderr is replaced for the time of a run"),
    "threads": Switch("#11674", "a helper thread writes to the last run's destination"),
    "console": Switch("#13276", "one console: who owns it draws what anybody writes"),
    "logger": Switch("#7669", "the root logger has one handler, the last run's"),
    "loglevel": Switch("#7751", "the root logger has one level"),
    "exiter": Switch("#7996", "one exiter: it reports to the last run's client"),
    "session": Switch("#11223", "a cancel is a signal to the process: it ends every run"),
    "subsystem": Switch("#11424", "global instances of subsystems, reset by each run"),
    "tracker": Switch("#11931", "one run tracker, which knows the last run's name"),
    "scheduler": Switch("#11639", "one scheduler slot, its options compared outside the lock"),
    "graph": Switch("#11252", "results of a run are memoised without its id"),
}
