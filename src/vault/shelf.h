// Where encrypted contents lie: a directory (directory_shelf.h) or an S3-compatible store (s3_shelf.h). A shelf knows
// names and bytes and nothing of what they mean; things are put whole, never changed, and found by name.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/hash.h"
#include "base/instant.h"
#include "base/result.h"

namespace zh::vault {

// Any thread; what a shelf gives out belongs to one thread at a time.
class Shelf {
 public:
  // A thing on its way in. Dropped before keep(), it leaves nothing behind.
  class Incoming {
   public:
    virtual ~Incoming() = default;
    // Fail (unavailable): full, gone, not allowed.
    virtual Status write(std::string_view bytes) = 0;
    // Safe on the medium and found by its name, in place of what had the name. Once.
    virtual Status keep() = 0;
  };
  // A thing that lies there. When it is removed meanwhile it stays readable or fails as not_found.
  class Thing {
   public:
    virtual ~Thing() = default;
    virtual std::uint64_t size() const = 0;
    // The bytes from `offset` on, fewer than asked for only at the end.
    virtual Result<std::string> read(std::uint64_t offset, std::size_t length) = 0;
  };

  Shelf() = default;
  Shelf(const Shelf&) = delete;
  Shelf& operator=(const Shelf&) = delete;
  virtual ~Shelf() = default;

  virtual Result<std::unique_ptr<Incoming>> create(const Hash& name) = 0;
  // Null when there is none of that name.
  virtual Result<std::unique_ptr<Thing>> find(const Hash& name) = 0;
  // False when there was none.
  virtual Result<bool> remove(const Hash& name) = 0;
  // Every thing and when it was put there, in the order of names; until `visit` fails.
  virtual Status each(const std::function<Status(const Hash&, Instant)>& visit) = 0;
  // Removes what unfinished puts before `before` have left behind; gives their number.
  virtual Result<std::int64_t> tidy(Instant before) = 0;
};

}  // namespace zh::vault
