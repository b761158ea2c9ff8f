// What a centre keeps encrypted: its keys in DIR/keys, and recordings in DIR/contents or the S3 store of its settings.
#pragma once

#include <functional>
#include <memory>

#include "app/centre.h"
#include "vault/contents.h"
#include "vault/keys.h"

namespace zh::app {

// The centre's keys. A centre that has nothing encrypted yet gets them now, with its first recording or transcript.
// Fails: not_found, when the file is gone although something was encrypted with it; and as vault::Keys::open.
Result<vault::Keys> content_keys(const Centre& centre);

// The centre's store of recordings, with the shelf it lies on.
class ContentStore {
 public:
  // Fails as content_keys().
  static Result<std::unique_ptr<ContentStore>> open(const Centre& centre);

  vault::Shelf& shelf() { return *shelf_; }
  vault::Contents& contents() { return contents_; }

 private:
  ContentStore(std::unique_ptr<vault::Shelf> shelf, vault::Keys keys)
      : shelf_(std::move(shelf)), contents_(*shelf_, std::move(keys)) {}

  std::unique_ptr<vault::Shelf> shelf_;
  vault::Contents contents_;
};

// Opens the store when it is first called, and gives the same from then on; any thread. `centre` outlives it.
std::function<Result<vault::Contents*>()> contents_when_asked(const Centre& centre);

}  // namespace zh::app
