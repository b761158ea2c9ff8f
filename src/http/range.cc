#include "http/range.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <system_error>

#include "http/problem.h"

namespace zh::http {

namespace {

constexpr std::size_t kPieceBytes = 256 * 1024;

std::optional<std::uint64_t> number(std::string_view digits) {
  std::uint64_t value = 0;
  const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (digits.empty() || failure != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

Error cannot_read(const std::filesystem::path& path) {
  const std::string why = std::generic_category().message(errno);
  return error(errno == ENOENT ? ErrorCode::not_found : ErrorCode::unavailable,
               {.zh = "无法读取文件：" + why, .en = "cannot read the file: " + why}, {.file = path.string()});
}

class FileStream final : public Stream {
 public:
  FileStream(File file, std::uint64_t left) : file_(std::move(file)), left_(left) {}

  Result<std::string> next() override {
    std::string piece(static_cast<std::size_t>(std::min<std::uint64_t>(left_, kPieceBytes)), '\0');
    if (piece.empty()) return piece;
    const std::size_t read = std::fread(piece.data(), 1, piece.size(), file_.get());
    if (read == 0) {
      return error(ErrorCode::unavailable,
                   {.zh = "文件在传送时变短了", .en = "the file became shorter while it was sent"});
    }
    piece.resize(read);
    left_ -= read;
    return piece;
  }

 private:
  File file_;
  std::uint64_t left_;
};

Result<File> open_file(const std::filesystem::path& path, struct ::stat& status) {
  File file(std::fopen(path.c_str(), "rbe"));
  if (!file || ::fstat(::fileno(file.get()), &status) != 0) return cannot_read(path);
  if (!S_ISREG(status.st_mode)) {
    return error(ErrorCode::not_found, {.zh = "不是文件", .en = "not a file"}, {.file = path.string()});
  }
  return file;
}

}  // namespace

RangeAnswer parse_range(std::string_view range_header, std::uint64_t size) {
  std::string_view rest = trimmed(range_header);
  if (!rest.starts_with("bytes=")) return {};
  rest.remove_prefix(6);
  const auto dash = rest.find('-');
  if (rest.find(',') != std::string_view::npos || dash == std::string_view::npos) return {};
  const std::string_view from = trimmed(rest.substr(0, dash));
  const std::string_view to = trimmed(rest.substr(dash + 1));
  const auto first = number(from);
  const auto last = number(to);
  if ((!from.empty() && !first) || (!to.empty() && !last) || (from.empty() && to.empty())) return {};
  if (from.empty()) {  // the last so many bytes
    if (*last == 0 || size == 0) return {.kind = RangeKind::unsatisfiable, .range = {}};
    return {.kind = RangeKind::part, .range = {size - std::min(*last, size), size - 1}};
  }
  if (last && *last < *first) return {};
  if (*first >= size) return {.kind = RangeKind::unsatisfiable, .range = {}};
  return {.kind = RangeKind::part, .range = {*first, std::min(last.value_or(size - 1), size - 1)}};
}

bool names_etag(std::string_view header, std::string_view etag, TagComparison comparison) {
  if (trimmed(header) == "*") return true;
  const auto opaque = [](std::string_view tag) { return tag.starts_with("W/") ? tag.substr(2) : tag; };
  while (!header.empty()) {
    header.remove_prefix(std::min(header.find_first_not_of(" \t,"), header.size()));
    const bool weak = header.starts_with("W/");
    const auto open = header.find('"');
    if (open != (weak ? 2U : 0U)) return false;  // not a list of tags
    const auto close = header.find('"', open + 1);
    if (close == std::string_view::npos) return false;
    const std::string_view tag = header.substr(0, close + 1);
    header.remove_prefix(close + 1);
    const bool either_weak = weak || etag.starts_with("W/");
    if (opaque(tag) == opaque(etag) && (comparison == TagComparison::weak || !either_weak)) return true;
  }
  return false;
}

Response answer_bytes(const Request& request, const Representation& representation,
                      const std::function<Result<BodyContent>(ByteRange)>& open) {
  Response response;
  response.headers.set("ETag", representation.etag);
  response.headers.set("Accept-Ranges", "bytes");
  if (const auto* const known = request.headers.find("If-None-Match");
      known != nullptr && names_etag(*known, representation.etag, TagComparison::weak)) {
    response.status = 304;
    return response;
  }
  RangeAnswer answer;
  const std::string_view if_range = request.headers.get("If-Range");
  if (request.method == Method::get &&
      (if_range.empty() || names_etag(if_range, representation.etag, TagComparison::strong))) {
    answer = parse_range(request.headers.get("Range"), representation.size);
  }
  if (answer.kind == RangeKind::unsatisfiable) {
    Problem problem = transport_problem(416, "range_not_satisfiable",
                                        {.zh = "所要的字节范围超出文件", .en = "the range lies past the end"});
    problem.headers.set("Content-Range", fmt::format("bytes */{}", representation.size));
    return problem.respond(language_of(request.headers.get("Accept-Language"), Language::zh), request.id);
  }
  ByteRange range{0, representation.size == 0 ? 0 : representation.size - 1};
  if (answer.kind == RangeKind::part) {
    range = answer.range;
    response.status = 206;
    response.headers.set("Content-Range", fmt::format("bytes {}-{}/{}", range.first, range.last, representation.size));
  }
  response.headers.set("Content-Type", representation.content_type);
  if (representation.size == 0) return response;
  auto body = open(range);
  if (!body.ok()) {
    return problem_of(body.error())
        .respond(language_of(request.headers.get("Accept-Language"), Language::zh), request.id);
  }
  response.body = std::move(body).value();
  return response;
}

Result<Response> answer_file(const Request& request, const std::filesystem::path& path, std::string_view content_type) {
  struct ::stat status{};
  ZH_TRY(File file, open_file(path, status));
  const Representation representation{
      .etag = fmt::format("\"{:x}-{:x}-{:x}\"", status.st_ino,
                          status.st_mtim.tv_sec * 1'000'000'000 + status.st_mtim.tv_nsec, status.st_size),
      .content_type = std::string(content_type),
      .size = static_cast<std::uint64_t>(status.st_size)};
  return answer_bytes(request, representation, [&](ByteRange range) -> Result<BodyContent> {
    if (::fseeko(file.get(), static_cast<off_t>(range.first), SEEK_SET) != 0) return cannot_read(path);
    return BodyContent(StreamBody{std::make_unique<FileStream>(std::move(file), range.length()), range.length()});
  });
}

}  // namespace zh::http
