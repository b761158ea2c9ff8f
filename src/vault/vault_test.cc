// Keys, sealed texts and contents: what is stored reads back, in any part; whatever is changed is noticed; nothing is
// left half done.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <iterator>
#include <map>

#include "tests/support/folder.h"
#include "vault/contents.h"
#include "vault/directory_shelf.h"
#include "vault/new_file.h"
#include "vault/seal.h"

namespace zh::vault {
namespace {

using testing::HasSubstr;
using testing_support::Folder;

constexpr Instant kNow{1'792'000'000'000'000};

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void write_file(const std::filesystem::path& path, std::string_view text) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << text;
}

template <class T>
std::string problem_of(const Result<T>& result) {
  return result.ok() ? "" : result.error().to_string(Language::en);
}

// Bytes without a pattern that repeats within a chunk.
std::string sample(std::size_t size) {
  std::string bytes(size, '\0');
  std::uint32_t state = 1;
  for (char& byte : bytes) {
    state = state * 1'664'525 + 1'013'904'223;
    byte = static_cast<char>(state >> 24);
  }
  return bytes;
}

OpenSource source_of(const std::string& bytes) {
  return [&bytes]() -> Result<std::unique_ptr<ByteSource>> {
    return std::unique_ptr<ByteSource>(std::make_unique<TextSource>(bytes));
  };
}

class VaultTest : public testing::Test {
 protected:
  std::filesystem::path key_file() const { return folder / "keys"; }
  // The one file of the shelf.
  std::filesystem::path stored() const {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder / "contents")) {
      if (entry.is_regular_file()) return entry.path();
    }
    return {};
  }

  Folder folder;
  Keys keys = Keys::make(folder / "keys", kNow).value();
  DirectoryShelf shelf{folder / "contents"};
  Contents contents{shelf, keys};
};

// ---- keys

TEST_F(VaultTest, AKeyFileIsReadableByItsOwnerAloneAndIsNeverOverwritten) {
  struct stat found{};
  ASSERT_EQ(::stat(key_file().c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777, 0600U);
  const std::string before = read_file(key_file());
  EXPECT_EQ(Keys::make(key_file(), kNow).error().code, ErrorCode::conflict);
  EXPECT_EQ(read_file(key_file()), before);
  EXPECT_EQ(Keys::open(key_file())->current().id, keys.current().id);

  std::filesystem::permissions(key_file(), std::filesystem::perms::group_read, std::filesystem::perm_options::add);
  EXPECT_THAT(problem_of(Keys::open(key_file())), HasSubstr("others may read the key file; run: chmod 600"));
  EXPECT_EQ(Keys::open(folder / "none").error().code, ErrorCode::not_found);
}

TEST_F(VaultTest, AKeyFileThatIsNoneIsToldByItsLine) {
  const std::string whole = read_file(key_file());
  const auto problem_with = [&](const std::string& text) {
    write_file(key_file(), text);
    return problem_of(Keys::open(key_file()));
  };
  EXPECT_THAT(problem_with(whole + "rubbish\n"), HasSubstr("keys:5: this line of the key file is none"));
  EXPECT_THAT(problem_with(whole.substr(0, whole.size() - 3)), HasSubstr("keys:4:"));
  EXPECT_THAT(problem_with(whole.substr(0, whole.find("seal "))), HasSubstr("the key file is not whole"));
  EXPECT_EQ(problem_with(whole), "");
}

TEST_F(VaultTest, ARotatedKeyEncryptsAndTheOldOneStillReads) {
  const std::string old_text = seal(keys, Hash{}, "before");
  const Put old_content = contents.put(source_of("before")).value();
  const Keys rotated = Keys::rotate(key_file(), {kNow.us + 1'000'000}).value();
  EXPECT_EQ(rotated.seals().size(), 2U);
  EXPECT_NE(rotated.current().id, keys.current().id);
  EXPECT_EQ(unseal(rotated, Hash{}, old_text).value(), "before");
  Contents with_rotated(shelf, rotated);
  EXPECT_EQ(with_rotated.open(old_content.name)->read(0, 100).value(), "before");
  // A content keeps its name, so that it is found again whichever key is in use.
  EXPECT_FALSE(with_rotated.put(source_of("before"))->is_new);
  // What the new key encrypted, the old file cannot read, and says which key it lacks.
  EXPECT_THAT(problem_of(unseal(keys, Hash{}, seal(rotated, Hash{}, "after"))),
              HasSubstr("this was encrypted with the key " + rotated.current().id.hex()));
}

// ---- sealed texts

TEST_F(VaultTest, ASealedTextOpensForItsNameOnlyAndShowsEveryChange) {
  const Hash name = keys.name_of("text");
  const std::string sealed = seal(keys, name, "您好");
  EXPECT_EQ(unseal(keys, name, sealed).value(), "您好");
  EXPECT_NE(seal(keys, name, "您好"), sealed);
  EXPECT_EQ(unseal(keys, keys.name_of("other"), sealed).error().code, ErrorCode::corrupt);
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    std::string changed = sealed;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_FALSE(unseal(keys, name, changed).ok()) << i;
    EXPECT_FALSE(unseal(keys, name, std::string_view(sealed).substr(0, i)).ok()) << i;
  }
}

// ---- contents

TEST_F(VaultTest, AContentReadsBackWhateverItsLength) {
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, kChunkBytes - 1, kChunkBytes, kChunkBytes + 1,
                                 2 * kChunkBytes, 3 * kChunkBytes + 17}) {
    const std::string bytes = sample(size);
    const Put put = contents.put(source_of(bytes)).value();
    EXPECT_TRUE(put.is_new);
    EXPECT_EQ(put.bytes, size);
    ContentReader reader = contents.open(put.name).value();
    EXPECT_EQ(reader.size(), size);
    EXPECT_EQ(reader.read(0, size + 1).value(), bytes);
    EXPECT_TRUE(contents.verify(put.name).ok());
  }
}

TEST_F(VaultTest, AnyPartOfAContentIsThePartOfItsBytes) {
  const std::string bytes = sample(3 * kChunkBytes + 17);
  const Put put = contents.put(source_of(bytes)).value();
  ContentReader reader = contents.open(put.name).value();
  for (const std::size_t offset : {std::size_t{0}, std::size_t{1}, kChunkBytes - 1, kChunkBytes, 2 * kChunkBytes + 5,
                                   3 * kChunkBytes, bytes.size() - 1, bytes.size(), bytes.size() + 9}) {
    for (const std::size_t length : {std::size_t{0}, std::size_t{1}, std::size_t{2}, kChunkBytes, 2 * kChunkBytes}) {
      const std::string expected = offset < bytes.size() ? bytes.substr(offset, length) : "";
      EXPECT_EQ(reader.read(offset, length).value(), expected) << offset << " " << length;
    }
  }
}

TEST_F(VaultTest, ThePlainBytesAndTheirHashAreNowhereOnTheShelf) {
  const std::string bytes = "a sentence that somebody said on the telephone";
  const Put put = contents.put(source_of(bytes)).value();
  EXPECT_THAT(read_file(stored()), testing::Not(HasSubstr("sentence")));
  EXPECT_NE(put.name, sha256(bytes));
  EXPECT_EQ(stored().filename(), put.name.hex());
}

TEST_F(VaultTest, EveryFlippedByteIsNoticedWhenItsChunkIsRead) {
  const std::string bytes = sample(2 * kChunkBytes + 100);
  const Put put = contents.put(source_of(bytes)).value();
  const std::string whole = read_file(stored());
  for (std::size_t at = 0; at < whole.size(); at += at < 64 ? 1 : 7919) {
    std::string changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 0x10);
    write_file(stored(), changed);
    const Status status = contents.verify(put.name);
    ASSERT_FALSE(status.ok()) << at;
    EXPECT_TRUE(status.error().code == ErrorCode::corrupt || status.error().code == ErrorCode::not_found) << at;
  }
  // Parts whose chunks are whole still read.
  std::string changed = whole;
  changed.back() = static_cast<char>(changed.back() ^ 1);
  write_file(stored(), changed);
  ContentReader reader = contents.open(put.name).value();
  EXPECT_EQ(reader.read(100, 100).value(), bytes.substr(100, 100));
  EXPECT_THAT(problem_of(reader.read(2 * kChunkBytes, 1)), HasSubstr("chunk 3 of the content " + put.name.hex()));
}

TEST_F(VaultTest, ACutOffOrLengthenedContentIsNoticed) {
  const Put put = contents.put(source_of(sample(2 * kChunkBytes))).value();
  const std::string whole = read_file(stored());
  const std::size_t chunk = kChunkBytes + 16;
  for (const std::size_t size : {std::size_t{0}, std::size_t{20}, std::size_t{40}, 40 + chunk, whole.size() - 1}) {
    write_file(stored(), whole.substr(0, size));
    EXPECT_EQ(contents.verify(put.name).error().code, ErrorCode::corrupt) << size;
  }
  write_file(stored(), whole + "x");
  EXPECT_EQ(contents.verify(put.name).error().code, ErrorCode::corrupt);
}

TEST_F(VaultTest, AChunkInAnothersPlaceAndAContentUnderAnothersNameAreNoticed) {
  const Put put = contents.put(source_of(sample(2 * kChunkBytes))).value();
  const std::string whole = read_file(stored());
  const std::size_t chunk = kChunkBytes + 16;
  write_file(stored(), whole.substr(0, 40) + whole.substr(40 + chunk) + whole.substr(40, chunk));
  EXPECT_EQ(contents.verify(put.name).error().code, ErrorCode::corrupt);

  const Put other = contents.put(source_of("another")).value();
  const std::filesystem::path folder_of_other = folder / "contents" / other.name.hex().substr(0, 2);
  write_file(folder_of_other / other.name.hex(), whole);
  EXPECT_EQ(contents.verify(other.name).error().code, ErrorCode::corrupt);
}

TEST_F(VaultTest, PuttingADamagedContentAgainMendsIt) {
  const std::string bytes = sample(kChunkBytes + 5);
  const Put put = contents.put(source_of(bytes)).value();
  EXPECT_FALSE(contents.put(source_of(bytes))->is_new);
  write_file(stored(), "rubbish");
  EXPECT_TRUE(contents.put(source_of(bytes))->is_new);
  EXPECT_EQ(contents.open(put.name)->read(0, bytes.size()).value(), bytes);
}

TEST_F(VaultTest, AFileThatChangesWhileItIsReadIsRefusedAndLeavesNothing) {
  int opened = 0;
  const OpenSource changing = [&opened]() -> Result<std::unique_ptr<ByteSource>> {
    return std::unique_ptr<ByteSource>(std::make_unique<TextSource>(++opened == 1 ? "before" : "behind"));
  };
  EXPECT_EQ(contents.put(changing).error().code, ErrorCode::conflict);
  EXPECT_TRUE(stored().empty());
}

// A shelf on a disk that takes so many bytes and no more.
class FullShelf final : public Shelf {
 public:
  explicit FullShelf(std::size_t room) : room_(room) {}

  Result<std::unique_ptr<Incoming>> create(const Hash& name) override {
    return std::unique_ptr<Incoming>(std::make_unique<Piece>(*this, name));
  }
  Result<std::unique_ptr<Thing>> find(const Hash&) override { return std::unique_ptr<Thing>(); }
  Result<bool> remove(const Hash&) override { return false; }
  Status each(const std::function<Status(const Hash&, Instant)>&) override { return {}; }
  Result<std::int64_t> tidy(Instant) override { return 0; }

  int kept = 0;

 private:
  struct Piece final : Incoming {
    Piece(FullShelf& shelf, const Hash&) : of(shelf) {}
    Status write(std::string_view bytes) override {
      if (bytes.size() > of.room_) return error(ErrorCode::unavailable, {.zh = "磁盘已满", .en = "the disk is full"});
      of.room_ -= bytes.size();
      return {};
    }
    Status keep() override {
      ++of.kept;
      return {};
    }
    FullShelf& of;
  };
  std::size_t room_;
};

TEST_F(VaultTest, AFullShelfIsToldAndKeepsNothing) {
  for (const std::size_t room : {std::size_t{0}, std::size_t{100}, kChunkBytes + 100}) {
    FullShelf full(room);
    Contents onto_full(full, keys);
    EXPECT_THAT(problem_of(onto_full.put(source_of(sample(2 * kChunkBytes)))), HasSubstr("the disk is full"));
    EXPECT_EQ(full.kept, 0);
  }
}

TEST_F(VaultTest, AFileThatIsGivenUpLeavesNothing) {
  const std::filesystem::path target = folder / "target";
  {
    NewFile file = NewFile::create(target).value();
    ASSERT_TRUE(file.write("half").ok());
  }
  EXPECT_FALSE(std::filesystem::exists(target));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);  // the key file
}

TEST_F(VaultTest, WhatAKilledPutLeavesIsTidiedAwayAndNothingElse) {
  const Put put = contents.put(source_of("whole")).value();
  const std::filesystem::path partial = stored().string() + ".0123.partial";
  write_file(partial, "half");
  EXPECT_EQ(shelf.tidy({0}).value(), 0);
  EXPECT_TRUE(std::filesystem::exists(partial));
  EXPECT_EQ(shelf.tidy({4'000'000'000'000'000}).value(), 1);
  EXPECT_FALSE(std::filesystem::exists(partial));

  std::vector<Hash> names;
  EXPECT_TRUE(shelf
                  .each([&names](const Hash& name, Instant) {
                    names.push_back(name);
                    return Status();
                  })
                  .ok());
  EXPECT_THAT(names, testing::ElementsAre(put.name));
  EXPECT_TRUE(shelf.remove(put.name).value());
  EXPECT_FALSE(shelf.remove(put.name).value());
  EXPECT_EQ(contents.open(put.name).error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace zh::vault
