#include "tests/fuzz/feel_eval.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {  // NOLINT: the fuzzer's name
  zh::fuzz::feel_eval({data, size});
  return 0;
}
