#pragma once

// Incremental decoders, one a direction. Pure: no session, order, socket or time.
//
// push() bytes as they come, then call next() until it has nothing more. The pushed bytes are borrowed: they must stay
// until next() has answered nullopt or an error, or until the next push(). A chunk that arrives whole is never copied.
// A length over the limit is reported as soon as its four bytes are there, before anything is allocated for the
// payload; the decoder then stays failed and ignores what is pushed. One strand owns a decoder.

#include "reference/wire/chunk.hpp"
#include "reference/wire/chunk_splitter.hpp"

#include <concepts>

namespace naild::wire {

class client_chunk_decoder {
 public:
  explicit client_chunk_decoder(std::uint32_t chunk_bytes_max = chunk_bytes_max_default) noexcept : splitter_(chunk_bytes_max) {}

  void push(base::byte_view input) { splitter_.push(input); }
  template <std::same_as<base::bytes> T>
  void push(T&& temporary) = delete;  // would be gone before next()

  /// The next whole chunk; nullopt when more bytes are needed. Its payload is valid until the next push() or next().
  result<std::optional<client_chunk>> next();

  /// Bytes held that belong to no returned chunk yet. Not zero at the end of a stream = it was cut inside a chunk.
  std::size_t pending_bytes() const noexcept { return splitter_.pending_bytes(); }

  /// The payload length that was refused; 0 unless failed.
  std::uint32_t announced_bytes() const noexcept { return splitter_.announced_bytes(); }

 private:
  chunk_splitter splitter_;
};

class server_chunk_decoder {
 public:
  explicit server_chunk_decoder(std::uint32_t chunk_bytes_max = chunk_bytes_max_default) noexcept : splitter_(chunk_bytes_max) {}

  void push(base::byte_view input) { splitter_.push(input); }
  template <std::same_as<base::bytes> T>
  void push(T&& temporary) = delete;  // would be gone before next()

  /// As client_chunk_decoder::next().
  result<std::optional<server_chunk>> next();

  std::size_t pending_bytes() const noexcept { return splitter_.pending_bytes(); }
  std::uint32_t announced_bytes() const noexcept { return splitter_.announced_bytes(); }

 private:
  chunk_splitter splitter_;
};

}  // namespace naild::wire
