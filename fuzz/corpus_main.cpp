// Runs a fuzz target over the files of its corpus, in GoogleTest's output format: fuzz_corpus_X [DIR].
// An input that breaks a law aborts the program; no input at all is a failure.

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "fuzz/fuzz_input.hpp"

int main(int count, char** words) {
  if (count > 2) return std::fputs("usage: fuzz_corpus_X [DIR]\n", stderr), 64;
  const char* directory = count == 2 ? words[1] : FUZZ_CORPUS;
  std::vector<std::filesystem::path> files;
  std::error_code ec;
  for (const auto& entry : std::filesystem::directory_iterator(directory, ec)) files.push_back(entry.path());
  std::ranges::sort(files);
  for (const auto& file : files) {
    const std::string name = file.filename().string();
    std::printf("[ RUN      ] Corpus/" FUZZ_TARGET ".%s\n", name.c_str());
    std::fflush(stdout);
    std::ifstream stream(file, std::ios::binary);
    const std::string input{std::istreambuf_iterator<char>(stream), {}};
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
    std::printf("[       OK ] Corpus/" FUZZ_TARGET ".%s (0 ms)\n", name.c_str());
  }
  if (files.empty()) return std::fprintf(stderr, "no inputs in %s\n", directory), 1;
  std::printf("[==========] %zu tests from 1 test suite ran. (0 ms total)\n[  PASSED  ] %zu tests.\n", files.size(), files.size());
  return 0;
}
