#include "policy/sources.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <set>
#include <sstream>
#include <vector>

#include "policy/yaml.h"

namespace zh::policy {

namespace {

namespace fs = std::filesystem;

Result<std::string> read_file(const fs::path& path, const std::string& name) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream text;
  if (stream) text << stream.rdbuf();
  if (!stream || !text) {
    return error(ErrorCode::unavailable,
                 {.zh = fmt::format("无法读取 {}", name), .en = fmt::format("cannot read {}", name)});
  }
  return text.str();
}

// Reads folders, the outermost under its own names, included ones below their folder's name.
class FolderReader {
 public:
  Status read(const fs::path& folder, const std::string& prefix) {
    std::error_code ignored;
    const fs::path real = fs::weakly_canonical(folder, ignored);
    const std::string shown = folder.filename().empty() ? folder.string() : folder.filename().string();
    if (!fs::is_regular_file(real / kPackFile, ignored)) {
      return error(ErrorCode::not_found,
                   {.zh = fmt::format("{} 不是规章包：里面没有 {}", folder.string(), kPackFile),
                    .en = fmt::format("{} is no pack: there is no {} in it", folder.string(), kPackFile)});
    }
    if (std::ranges::find(open_, real) != open_.end()) {
      return invalid({.zh = fmt::format("规章包 {} 循环引用了自己", shown),
                      .en = fmt::format("pack {} includes itself in a circle", shown)});
    }
    open_.push_back(real);
    ZH_CHECK(read_files(real, prefix, sources_.files, true));
    for (const std::string& include : includes_of(prefix)) ZH_CHECK(read_included(real, include));
    open_.pop_back();
    return {};
  }

  Status read_cases(const fs::path& folder) {
    std::error_code ignored;
    if (!fs::is_directory(folder / "cases", ignored)) return {};
    return read_files(folder / "cases", "cases/", sources_.cases, false);
  }

  Sources take(std::string name) {
    sources_.name = std::move(name);
    return std::move(sources_);
  }

 private:
  Status read_included(const fs::path& folder, const std::string& include) {
    std::error_code ignored;
    const fs::path target = fs::weakly_canonical(folder / include, ignored);
    const std::string name = target.filename().string();
    if (const auto [known, is_new] = folders_.emplace(name, target); !is_new) {
      // A pack that two packs bring in is there once.
      if (known->second == target && std::ranges::find(open_, target) == open_.end()) return {};
      if (known->second != target) {
        return invalid({.zh = fmt::format("引入的两个规章包的文件夹同名：{}", name),
                        .en = fmt::format("two included packs have the folder name {}", name)});
      }
    }
    return read(folder / include, name + "/");
  }

  Status read_files(const fs::path& folder, const std::string& prefix, std::map<std::string, std::string>& into,
                    bool with_models) {
    std::error_code failure;
    for (fs::directory_iterator entry(folder, failure), end; !failure && entry != end; entry.increment(failure)) {
      const std::string name = entry->path().filename().string();
      const std::string extension = entry->path().extension().string();
      std::error_code ignored;
      const bool wanted = extension == ".yaml" || extension == ".yml" || (with_models && extension == ".dmn");
      if (!wanted || name.starts_with('.') || !entry->is_regular_file(ignored)) continue;
      const auto size = entry->file_size(ignored);
      if (++files_ > kFilesMax || (bytes_ += ignored ? 0 : size) > kBytesMax) {
        return error(ErrorCode::limit,
                     {.zh = fmt::format("规章包太大：最多 {} 个文件、{} 字节", kFilesMax, kBytesMax),
                      .en = fmt::format("the pack is too large: at most {} files and {} bytes", kFilesMax, kBytesMax)});
      }
      ZH_TRY(std::string text, read_file(entry->path(), prefix + name));
      into[prefix + name] = std::move(text);
    }
    if (failure) {
      return error(ErrorCode::unavailable, {.zh = fmt::format("无法读取文件夹 {}", folder.string()),
                                            .en = fmt::format("cannot read the folder {}", folder.string())});
    }
    return {};
  }

  // What the pack file says; what is wrong with it is said by load().
  std::vector<std::string> includes_of(const std::string& prefix) const {
    Problems ignored;
    const std::string file = prefix + std::string(kPackFile);
    const auto root = yaml::read(sources_.files.at(file), file, ignored);
    const yaml::Entry* const include = root ? root->find("include") : nullptr;
    std::vector<std::string> result;
    if (include == nullptr) return result;
    for (const yaml::Node& item : include->value.items) {
      if (item.is_scalar()) result.push_back(item.scalar);
    }
    return result;
  }

  Sources sources_;
  std::vector<fs::path> open_;
  std::map<std::string, fs::path> folders_;
  std::size_t files_ = 0;
  std::uintmax_t bytes_ = 0;
};

}  // namespace

Result<Sources> read_sources(const fs::path& folder) {
  FolderReader reader;
  ZH_CHECK(reader.read(folder, ""));
  ZH_CHECK(reader.read_cases(folder));
  std::error_code ignored;
  return reader.take(fs::weakly_canonical(folder, ignored).filename().string());
}

namespace {

constexpr std::string_view kBundleMark = "zhiheng pack 1\n";

void append_field(std::string& out, std::string_view text) { out += fmt::format("{}\n{}\n", text.size(), text); }

// The next field of append_field; nothing when there is none.
std::optional<std::string_view> take_field(std::string_view& rest) {
  std::size_t size = 0;
  const auto [end, failure] = std::from_chars(rest.data(), rest.data() + rest.size(), size);
  if (failure != std::errc() || end == rest.data() + rest.size() || *end != '\n') return std::nullopt;
  rest.remove_prefix(static_cast<std::size_t>(end - rest.data()) + 1);
  if (rest.size() < 1 || size > rest.size() - 1 || rest[size] != '\n') return std::nullopt;
  const std::string_view field = rest.substr(0, size);
  rest.remove_prefix(size + 1);
  return field;
}

}  // namespace

std::string bundle(const Sources& sources) {
  std::string out(kBundleMark);
  append_field(out, sources.name);
  for (const auto& [path, text] : sources.files) {
    append_field(out, path);
    append_field(out, text);
  }
  return out;
}

Result<Sources> unbundle(std::string_view text) {
  const Error broken = error(ErrorCode::corrupt, {.zh = "存储的规章包已损坏", .en = "the stored pack is damaged"});
  if (!text.starts_with(kBundleMark)) return broken;
  text.remove_prefix(kBundleMark.size());
  const auto name = take_field(text);
  if (!name) return broken;
  Sources sources{.name = std::string(*name), .files = {}, .cases = {}};
  while (!text.empty()) {
    const auto path = take_field(text);
    const auto content = path ? take_field(text) : std::nullopt;
    if (!content) return broken;
    sources.files.emplace(*path, *content);
  }
  return sources;
}

}  // namespace zh::policy
