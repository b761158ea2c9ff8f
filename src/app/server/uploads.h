// Files on their way in: kept in DIR/uploads from the moment they were sent until they are imported, or a day.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "base/instant.h"
#include "db/db.h"

namespace zh::app {

inline constexpr std::int64_t kUploadKeptUs = std::int64_t{24} * 3600 * 1'000'000;

struct KeptUpload {
  std::string ref;  // 32 hexadecimal digits
  std::string account;
  std::string name;  // as the file is called where it comes from
  std::int64_t size = 0;
  Instant sent_at;
};

// A ref that nobody can guess.
std::string new_upload_ref();
std::filesystem::path upload_path(const std::filesystem::path& dir, std::string_view ref);
// A map that goes with an upload, by its content: another map for the same upload is another file, so that a running
// import keeps the one it was started with.
std::filesystem::path map_path(const std::filesystem::path& dir, std::string_view ref, const Hash& content);

Status add_upload(db::Transaction& tx, const KeptUpload& upload);
// That account's upload; nothing where there is none or it is another's.
Result<std::optional<KeptUpload>> find_upload(db::Transaction& tx, std::string_view ref, std::string_view account);
Status delete_upload(db::Transaction& tx, std::string_view ref);
Result<std::vector<std::string>> uploads_before(db::Transaction& tx, Instant before);
// The file and its maps; what is gone already is no error.
void remove_files(const std::filesystem::path& dir, std::string_view ref);

}  // namespace zh::app
