// Linked into a naild for tests: a run that uses what the process has once ends the process, and its name is told. Code
// that belongs to no run may use it.

#include <dlfcn.h>
#include <sys/stat.h>
#include <unistd.h>

#include <clocale>
#include <cstdio>
#include <cstdlib>

#include "reference/io/run_queue.hpp"
#include "reference/io/strand.hpp"
#include "reference/stdio/binding.hpp"

namespace {

/// 0: the calling thread works for no run.
unsigned session_of_this_thread() noexcept {
  if (const auto& bound = naild::stdio::thread_slot::here(); bound != nullptr) return bound->session();
  const naild::io::strand* here = naild::io::run_queue_of_this_thread().current;
  return here == nullptr ? 0 : here->session();
}

void refuse_to_runs(const char* what, const char* call) noexcept {
  const unsigned session = session_of_this_thread();
  if (session == 0) return;
  std::fprintf(stderr, "session %u used the process's %s: %s\n", session, what, call);
  std::abort();
}

template <class Function>
Function* next_of(const char* name, Function*) noexcept {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

}  // namespace

// The functions that the C library's own stand behind.
#define INTERPOSED(result, name, parameters, arguments, what, attributes) \
  extern "C" result name parameters attributes {                          \
    refuse_to_runs(what, #name);                                          \
    return next_of(#name, &name) arguments;                               \
  }

INTERPOSED(char*, getenv, (const char* key), (key), "environment", noexcept)
INTERPOSED(char*, secure_getenv, (const char* key), (key), "environment", noexcept)
INTERPOSED(int, setenv, (const char* key, const char* value, int replace), (key, value, replace), "environment", noexcept)
INTERPOSED(int, unsetenv, (const char* key), (key), "environment", noexcept)
INTERPOSED(int, putenv, (char* entry), (entry), "environment", noexcept)
INTERPOSED(int, clearenv, (), (), "environment", noexcept)
INTERPOSED(int, chdir, (const char* path), (path), "working directory", noexcept)
INTERPOSED(int, fchdir, (int fd), (fd), "working directory", noexcept)
INTERPOSED(char*, getcwd, (char* into, std::size_t bytes), (into, bytes), "working directory", noexcept)
INTERPOSED(mode_t, umask, (mode_t mask), (mask), "umask", noexcept)
INTERPOSED(char*, setlocale, (int category, const char* name), (category, name), "locale", noexcept)
