// Any bytes as a stored derivation: a tree that encodes to bytes which decode to it again, or an error.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "policy/derivation.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace zh;
  const auto tree = policy::decode({reinterpret_cast<const char*>(data), size});
  if (!tree.ok()) return 0;
  const std::string bytes = policy::encode(*tree);
  const auto again = policy::decode(bytes);
  if (!again.ok() || !(*again == *tree) || policy::encode(*again) != bytes) std::abort();
  policy::to_text(*tree, Zone::utc(), Language::zh);
  json::compact(policy::to_json(*tree, Zone::utc()));
  return 0;
}
