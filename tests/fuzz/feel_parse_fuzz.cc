#include "tests/fuzz/feel_parse.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {  // NOLINT: the fuzzer's name
  zh::fuzz::feel_parse({data, size});
  return 0;
}
