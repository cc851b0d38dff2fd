#include "reference/stdio/routed_streams.hpp"

#include <iostream>
#include <streambuf>

#include "reference/stdio/binding.hpp"

namespace naild::stdio {
namespace {

constexpr std::size_t input_ahead_bytes = 4096;

/// Without a buffer of its own: what one thread has written is never another's. It never reports a failure, which would
/// stop the stream for every run.
class output_buffer final : public std::streambuf {
 public:
  output_buffer(stream which, port::log_sink& unbound) : which_(which), unbound_(unbound) {}

 protected:
  int_type overflow(int_type one) override {
    if (traits_type::eq_int_type(one, traits_type::eof())) return traits_type::not_eof(one);
    const char byte = traits_type::to_char_type(one);
    write({&byte, 1});
    return one;
  }

  std::streamsize xsputn(const char* from, std::streamsize count) override {
    write({from, static_cast<std::size_t>(count)});
    return count;
  }

 private:
  void write(base::byte_view text) {
    const destination_ref bound = current_destination();
    if (bound != nullptr) {
      (void)bound->output().write(which_, text);
    } else if (text != "\n") {
      unbound_.write(port::severity::info, 0, text);
    }
  }

  stream which_;
  port::log_sink& unbound_;
};

/// Without a buffer of its own either: bytes wait in the input of the run.
class input_buffer final : public std::streambuf {
 protected:
  int_type underflow() override {
    const destination_ref bound = current_destination();
    const auto next = bound == nullptr ? std::nullopt : bound->input().peek(input_ahead_bytes);
    return next ? traits_type::to_int_type(*next) : traits_type::eof();
  }

  std::streamsize showmanyc() override {
    const destination_ref bound = current_destination();
    return bound == nullptr ? -1 : static_cast<std::streamsize>(bound->input().held_bytes());
  }

  int_type uflow() override {
    char one = 0;
    return xsgetn(&one, 1) == 1 ? traits_type::to_int_type(one) : traits_type::eof();
  }

  std::streamsize xsgetn(char* into, std::streamsize count) override {
    const destination_ref bound = current_destination();
    std::streamsize done = 0;
    while (bound != nullptr && done < count && bound->input().peek(input_ahead_bytes)) {
      const base::bytes piece = bound->input().read(static_cast<std::size_t>(count - done));
      piece.copy(into + done, piece.size());
      done += static_cast<std::streamsize>(piece.size());
    }
    return done;
  }
};

}  // namespace

struct routed_streams::buffers {
  explicit buffers(port::log_sink& unbound) : out(stream::standard_output, unbound), err(stream::standard_error, unbound) {}

  output_buffer out;
  output_buffer err;
  input_buffer in;
  std::streambuf* old_out = nullptr;
  std::streambuf* old_err = nullptr;
  std::streambuf* old_log = nullptr;
  std::streambuf* old_in = nullptr;
};

routed_streams::routed_streams(port::log_sink& unbound) : mine_(std::make_unique<buffers>(unbound)) {
  mine_->old_out = std::cout.rdbuf(&mine_->out);
  mine_->old_err = std::cerr.rdbuf(&mine_->err);
  mine_->old_log = std::clog.rdbuf(&mine_->err);
  mine_->old_in = std::cin.rdbuf(&mine_->in);
}

routed_streams::~routed_streams() {
  std::cout.rdbuf(mine_->old_out);
  std::cerr.rdbuf(mine_->old_err);
  std::clog.rdbuf(mine_->old_log);
  std::cin.rdbuf(mine_->old_in);
}

}  // namespace naild::stdio
