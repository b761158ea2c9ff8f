#include "tests/fuzz/dmn_model.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {  // NOLINT: the fuzzer's name
  zh::fuzz::dmn_model({data, size});
  return 0;
}
