#include "harness/report/terminal.hpp"

#include <cstdlib>
#include <optional>
#include <string>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

namespace nailbiter::report {
namespace {

/// Sets a variable, or takes it away, until it goes.
class variable {
 public:
  variable(const char* name, const char* value) : name_(name) {
    if (const char* now = std::getenv(name)) before_ = now;
    set(value);
  }
  variable(const variable&) = delete;
  variable& operator=(const variable&) = delete;
  ~variable() { set(before_ ? before_->c_str() : nullptr); }

 private:
  void set(const char* value) { value != nullptr ? ::setenv(name_, value, 1) : ::unsetenv(name_); }

  const char* name_;
  std::optional<std::string> before_;
};

/// The far end of a terminal of its own.
class pseudo_terminal {
 public:
  pseudo_terminal() : near_(::posix_openpt(O_RDWR | O_NOCTTY)) {
    if (near_ < 0 || ::grantpt(near_) != 0 || ::unlockpt(near_) != 0) return;
    far_ = std::fopen(::ptsname(near_), "r+");
  }
  pseudo_terminal(const pseudo_terminal&) = delete;
  pseudo_terminal& operator=(const pseudo_terminal&) = delete;
  ~pseudo_terminal() {
    if (far_ != nullptr) std::fclose(far_);
    ::close(near_);
  }

  std::FILE* far_end() const noexcept { return far_; }

 private:
  int near_;
  std::FILE* far_ = nullptr;
};

TEST(Terminal, is_painted_unless_the_user_says_no) {
  const pseudo_terminal one;
  ASSERT_NE(one.far_end(), nullptr);
  const variable term("TERM", "xterm");
  {
    const variable unset("NO_COLOR", nullptr);
    EXPECT_EQ(colour_for(one.far_end()), colour::on);
  }
  {
    const variable empty("NO_COLOR", "");
    EXPECT_EQ(colour_for(one.far_end()), colour::on);
  }
  const variable set("NO_COLOR", "1");
  EXPECT_EQ(colour_for(one.far_end()), colour::off);
  EXPECT_EQ(is_terminal(one.far_end()), watched::yes) << "progress is shown all the same";
}

TEST(Terminal, that_understands_nothing_is_none) {
  const pseudo_terminal one;
  ASSERT_NE(one.far_end(), nullptr);
  const variable unset("NO_COLOR", nullptr);
  const variable term("TERM", "dumb");
  EXPECT_EQ(is_terminal(one.far_end()), watched::no);
  EXPECT_EQ(colour_for(one.far_end()), colour::off);
}

TEST(Terminal, a_file_is_none) {
  const variable term("TERM", "xterm");
  std::FILE* file = std::tmpfile();
  ASSERT_NE(file, nullptr);
  EXPECT_EQ(is_terminal(file), watched::no);
  EXPECT_EQ(colour_for(file), colour::off);
  std::fclose(file);
}

}  // namespace
}  // namespace nailbiter::report
