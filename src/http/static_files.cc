#include "http/static_files.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <system_error>

#include "base/hash.h"
#include "http/range.h"

namespace zh::http {

namespace {

namespace fs = std::filesystem;

struct MediaType {
  std::string_view extension;
  std::string_view type;
  bool compresses;
};

constexpr std::array kMediaTypes{
    MediaType{".html", "text/html; charset=utf-8", true},
    MediaType{".js", "text/javascript; charset=utf-8", true},
    MediaType{".mjs", "text/javascript; charset=utf-8", true},
    MediaType{".css", "text/css; charset=utf-8", true},
    MediaType{".json", "application/json", true},
    MediaType{".map", "application/json", true},
    MediaType{".webmanifest", "application/manifest+json", true},
    MediaType{".svg", "image/svg+xml", true},
    MediaType{".txt", "text/plain; charset=utf-8", true},
    MediaType{".md", "text/plain; charset=utf-8", true},
    MediaType{".csv", "text/csv; charset=utf-8", true},
    MediaType{".wasm", "application/wasm", true},
    MediaType{".ico", "image/x-icon", false},
    MediaType{".png", "image/png", false},
    MediaType{".jpg", "image/jpeg", false},
    MediaType{".webp", "image/webp", false},
    MediaType{".woff2", "font/woff2", false},
    MediaType{".wav", "audio/wav", false},
    MediaType{".mp3", "audio/mpeg", false},
    MediaType{".ogg", "audio/ogg", false},
    MediaType{".pdf", "application/pdf", false},
    MediaType{".zip", "application/zip", false},
    MediaType{".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", false},
};
constexpr MediaType kUnknownType{"", "application/octet-stream", false};
constexpr std::size_t kCompressFrom = 512;  // bytes; less is one packet anyway

const MediaType& media_type(std::string_view file_name) {
  for (const auto& known : kMediaTypes) {
    if (file_name.ends_with(known.extension)) return known;
  }
  return kUnknownType;
}

bool is_alnum(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// gzip at the level that is worth its time for bytes that are compressed once; empty when it does not get smaller.
std::string gzip(std::string_view plain) {
  z_stream stream{};
  constexpr int gzip_window = 15 + 16;
  if (deflateInit2(&stream, 8, Z_DEFLATED, gzip_window, 9, Z_DEFAULT_STRATEGY) != Z_OK) return {};
  std::string packed(deflateBound(&stream, static_cast<uLong>(plain.size())), '\0');
  // zlib's interface is older than const.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
  stream.avail_in = static_cast<uInt>(plain.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  const bool whole = deflate(&stream, Z_FINISH) == Z_STREAM_END;
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return whole && packed.size() < plain.size() ? packed : std::string();
}

Result<std::string> read_whole(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (!in.good() && !in.eof()) {
    return error(ErrorCode::unavailable, {.zh = "无法读取网页文件", .en = "cannot read a file of the desk"},
                 {.file = path.string()});
  }
  return bytes;
}

// Every regular file below the folder, by its path with leading slash; links are left out.
Result<std::map<std::string, std::string>> read_folder(const fs::path& folder) {
  std::error_code failure;
  fs::recursive_directory_iterator entries(folder, failure);
  if (failure) {
    return error(ErrorCode::not_found, {.zh = "没有网页文件夹", .en = "there is no folder with the desk's files"},
                 {.file = folder.string()});
  }
  std::map<std::string, std::string> found;
  std::uint64_t total = 0;
  for (; entries != fs::recursive_directory_iterator(); entries.increment(failure)) {
    if (failure || entries->is_symlink(failure) || !entries->is_regular_file(failure)) continue;
    if (entries->path().filename().string().starts_with('.')) continue;  // stamps and editors' leavings
    total += entries->file_size(failure);
    if (total > kStaticBytesMax) {
      return error(ErrorCode::limit, {.zh = "网页文件夹超过 64 MB", .en = "the folder of the desk is over 64 MB"},
                   {.file = folder.string()});
    }
    ZH_TRY(std::string bytes, read_whole(entries->path()));
    std::string path = "/";
    path += entries->path().lexically_relative(folder).generic_string();
    found.emplace(std::move(path), std::move(bytes));
  }
  return found;
}

std::shared_ptr<const std::string> take(std::map<std::string, std::string>& files, const std::string& path) {
  const auto found = files.find(path);
  if (found == files.end()) return nullptr;
  auto bytes = std::make_shared<const std::string>(std::move(found->second));
  files.erase(found);
  return bytes;
}

// Whether a path that names no file is one of the desk's pages: "/month/2026-10", and "/people/1.2" in a browser's
// address bar. A missing script is none, or the desk would be run as one.
bool is_page(const Request& request) {
  const std::string_view path = request.path;
  if (path.starts_with("/assets/")) return false;
  const bool has_dot = path.find('.', path.rfind('/') + 1) != std::string_view::npos;
  return !has_dot || request.headers.get("Accept").find("text/html") != std::string_view::npos;
}

}  // namespace

std::string_view content_type_of(std::string_view file_name) { return media_type(file_name).type; }

bool has_hashed_name(std::string_view file_name) {
  file_name = file_name.substr(file_name.rfind('/') + 1);
  const auto dot = file_name.rfind('.');
  if (dot == std::string_view::npos) return false;
  const std::string_view stem = file_name.substr(0, dot);
  const auto mark = stem.find_last_of("-_.");
  if (mark == std::string_view::npos) return false;
  std::string_view hash = stem.substr(mark + 1);
  // Vite's hashes are base64url of eight characters and may themselves hold '-' or '_'.
  if (dot >= 9 && (stem[dot - 9] == '-' || stem[dot - 9] == '.')) hash = stem.substr(dot - 8);
  const auto digits = std::ranges::count_if(hash, [](char c) { return c >= '0' && c <= '9'; });
  const auto upper = std::ranges::count_if(hash, [](char c) { return c >= 'A' && c <= 'Z'; });
  const bool plain = std::ranges::all_of(hash, [](char c) { return is_alnum(c) || c == '-' || c == '_'; });
  return hash.size() >= 8 && plain && digits + upper > 0;  // a word in lower case is a name
}

bool accepts_coding(std::string_view accept_encoding, std::string_view coding) {
  while (!accept_encoding.empty()) {
    const auto comma = std::min(accept_encoding.find(','), accept_encoding.size());
    std::string_view element = accept_encoding.substr(0, comma);
    accept_encoding.remove_prefix(std::min(comma + 1, accept_encoding.size()));
    element.remove_prefix(std::min(element.find_first_not_of(" \t"), element.size()));
    const auto end = std::min(element.find_first_of("; \t"), element.size());
    if (element.substr(0, end) != coding) continue;
    const auto weight = element.find("q=");
    if (weight == std::string_view::npos) return true;
    double value = 0;
    const std::string_view digits = element.substr(weight + 2);
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value > 0;
  }
  return false;
}

const std::shared_ptr<const std::string>& StaticFiles::File::gzipped() const {
  std::call_once(gzip_once, [this] {
    if (gzip || !compresses || plain->size() < kCompressFrom) return;
    if (std::string packed = http::gzip(*plain); !packed.empty()) {
      gzip = std::make_shared<const std::string>(std::move(packed));
    }
  });
  return gzip;
}

Result<StaticFiles> StaticFiles::load(const fs::path& folder) {
  ZH_TRY(auto bytes, read_folder(folder));
  StaticFiles result;
  std::vector<std::string> paths;
  for (const auto& [path, content] : bytes) {
    const bool packed = path.ends_with(".gz") || path.ends_with(".br");
    if (!packed || !bytes.contains(path.substr(0, path.size() - 3))) paths.push_back(path);
  }
  for (const auto& path : paths) {
    auto file = std::make_unique<File>();
    const MediaType& type = media_type(path);
    file->content_type = type.type;
    file->compresses = type.compresses;
    file->immutable = has_hashed_name(path);
    file->brotli = take(bytes, path + ".br");
    file->gzip = take(bytes, path + ".gz");
    file->plain = take(bytes, path);
    file->etag = fmt::format("\"{}\"", sha256(*file->plain).hex().substr(0, 20));
    result.files_.emplace(path, std::move(file));
  }
  return result;
}

std::optional<Response> StaticFiles::answer(const Request& request) const {
  if (request.method != Method::get && request.method != Method::head) return std::nullopt;
  auto found = files_.find(request.path == "/" ? std::string_view("/index.html") : std::string_view(request.path));
  if (found == files_.end() && is_page(request)) found = files_.find("/index.html");
  if (found == files_.end()) return std::nullopt;
  return respond(request, *found->second);
}

Response StaticFiles::respond(const Request& request, const File& file) {
  std::shared_ptr<const std::string> bytes = file.plain;
  std::string_view coding;
  // A range is of the plain bytes; whoever asks for one wants to seek.
  const std::string_view accepted = request.headers.get("Accept-Encoding");
  if (request.headers.find("Range") == nullptr) {
    if (file.brotli && accepts_coding(accepted, "br")) {
      bytes = file.brotli;
      coding = "br";
    } else if (accepts_coding(accepted, "gzip") && file.gzipped()) {
      bytes = file.gzipped();
      coding = "gzip";
    }
  }
  // Each coding is a representation of its own and has its own tag.
  std::string etag = file.etag;
  if (!coding.empty()) etag.insert(etag.size() - 1, fmt::format("-{}", coding));
  Response response = answer_bytes(request, {.etag = etag, .content_type = file.content_type, .size = bytes->size()},
                                   [&](ByteRange range) -> Result<BodyContent> {
                                     return BodyContent(SharedBody{bytes, range.first, range.length()});
                                   });
  if (!coding.empty() && response.status != 304) response.headers.set("Content-Encoding", coding);
  if (file.compresses) response.headers.set("Vary", "Accept-Encoding");
  response.headers.set("Cache-Control", file.immutable ? "public, max-age=31536000, immutable" : "no-cache");
  return response;
}

}  // namespace zh::http
