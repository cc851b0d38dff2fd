#include "reference/nail/cancel_token.hpp"

namespace naild::nail {

void cancel_token::fire() noexcept {
  if (fired_) return;
  fired_ = true;
  for (cancel_subscription* each = first_; each != nullptr; each = each->next_) each->wake_.set();
}

cancel_subscription::cancel_subscription(cancel_token& token, task::event& wake) noexcept : token_(token), wake_(wake) {
  next_ = token.first_;
  if (next_ != nullptr) next_->previous_ = this;
  token.first_ = this;
  if (token.fired()) wake.set();
}

cancel_subscription::~cancel_subscription() {
  (previous_ != nullptr ? previous_->next_ : token_.first_) = next_;
  if (next_ != nullptr) next_->previous_ = previous_;
}

}  // namespace naild::nail
