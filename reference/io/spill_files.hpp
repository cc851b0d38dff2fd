#pragma once

// Files without a name in a directory (O_TMPFILE): the kernel frees them with their descriptor.

#include <string>

#include "reference/port/spill_file.hpp"

namespace naild::io {

class spill_files final : public port::spill_files {
 public:
  /// $TMPDIR, else /tmp.
  spill_files();
  explicit spill_files(std::string directory) : directory_(std::move(directory)) {}

  std::unique_ptr<port::spill_file> make() override;

 private:
  std::string directory_;
};

}  // namespace naild::io
