#include "app/server/uploads.h"

#include <fmt/format.h>
#include <sodium.h>

#include <array>
#include <system_error>

namespace zh::app {

namespace {

constexpr db::Sql kAdd =
    "INSERT INTO uploads (ref, account, name, size, sent_at) VALUES (:ref, :account, :name, :size, :sent_at)";
constexpr db::Sql kFind =
    "SELECT ref, account, name, size, sent_at FROM uploads WHERE ref = :ref AND account = :account";
constexpr db::Sql kDelete = "DELETE FROM uploads WHERE ref = :ref";
constexpr db::Sql kBefore = "SELECT ref FROM uploads WHERE sent_at < :before ORDER BY ref";

}  // namespace

std::string new_upload_ref() {
  std::array<unsigned char, 16> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string ref;
  for (const unsigned char byte : bytes) ref += {kHex[byte >> 4], kHex[byte & 15]};
  return ref;
}

std::filesystem::path upload_path(const std::filesystem::path& dir, std::string_view ref) {
  return dir / "uploads" / (std::string(ref) + ".upload");
}

std::filesystem::path map_path(const std::filesystem::path& dir, std::string_view ref, const Hash& content) {
  return dir / "uploads" / fmt::format("{}.{:.16}.map.yaml", ref, content.hex());
}

Status add_upload(db::Transaction& tx, const KeptUpload& upload) {
  ZH_CHECK(tx.execute(kAdd, {{"ref", upload.ref},
                             {"account", upload.account},
                             {"name", upload.name},
                             {"size", upload.size},
                             {"sent_at", upload.sent_at}}));
  return {};
}

Result<std::optional<KeptUpload>> find_upload(db::Transaction& tx, std::string_view ref, std::string_view account) {
  ZH_TRY(const auto row, tx.first<std::string, std::string, std::string, std::int64_t, Instant>(
                             kFind, {{"ref", ref}, {"account", account}}));
  if (!row) return std::optional<KeptUpload>();
  const auto& [found, owner, name, size, sent_at] = *row;
  return std::optional(KeptUpload{.ref = found, .account = owner, .name = name, .size = size, .sent_at = sent_at});
}

Status delete_upload(db::Transaction& tx, std::string_view ref) {
  ZH_CHECK(tx.execute(kDelete, {{"ref", ref}}));
  return {};
}

Result<std::vector<std::string>> uploads_before(db::Transaction& tx, Instant before) {
  ZH_TRY(auto rows, tx.query(kBefore, {{"before", before}}));
  std::vector<std::string> refs;
  while (rows.next()) refs.push_back(rows.get<std::string>(0));
  ZH_CHECK(rows.finish());
  return refs;
}

void remove_files(const std::filesystem::path& dir, std::string_view ref) {
  std::error_code problem;
  const std::string its_own = std::string(ref) + ".";
  std::filesystem::directory_iterator files(dir / "uploads", problem);
  for (; !problem && files != std::filesystem::directory_iterator(); files.increment(problem)) {
    std::error_code ignored;
    if (files->path().filename().string().starts_with(its_own)) std::filesystem::remove(files->path(), ignored);
  }
}

}  // namespace zh::app
