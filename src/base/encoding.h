// The encodings that centres' files come in, as UTF-8. FORMATS.md: UTF-8, a BOM is accepted, so is GB18030 (and with it
// GBK and GB 2312).
//
// How an encoding is recognised: ASCII is the same in both, so the decision waits for the first byte that is not ASCII
// and looks at the megabyte from there. Well-formed UTF-8 is UTF-8; else, well-formed GB18030 is GB18030; else it is
// taken as UTF-8 and the ill-formed lines are for the reader to reject one by one. A file that holds a zero byte in its
// first block is no text at all.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "base/source.h"

namespace zh {

enum class Encoding { automatic, utf8, gb18030 };

// "utf-8", "UTF8", "gb18030", "gbk", "gb2312", "auto" in any case. Fails (invalid), naming those that exist.
Result<Encoding> parse_encoding(std::string_view name);

// Another source as UTF-8 without BOM. Bytes that are wrong in UTF-8 pass as they are; in GB18030 each becomes U+FFFD,
// which readers reject likewise.
class Utf8Source final : public ByteSource {
 public:
  // `inner` must outlive this.
  explicit Utf8Source(ByteSource& inner, Encoding encoding = Encoding::automatic);
  ~Utf8Source() override;

  // Fails (invalid) on a binary file and on UTF-16, saying how to save the file instead.
  Result<std::size_t> read(std::span<char> room) override;
  // What was decided: automatic as long as only ASCII was seen.
  Encoding encoding() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace zh
