// The keys under which recordings and transcripts lie encrypted, in one file of the centre's data directory.
//
//   # zhiheng keys …
//   name 4be1…                                  64 hexadecimal digits: names contents, never changes
//   seal 2026-11-22T09:00:00Z 90ac…             encrypts; the last line is the one in use, those above still decrypt
//
// Whoever has this file and a copy of the data can read everything; without it nobody can, ever. So it is readable by
// its owner alone, is made once (by init), and belongs into a backup of its own. Rotating adds a seal key: what is
// stored from then on is encrypted with it, what lies there stays readable as long as its key stands in the file.
//
// Keys are values that may be shared between threads; their bytes are wiped when the last copy goes.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "base/instant.h"
#include "base/result.h"

namespace zh::vault {

// How a seal key is known in what it encrypted: a hash of it, which says nothing about the key.
struct KeyId {
  std::array<unsigned char, 8> bytes{};
  std::string hex() const;
  friend auto operator<=>(const KeyId&, const KeyId&) = default;
};

// 32 secret bytes.
class Secret {
 public:
  Secret() = default;
  static Secret random();
  ~Secret();
  Secret(const Secret&) = default;
  Secret& operator=(const Secret&) = default;

  const unsigned char* data() const { return bytes_.data(); }
  static Result<Secret> parse(std::string_view hex);
  std::string hex() const;

 private:
  std::array<unsigned char, 32> bytes_{};
};

class Keys {
 public:
  struct Seal {
    KeyId id;
    Instant made_at;
    Secret secret;
  };

  // Reads the file. Fails: not_found; forbidden when others than its owner may read it; invalid with file:line.
  static Result<Keys> open(const std::filesystem::path& file);
  // Makes the file with new keys. Fails (conflict) when it is there: keys are never overwritten.
  static Result<Keys> make(const std::filesystem::path& file, Instant now);
  // Adds a seal key to the file, which is replaced whole or not at all, and uses it from now on.
  static Result<Keys> rotate(const std::filesystem::path& file, Instant now);

  // The one that encrypts.
  const Seal& current() const { return seals_->back(); }
  // By time; never empty.
  const std::vector<Seal>& seals() const { return *seals_; }
  // Fails (not_found), naming the key and the file that lacks it.
  Result<const Seal*> find(const KeyId& id) const;

  // The name of a content: a hash that only who has the keys can compute, so that a name gives nothing away.
  Hash name_of(std::string_view bytes) const;

 private:
  friend class NameHasher;
  Keys() = default;
  static Result<Keys> parse(std::string_view text, const std::filesystem::path& file);
  std::string to_text() const;

  std::filesystem::path file_;
  Secret naming_;
  std::shared_ptr<const std::vector<Seal>> seals_;
};

// The name of a content that comes in pieces.
class NameHasher {
 public:
  explicit NameHasher(const Keys& keys);
  void add(std::string_view bytes);
  Hash finish();  // once

 private:
  // Room for libsodium's state, which only keys.cc knows.
  alignas(64) std::array<std::byte, 384> state_;
};

}  // namespace zh::vault
