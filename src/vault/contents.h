// Contents (recordings) encrypted at rest, each known by a keyed hash of its bytes: the same recording taken in twice
// is one content, and a name gives away nothing.
//
//   header, 40 bytes    "ZHVAULT1" · 8 bytes key id · 8 bytes length of the content · 16 random bytes
//   chunks              64 KiB of the content each, the last one what is left (an empty content: one empty chunk),
//                       XChaCha20-Poly1305, 16 bytes tag. Nonce: the 16 random bytes and the chunk's number.
//                       Associated data: header · name · number · whether it is the last. Numbers are little-endian.
//
// So any part can be read by decrypting only its chunks, and a chunk that was changed, moved, cut off or taken from
// another content is noticed when it is read.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/source.h"
#include "vault/keys.h"
#include "vault/shelf.h"

namespace zh::vault {

inline constexpr std::size_t kChunkBytes = std::size_t{64} << 10;

// Opens the bytes to put from their beginning; called twice, since a content is named before it is written.
using OpenSource = std::function<Result<std::unique_ptr<ByteSource>>()>;

struct Put {
  Hash name;
  std::uint64_t bytes = 0;
  bool is_new = false;  // false: lay there already, whole
};

// One content to read from. Belongs to one thread at a time.
class ContentReader {
 public:
  std::uint64_t size() const { return size_; }
  // The bytes [offset, offset + length), fewer only past the end. Fails: corrupt, naming the content and the chunk;
  // unavailable.
  Result<std::string> read(std::uint64_t offset, std::size_t length);

 private:
  friend class Contents;
  ContentReader() = default;
  Result<std::string> chunk(std::uint64_t number);

  std::unique_ptr<Shelf::Thing> thing_;
  Hash name_;
  std::string header_;
  Secret secret_;
  std::uint64_t size_ = 0;
};

class Contents {
 public:
  // `shelf` must outlive this. Any thread.
  Contents(Shelf& shelf, Keys keys) : shelf_(shelf), keys_(std::move(keys)) {}

  const Keys& keys() const { return keys_; }
  Shelf& shelf() { return shelf_; }

  // A content that lies there damaged is written anew. Fails: unavailable (source, or a shelf that is full or gone);
  // conflict when the source changes while it is read. What fails leaves nothing behind.
  Result<Put> put(const OpenSource& open);

  // Fails: not_found; corrupt when header or length do not fit; not_found when the key is gone.
  Result<ContentReader> open(const Hash& name);

  // Reads the content through. Fails as open() and read().
  Status verify(const Hash& name);

 private:
  Status write(const Hash& name, std::uint64_t size, const OpenSource& open);

  Shelf& shelf_;
  Keys keys_;
};

}  // namespace zh::vault
