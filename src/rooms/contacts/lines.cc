#include "rooms/contacts/lines.h"

#include <fmt/format.h>

#include "base/utf8.h"

namespace zh::contacts {

namespace {
constexpr std::size_t kBlock = std::size_t{256} << 10;
constexpr std::size_t kKeptBytes = 1024;  // of a line that is too long

}  // namespace

LineReader::LineReader(ByteSource& source, std::string file, LineRules rules)
    : source_(source), file_(std::move(file)), rules_(rules) {}

Text LineReader::too_long_text() const {
  return {.zh = fmt::format("这一行超过 {} KB；文件可能已损坏", rules_.bytes >> 10),
          .en = fmt::format("the line is longer than {} kB; the file may be damaged", rules_.bytes >> 10)};
}

// Reads another block behind what is left; false at the end of the source.
Result<bool> LineReader::fill() {
  if (ended_) return false;
  if (start_ > 0) {
    buffer_.erase(0, start_);
    scanned_ -= start_;
    start_ = 0;
  }
  const std::size_t had = buffer_.size();
  buffer_.resize(had + kBlock);
  auto got = source_.read({buffer_.data() + had, kBlock});
  buffer_.resize(had + (got.ok() ? *got : 0));
  if (!got.ok()) return std::move(got).error();
  ended_ = *got == 0;
  return !ended_;
}

Result<LineStep> LineReader::next() {
  for (;;) {
    const std::size_t end = buffer_.find('\n', scanned_);
    if (end == std::string::npos) {
      scanned_ = buffer_.size();
      if (scanned_ - start_ > rules_.bytes) return too_long();
      ZH_TRY(const bool more, fill());
      if (more) continue;
      if (start_ == buffer_.size()) return LineStep::end;
    }
    const std::size_t until = end == std::string::npos ? buffer_.size() : end;
    text_ = std::string_view(buffer_).substr(start_, until - start_);
    start_ = scanned_ = end == std::string::npos ? until : until + 1;
    ++line_;
    if (text_.ends_with('\r')) text_.remove_suffix(1);
    if (text_.find_first_not_of(" \t\r") != std::string_view::npos) return checked();
  }
}

// Passes over the rest of the line without keeping it.
Result<LineStep> LineReader::too_long() {
  kept_ = buffer_.substr(start_, kKeptBytes);
  ++line_;
  for (;;) {
    start_ = scanned_ = buffer_.size();
    ZH_TRY(const bool more, fill());
    if (!more) break;
    const std::size_t end = buffer_.find('\n');
    if (end == std::string::npos) continue;
    start_ = scanned_ = end + 1;
    break;
  }
  text_ = kept_;
  return bad(too_long_text());
}

LineStep LineReader::checked() {
  if (text_.size() > rules_.bytes) {
    kept_ = text_.substr(0, kKeptBytes);
    text_ = kept_;
    return bad(too_long_text());
  }
  if (text_.find('\0') != std::string_view::npos) {
    return bad({.zh = "这一行含有零字节；文件可能已损坏，请重新导出",
                .en = "the line holds zero bytes; the file may be damaged, export it again"});
  }
  const bool valid = utf8::is_valid(text_);
  if (rules_.may_hold_replacements) {
    return valid ? LineStep::line : bad({.zh = "这一行不是 UTF-8", .en = "the line is not UTF-8"});
  }
  if (!valid || text_.find("\xEF\xBF\xBD") != std::string_view::npos) {
    return bad({.zh = "这一行既不是 UTF-8，也不是 GB18030", .en = "the line is neither UTF-8 nor GB18030"});
  }
  return LineStep::line;
}

LineStep LineReader::bad(Text why) {
  problem_ = invalid(std::move(why), place());
  return LineStep::bad_line;
}

}  // namespace zh::contacts
