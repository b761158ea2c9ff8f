// The text of one expression and where it stands in a file, shared by the compiled expression and by the nulls it made.
#pragma once

#include <cstddef>
#include <string>
#include <utility>

#include "base/error.h"
#include "feel/diagnostic.h"
#include "feel/value.h"

namespace zh::feel {

class Source final : public Shared {
 public:
  // `origin`: where the text begins, with line and column of its first character; 0 stands for 1.
  Source(std::string text, Place origin) : text_(std::move(text)), origin_(std::move(origin)) {}

  const std::string& text() const { return text_; }
  const Place& origin() const { return origin_; }
  // Line and column (in code points) of the byte at `offset`, in the file where there is one.
  Place place_of(std::size_t offset) const;

 private:
  std::string text_;
  Place origin_;
};

// What a function of the host found wrong: stands where a null of an expression has its source.
class HostMessage final : public Shared {
 public:
  explicit HostMessage(Text message) : message_(std::move(message)) {}
  const Text& message() const { return message_; }

 private:
  Text message_;
};

// Fills in place, line and underline from the diagnostic's from and to.
void locate(Diagnostic& diagnostic, const Source& source);

}  // namespace zh::feel
