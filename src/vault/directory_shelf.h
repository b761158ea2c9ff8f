// A shelf in a directory: FOLDER/4b/4be1…, two letters of the name and then the name. Written beside and renamed, so
// that a thing is there whole or not at all.
#pragma once

#include <filesystem>

#include "vault/shelf.h"

namespace zh::vault {

class DirectoryShelf final : public Shelf {
 public:
  // Made, for its owner alone, with the first thing that is put there.
  explicit DirectoryShelf(std::filesystem::path folder) : folder_(std::move(folder)) {}

  Result<std::unique_ptr<Incoming>> create(const Hash& name) override;
  Result<std::unique_ptr<Thing>> find(const Hash& name) override;
  Result<bool> remove(const Hash& name) override;
  Status each(const std::function<Status(const Hash&, Instant)>& visit) override;
  Result<std::int64_t> tidy(Instant before) override;

 private:
  std::filesystem::path path_of(const Hash& name) const;

  std::filesystem::path folder_;
};

}  // namespace zh::vault
