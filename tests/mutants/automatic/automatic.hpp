#pragma once

// The switch of the mutants that a program wrote: NAILBITER_MUTANT names one by its id, the code asks by number. In a
// constant expression all are asleep. What warnings say of a mutant is no news; the flags stay those of every build, so
// that what knows no mutant comes from the compiler's cache.

#include <algorithm>
#include <mutex>
#include <type_traits>
#include <utility>

#include "mutants.hpp"

#pragma GCC diagnostic ignored "-Wall"
#pragma GCC diagnostic ignored "-Wdangling-else"
#pragma GCC diagnostic ignored "-Wimplicit-fallthrough"
#pragma GCC diagnostic ignored "-Wreturn-type"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wunused-value"

namespace mutants {

inline const int awake_number = awake().id.empty() ? -1 : static_cast<int>(std::ranges::find(known_ids, awake().id) - std::begin(known_ids));

inline bool asked(int number) {
  if (awake_number != number) return false;
  awake().tell_once(awake().reached, "r");
  return true;
}

constexpr bool is_on(int number) {
  if (std::is_constant_evaluated()) return false;
  return asked(number);
}

/// A std::lock_guard, or nothing.
template <class Mutex>
class optional_guard {
 public:
  optional_guard(Mutex& mutex, bool dropped) : mutex_(dropped ? nullptr : &mutex) {
    if (mutex_ != nullptr) mutex_->lock();
  }
  optional_guard(const optional_guard&) = delete;
  ~optional_guard() {
    if (mutex_ != nullptr) mutex_->unlock();
  }

 private:
  Mutex* mutex_;
};

/// `own`, or one object for all that come here.
template <int number, class T>
T& shared_local(T& own) {
  if (!is_on(number)) return own;
  using value = std::remove_const_t<T>;
  static value* all = nullptr;  // never destroyed: who uses it may outlive this call
  if constexpr (std::is_const_v<T>) {
    if (all == nullptr) all = new value(own);
    else *all = own;
  } else {
    if (all == nullptr) all = new value(std::move(own));
    else *all = std::move(own);
  }
  return *all;
}

/// std::exchange, or only the reading of it.
template <int number, class T, class U = T>
constexpr T exchange(T& object, U&& next) {
  if (is_on(number)) return object;
  return std::exchange(object, std::forward<U>(next));
}

}  // namespace mutants
