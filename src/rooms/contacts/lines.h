// A text file line by line, in constant memory whatever is in it.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "base/source.h"

namespace zh::contacts {

// Longest line of a log. Real ones stay below 1 kB; a longer one is no log line, and is not kept in memory.
inline constexpr std::size_t kLineBytes = std::size_t{64} << 10;

// What a line may be.
struct LineRules {
  std::size_t bytes = kLineBytes;
  // U+FFFD is what is left of bytes that were wrong in GB18030. Where the source is UTF-8 it is a letter like others.
  bool may_hold_replacements = false;
};

enum class LineStep {
  line,      // text() is there
  bad_line,  // problem() says why, text() is how it begins
  end,
};

class LineReader {
 public:
  // `source` gives UTF-8 (base/encoding.h) and must outlive the reader; `file` is the name that errors show.
  LineReader(ByteSource& source, std::string file, LineRules rules = {});

  // The next line that is not blank, without its LF or CRLF. A line that is too long, holds a zero byte or is not UTF-8
  // is a bad line. Fails only when the source does.
  Result<LineStep> next();

  // Of the last line, until the next call:
  std::string_view text() const { return text_; }
  int line() const { return line_; }
  const Error& problem() const { return problem_; }
  Place place() const { return {.file = file_, .line = line_}; }

 private:
  Result<bool> fill();
  Result<LineStep> too_long();
  Text too_long_text() const;
  LineStep checked();
  LineStep bad(Text why);

  ByteSource& source_;
  std::string file_;
  LineRules rules_;
  std::string buffer_;
  std::size_t start_ = 0;    // of what has not been given out, in buffer_
  std::size_t scanned_ = 0;  // no line end before this
  bool ended_ = false;
  int line_ = 0;
  std::string_view text_;
  std::string kept_;  // the beginning of a line that was too long
  Error problem_;
};

}  // namespace zh::contacts
