#include "harness/sim/network.hpp"

#include "harness/sim/listener.hpp"

#include <algorithm>
#include <cassert>
#include <span>

namespace nailbiter::sim {
namespace {

constexpr task::resource_id first_listener_resource = 0x10;
constexpr task::resource_id last_listener_resource = 0x7f;

}  // namespace

void network::begin() noexcept {
  assert(listeners_.empty() && "a listener of the last execution is left");
  pipe_count_ = 0;
  connection_count_ = 0;
  listener_count_ = 0;
  accepts_to_fail_ = 0;
}

std::unique_ptr<port::connection_attempt> network::prepare(const port::address& where) {
  return std::make_unique<attempt>(*this, where);
}

naild::base::io_result<std::unique_ptr<port::listener>> network::listen(std::string name, std::size_t open_max) {
  if (listeners_.contains(name)) return tl::unexpected(naild::base::io_error::bad_address);
  const auto resource = std::min(first_listener_resource + listener_count_++, last_listener_resource);
  auto made = std::make_unique<listener>(*this, name, resource, open_max);
  listeners_.emplace(std::move(name), made.get());
  return made;
}

listener* network::find(const port::address& where) noexcept {
  const auto found = listeners_.find(where.name);
  return found == listeners_.end() ? nullptr : found->second;
}

pipe& network::next_pipe() {
  if (pipe_count_ == pipes_.size()) pipes_.push_back(std::make_unique<pipe>());
  return *pipes_[pipe_count_++];
}

std::size_t network::open_ends() const noexcept {
  const auto made = std::span(pipes_).first(pipe_count_);
  return static_cast<std::size_t>(std::ranges::count_if(made, [](const auto& each) { return each->has_reader(); }));
}

stream_pair network::connected_pair() {
  const std::uint32_t connection = ++connection_count_;
  pipe& up = next_pipe();
  pipe& down = next_pipe();
  up.open(owner_, down, connection, task::resource_of(connection, task::session_part::wire_in), options_.pipe);
  down.open(owner_, up, connection, task::resource_of(connection, task::session_part::wire_out), options_.pipe);
  return {std::make_unique<stream>(down, up), std::make_unique<stream>(up, down)};
}

}  // namespace nailbiter::sim
