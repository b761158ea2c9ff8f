// The text of one expression and where it stands in a file, shared by the compiled expression and by the nulls it made.
#pragma once

#include <string>
#include <utility>

#include "base/error.h"
#include "feel/value.h"

namespace zh::feel {

class Source final : public Shared {
 public:
  // `origin`: where the text begins; line and column 0 stand for 1:1 of nothing but the text itself.
  Source(std::string text, Place origin) : text_(std::move(text)), origin_(std::move(origin)) {}

  const std::string& text() const { return text_; }
  const Place& origin() const { return origin_; }
  // Line and column (in code points) of the byte at `offset`, in the file where there is one.
  Place place_of(std::size_t offset) const;

 private:
  std::string text_;
  Place origin_;
};

}  // namespace zh::feel
