#include "base/encoding.h"

#include <fmt/format.h>
#include <unicode/ucnv.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <string>

#include "base/utf8.h"

namespace zh {

namespace {

constexpr std::size_t kWindow = std::size_t{1} << 20;  // what a decision looks at
constexpr std::size_t kBlock = std::size_t{1} << 16;
constexpr std::size_t kSniffed = 8192;  // where a zero byte means a binary file
constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
constexpr std::string_view kGb18030Mark = "\x84\x31\x95\x33";

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

Result<Converter> open_converter(const char* name) {
  UErrorCode code = U_ZERO_ERROR;
  Converter converter(ucnv_open(name, &code));
  if (U_FAILURE(code)) {
    return error(ErrorCode::internal,
                 {.zh = fmt::format("ICU 没有编码 {}", name), .en = fmt::format("ICU has no encoding {}", name)});
  }
  return converter;
}

std::size_t first_not_ascii(std::string_view text) {
  const auto found = std::ranges::find_if(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  return static_cast<std::size_t>(found - text.begin());
}

// Without the character that the window's end may have cut in two.
std::string_view without_cut_utf8(std::string_view text) {
  for (std::size_t back = 1; back <= std::min<std::size_t>(3, text.size()); ++back) {
    const auto byte = static_cast<unsigned char>(text[text.size() - back]);
    if (byte >= 0xC0) return text.substr(0, text.size() - back);
    if (byte < 0x80) break;
  }
  return text;
}

bool is_gb18030(std::string_view window, bool whole) {
  auto opened = open_converter("gb18030");
  if (!opened.ok()) return false;
  UConverter* const converter = opened->get();
  UErrorCode code = U_ZERO_ERROR;
  ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &code);
  std::array<UChar, 4096> room{};
  const char* from = window.data();
  const char* const end = from + window.size();
  do {
    code = U_ZERO_ERROR;
    UChar* into = room.data();
    ucnv_toUnicode(converter, &into, room.data() + room.size(), &from, end, nullptr, static_cast<UBool>(whole), &code);
  } while (code == U_BUFFER_OVERFLOW_ERROR);
  return U_SUCCESS(code);
}

Encoding recognised(std::string_view window, bool whole) {
  if (utf8::is_valid(whole ? window : without_cut_utf8(window))) return Encoding::utf8;
  return is_gb18030(window, whole) ? Encoding::gb18030 : Encoding::utf8;
}

}  // namespace

Result<Encoding> parse_encoding(std::string_view name) {
  std::string plain;
  for (const char c : name) {
    if (c != '-' && c != '_') plain += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  }
  if (plain == "auto" || plain == "automatic") return Encoding::automatic;
  if (plain == "utf8") return Encoding::utf8;
  if (plain == "gb18030" || plain == "gbk" || plain == "gb2312") return Encoding::gb18030;
  return invalid(
      {.zh = fmt::format("不支持的编码“{}”；可用：auto、utf-8、gb18030", utf8::shortened(name, 40)),
       .en = fmt::format("unknown encoding \"{}\"; there are: auto, utf-8, gb18030", utf8::shortened(name, 40))});
}

struct Utf8Source::State {
  ByteSource& inner;
  Encoding encoding;
  bool begun = false;
  bool ended = false;     // of inner
  std::string raw;        // read and not yet decided or converted
  std::string ready;      // UTF-8 to be given
  std::size_t given = 0;  // of ready
  Converter gb18030 = nullptr;
  Converter utf8 = nullptr;
  bool flushed = false;

  Status fill(std::size_t most) {
    const std::size_t had = raw.size();
    raw.resize(had + most);
    auto count = inner.read(std::span(raw).subspan(had));
    raw.resize(had + (count.ok() ? count.value() : 0));
    if (!count.ok()) return std::move(count).error();
    ended = count.value() == 0;
    return {};
  }

  Status fill_to(std::size_t size) {
    while (raw.size() < size && !ended) ZH_CHECK(fill(size - raw.size()));
    return {};
  }

  // Looks at the file's beginning: marks, other encodings, binary files.
  Status begin() {
    begun = true;
    ZH_CHECK(fill_to(kSniffed));
    if (raw.starts_with("\xFF\xFE") || raw.starts_with("\xFE\xFF")) {
      return invalid({.zh = "文件是 UTF-16 编码；请另存为 UTF-8", .en = "the file is UTF-16; save it as UTF-8"});
    }
    if (raw.find('\0') != std::string::npos) {
      return invalid({.zh = "这是二进制文件，不是文本", .en = "this is a binary file, not text"});
    }
    if (raw.starts_with(kUtf8Mark)) {
      raw.erase(0, kUtf8Mark.size());
      if (encoding == Encoding::automatic) encoding = Encoding::utf8;
    } else if (encoding != Encoding::utf8 && raw.starts_with(kGb18030Mark)) {
      raw.erase(0, kGb18030Mark.size());
      encoding = Encoding::gb18030;
    }
    return {};
  }

  // Moves what is ASCII to ready; decides at the first byte that is not.
  Status decide() {
    const std::size_t ascii = first_not_ascii(raw);
    ready.append(raw, 0, ascii);
    raw.erase(0, ascii);
    if (raw.empty()) return {};
    ZH_CHECK(fill_to(kWindow));
    encoding = recognised(raw, ended);
    return {};
  }

  Status convert() {
    if (gb18030 == nullptr) {
      ZH_TRY(gb18030, open_converter("gb18030"));
      ZH_TRY(utf8, open_converter("UTF-8"));
    }
    std::array<UChar, 4096> pivot{};
    UChar* pivot_from = pivot.data();
    UChar* pivot_into = pivot.data();
    const char* from = raw.data();
    UBool first = 0;
    for (;;) {
      std::array<char, 16384> room;
      char* into = room.data();
      UErrorCode code = U_ZERO_ERROR;
      ucnv_convertEx(utf8.get(), gb18030.get(), &into, room.data() + room.size(), &from, raw.data() + raw.size(),
                     pivot.data(), &pivot_from, &pivot_into, pivot.data() + pivot.size(), first,
                     static_cast<UBool>(ended), &code);
      ready.append(room.data(), static_cast<std::size_t>(into - room.data()));
      if (code == U_BUFFER_OVERFLOW_ERROR) continue;
      raw.clear();
      flushed = ended;
      if (U_FAILURE(code)) {
        return invalid({.zh = fmt::format("无法按 GB18030 读取：{}", u_errorName(code)),
                        .en = fmt::format("cannot be read as GB18030: {}", u_errorName(code))});
      }
      return {};
    }
  }

  // Makes something ready, or finds the end.
  Status prepare() {
    ready.clear();
    given = 0;
    if (!begun) ZH_CHECK(begin());
    while (ready.empty() && !(ended && raw.empty() && (encoding != Encoding::gb18030 || flushed))) {
      if (raw.empty() && !ended) ZH_CHECK(fill(kBlock));
      if (encoding == Encoding::automatic) ZH_CHECK(decide());
      if (encoding == Encoding::utf8) ready.append(std::exchange(raw, {}));
      if (encoding == Encoding::gb18030 && ready.empty()) ZH_CHECK(convert());
    }
    return {};
  }
};

Utf8Source::Utf8Source(ByteSource& inner, Encoding encoding)
    : state_(std::make_unique<State>(State{.inner = inner, .encoding = encoding, .raw = {}, .ready = {}})) {}

Utf8Source::~Utf8Source() = default;

Result<std::size_t> Utf8Source::read(std::span<char> room) {
  State& state = *state_;
  if (state.given == state.ready.size()) ZH_CHECK(state.prepare());
  const std::size_t count = std::min(room.size(), state.ready.size() - state.given);
  if (count > 0) std::memcpy(room.data(), state.ready.data() + state.given, count);
  state.given += count;
  return count;
}

Encoding Utf8Source::encoding() const { return state_->encoding; }

}  // namespace zh
