#include "ledger/compress.h"

#include <zstd.h>

#include <memory>
#include <new>

namespace zh::ledger {

namespace {

// Derivations repeat themselves: the quickest level makes them a tenth already.
constexpr int kLevel = 1;
// A damaged length must not ask for all memory.
constexpr unsigned long long kLargest = 1ULL << 30;

Error damaged() { return error(ErrorCode::corrupt, {.zh = "压缩内容已损坏", .en = "compressed content is damaged"}); }

// A context holds the tables that compressing needs; a thread keeps its own from one text to the next.
ZSTD_CCtx& context() {
  struct Free {
    void operator()(ZSTD_CCtx* made) const { ZSTD_freeCCtx(made); }
  };
  thread_local const std::unique_ptr<ZSTD_CCtx, Free> own = [] {
    std::unique_ptr<ZSTD_CCtx, Free> made(ZSTD_createCCtx());
    if (made == nullptr) throw std::bad_alloc();
    ZSTD_CCtx_setParameter(made.get(), ZSTD_c_compressionLevel, kLevel);
    ZSTD_CCtx_setParameter(made.get(), ZSTD_c_checksumFlag, 1);
    return made;
  }();
  return *own;
}

}  // namespace

std::string compressed(std::string_view text) {
  if (text.empty()) return {};
  std::string bytes(ZSTD_compressBound(text.size()), '\0');
  const std::size_t size = ZSTD_compress2(&context(), bytes.data(), bytes.size(), text.data(), text.size());
  // The room is enough, so only memory can be wanting.
  if (ZSTD_isError(size) != 0) throw std::bad_alloc();
  bytes.resize(size);
  return bytes;
}

Result<std::string> decompressed(std::string_view bytes) {
  if (bytes.empty()) return std::string();
  const unsigned long long length = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
  // Also the values that stand for "unknown" and "no frame": both are larger than any length.
  if (length > kLargest) return damaged();
  std::string text(length, '\0');
  const std::size_t size = ZSTD_decompress(text.data(), text.size(), bytes.data(), bytes.size());
  if (ZSTD_isError(size) != 0 || size != length) return damaged();
  return text;
}

}  // namespace zh::ledger
