#include "vault/keys.h"

#include <fmt/format.h>
#include <sodium.h>
#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <new>

#include "base/calendar.h"
#include "vault/new_file.h"

namespace zh::vault {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kHeading =
    "# Zhiheng: keys of this centre's recordings and transcripts. Without this file nobody can ever read them again;\n"
    "# keep a copy apart from the backups of the data (docs/operating/recordings.md).\n";
constexpr std::uintmax_t kFileBytes = std::uintmax_t{1} << 20;

std::string hex_of(const unsigned char* bytes, std::size_t size) {
  std::string text(2 * size + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), bytes, size);
  text.pop_back();
  return text;
}

KeyId id_of(const Secret& secret) {
  constexpr std::string_view kPurpose = "zhiheng seal key id";
  KeyId id;
  std::array<unsigned char, 32> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(kPurpose.data()), kPurpose.size(),
                     secret.data(), 32);
  std::copy_n(hash.begin(), id.bytes.size(), id.bytes.begin());
  return id;
}

Error bad_line(const fs::path& file, int line) {
  return invalid({.zh = "密钥文件的这一行无法识别；应为 name 或 seal 开头的行，请从备份恢复该文件",
                  .en = "this line of the key file is none; lines begin with name or seal. Restore the file from its "
                        "backup"},
                 {.file = file.string(), .line = line});
}

Status check_owner_only(const fs::path& file) {
  struct stat found{};
  if (::stat(file.c_str(), &found) != 0) {
    return error(ErrorCode::not_found,
                 {.zh = "没有密钥文件；请从备份恢复", .en = "there is no key file; restore it from its backup"},
                 {.file = file.string()});
  }
  if ((found.st_mode & (S_IRWXG | S_IRWXO)) == 0) return {};
  return error(ErrorCode::forbidden,
               {.zh = fmt::format("密钥文件可被他人读取；请运行 chmod 600 {}", file.string()),
                .en = fmt::format("others may read the key file; run: chmod 600 {}", file.string())},
               {.file = file.string()});
}

// The next word of a line, which is shortened by it.
std::string_view word(std::string_view& line) {
  const std::size_t space = line.find(' ');
  const std::string_view first = line.substr(0, space);
  line.remove_prefix(space == std::string_view::npos ? line.size() : space + 1);
  return first;
}

}  // namespace

std::string KeyId::hex() const { return hex_of(bytes.data(), bytes.size()); }

Secret Secret::random() {
  Secret secret;
  randombytes_buf(secret.bytes_.data(), secret.bytes_.size());
  return secret;
}

Secret::~Secret() { sodium_memzero(bytes_.data(), bytes_.size()); }

Result<Secret> Secret::parse(std::string_view hex) {
  Secret secret;
  std::size_t size = 0;
  const int failed =
      sodium_hex2bin(secret.bytes_.data(), secret.bytes_.size(), hex.data(), hex.size(), nullptr, &size, nullptr);
  if (failed != 0 || size != secret.bytes_.size() || hex.size() != 2 * size) {
    return invalid({.zh = "密钥应为 64 位十六进制数字", .en = "a key is 64 hexadecimal digits"});
  }
  return secret;
}

std::string Secret::hex() const { return hex_of(bytes_.data(), bytes_.size()); }

Result<Keys> Keys::parse(std::string_view text, const fs::path& file) {
  Keys keys;
  keys.file_ = file;
  std::vector<Seal> seals;
  bool named = false;
  for (int number = 1; !text.empty(); ++number) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.empty() || line.front() == '#') continue;
    const std::string_view kind = word(line);
    Seal seal;
    if (kind == "seal") {
      const auto made_at = Zone::utc().parse_instant(word(line));
      if (!made_at.ok()) return bad_line(file, number);
      seal.made_at = *made_at;
    }
    auto secret = Secret::parse(line);
    if (!secret.ok() || (kind != "seal" && (kind != "name" || named))) return bad_line(file, number);
    if (kind == "name") {
      keys.naming_ = *secret;
      named = true;
      continue;
    }
    seal.secret = *secret;
    seal.id = id_of(seal.secret);
    seals.push_back(std::move(seal));
  }
  if (!named || seals.empty()) {
    return invalid({.zh = "密钥文件不完整：需要一行 name 和至少一行 seal；请从备份恢复",
                    .en = "the key file is not whole: it has one line name and at least one line seal. Restore it "
                          "from its backup"},
                   {.file = file.string()});
  }
  keys.seals_ = std::make_shared<const std::vector<Seal>>(std::move(seals));
  return keys;
}

std::string Keys::to_text() const {
  std::string text(kHeading);
  text += "name " + naming_.hex() + "\n";
  for (const Seal& seal : *seals_) {
    text += fmt::format("seal {} {}\n", Zone::utc().format(seal.made_at), seal.secret.hex());
  }
  return text;
}

Result<Keys> Keys::open(const fs::path& file) {
  ZH_CHECK(check_owner_only(file));
  std::ifstream stream(file, std::ios::binary);
  std::error_code problem;
  if (!stream || fs::file_size(file, problem) > kFileBytes || problem) {
    return error(ErrorCode::unavailable, {.zh = "无法读取密钥文件", .en = "the key file cannot be read"},
                 {.file = file.string()});
  }
  std::string text{std::istreambuf_iterator<char>(stream), {}};
  auto keys = parse(text, file);
  sodium_memzero(text.data(), text.size());
  return keys;
}

Result<Keys> Keys::make(const fs::path& file, Instant now) {
  Keys keys;
  keys.file_ = file;
  keys.naming_ = Secret::random();
  Seal seal{.id = {}, .made_at = {now.seconds() * 1'000'000}, .secret = Secret::random()};
  seal.id = id_of(seal.secret);
  keys.seals_ = std::make_shared<const std::vector<Seal>>(std::vector{seal});
  ZH_TRY(NewFile written, NewFile::create(file));
  ZH_CHECK(written.write(keys.to_text()));
  ZH_CHECK(written.keep_as_new());
  return keys;
}

Result<Keys> Keys::rotate(const fs::path& file, Instant now) {
  ZH_TRY(Keys keys, open(file));
  std::vector<Seal> seals = *keys.seals_;
  Seal seal{.id = {}, .made_at = {now.seconds() * 1'000'000}, .secret = Secret::random()};
  seal.id = id_of(seal.secret);
  seals.push_back(std::move(seal));
  keys.seals_ = std::make_shared<const std::vector<Seal>>(std::move(seals));
  ZH_TRY(NewFile written, NewFile::create(file));
  ZH_CHECK(written.write(keys.to_text()));
  ZH_CHECK(written.keep());
  return keys;
}

Result<const Keys::Seal*> Keys::find(const KeyId& id) const {
  const auto found = std::ranges::find(*seals_, id, &Seal::id);
  if (found != seals_->end()) return &*found;
  return error(ErrorCode::not_found,
               {.zh = fmt::format("加密所用的密钥 {} 不在密钥文件中；请从备份恢复该文件", id.hex()),
                .en = fmt::format("this was encrypted with the key {}, which the key file does not have; restore the "
                                  "file from its backup",
                                  id.hex())},
               {.file = file_.string()});
}

Hash Keys::name_of(std::string_view bytes) const {
  NameHasher hasher(*this);
  hasher.add(bytes);
  return hasher.finish();
}

NameHasher::NameHasher(const Keys& keys) : state_{} {
  using State = crypto_generichash_state;
  static_assert(sizeof(State) <= sizeof(state_) && alignof(State) <= 64);
  crypto_generichash_init(new (state_.data()) State, keys.naming_.data(), 32, Hash().bytes.size());
}

void NameHasher::add(std::string_view bytes) {
  crypto_generichash_update(std::launder(reinterpret_cast<crypto_generichash_state*>(state_.data())),
                            reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
}

Hash NameHasher::finish() {
  Hash hash;
  crypto_generichash_final(std::launder(reinterpret_cast<crypto_generichash_state*>(state_.data())), hash.bytes.data(),
                           hash.bytes.size());
  return hash;
}

}  // namespace zh::vault
