// Derivations as bytes. Format 1: "D1", the captions (count, then six texts each), the kinds (count, texts), then the
// nodes in pre-order. Numbers are unsigned LEB128, signed ones zigzag; texts are length and bytes; captions and kinds
// are numbered from 1 in the order of their first use.
#include <algorithm>
#include <map>
#include <tuple>

#include "policy/derivation.h"

namespace zh::policy {

namespace {

constexpr std::string_view kMark = "D1";

// Stored: never renumber.
enum class FigureTag : unsigned char { none = 0, decimal = 1, fraction = 2, no = 3, yes = 4, text = 5 };

class Encoder {
 public:
  std::string encode(const Derivation& root) {
    collect(root);
    std::string out(kMark);
    put_number(out, captions_.size());
    for (const Caption* const caption : captions_) {
      for (const std::string* const text :
           {&caption->label.zh, &caption->label.en, &caption->unit, &caption->clause, &caption->rule, &caption->id}) {
        put_text(out, *text);
      }
    }
    put_number(out, kinds_.size());
    for (const std::string* const kind : kinds_) put_text(out, *kind);
    put_node(out, root);
    return out;
  }

 private:
  struct ByContent {
    static auto key(const Caption& caption) {
      return std::tie(caption.label.zh, caption.label.en, caption.unit, caption.clause, caption.rule, caption.id);
    }
    bool operator()(const Caption* a, const Caption* b) const { return a != b && key(*a) < key(*b); }
  };

  void collect(const Derivation& node) {
    if (node.caption && caption_numbers_.emplace(node.caption.get(), captions_.size() + 1).second) {
      captions_.push_back(node.caption.get());
    }
    for (const Input& input : node.inputs) {
      if (kind_numbers_.emplace(input.kind, kinds_.size() + 1).second) kinds_.push_back(&input.kind);
    }
    for (const Derivation& child : node.children) collect(child);
  }

  static void put_number(std::string& out, std::uint64_t number) {
    while (number >= 0x80) {
      out += static_cast<char>((number & 0x7F) | 0x80);
      number >>= 7;
    }
    out += static_cast<char>(number);
  }
  static void put_signed(std::string& out, std::int64_t number) {
    const auto bits = static_cast<std::uint64_t>(number);
    put_number(out, (bits << 1) ^ (number < 0 ? ~std::uint64_t{0} : 0));
  }
  static void put_text(std::string& out, std::string_view text) {
    put_number(out, text.size());
    out += text;
  }

  static void put_figure(std::string& out, const Figure& figure) {
    struct Printer {
      std::string& out;
      void tag(FigureTag it) const { out += static_cast<char>(it); }
      void operator()(std::monostate) const { tag(FigureTag::none); }
      void operator()(bool truth) const { tag(truth ? FigureTag::yes : FigureTag::no); }
      void operator()(const Decimal& number) const {
        tag(FigureTag::decimal);
        put_text(out, number.to_string());
      }
      void operator()(const Fraction& number) const {
        tag(FigureTag::fraction);
        put_text(out, number.to_string());
      }
      void operator()(const std::string& text) const {
        tag(FigureTag::text);
        put_text(out, text);
      }
    };
    std::visit(Printer{out}, figure);
  }

  void put_node(std::string& out, const Derivation& node) const {
    put_number(out, node.caption ? caption_numbers_.at(node.caption.get()) : 0);
    put_text(out, node.detail);
    put_figure(out, node.figure);
    put_text(out, node.arithmetic);
    put_number(out, node.inputs.size());
    for (const Input& input : node.inputs) {
      out.append(reinterpret_cast<const char*>(input.fact.bytes.data()), input.fact.bytes.size());
      put_number(out, kind_numbers_.at(input.kind));
      put_signed(out, input.occurred_at.us);
      put_figure(out, input.value ? Figure(*input.value) : Figure());
    }
    put_number(out, node.children.size());
    for (const Derivation& child : node.children) put_node(out, child);
  }

  std::map<const Caption*, std::size_t, ByContent> caption_numbers_;
  std::vector<const Caption*> captions_;
  std::map<std::string_view, std::size_t> kind_numbers_;
  std::vector<const std::string*> kinds_;
};

// Reads what the encoder wrote. Once something does not fit, failed() stays true and everything read is empty.
class Decoder {
 public:
  explicit Decoder(std::string_view bytes) : rest_(bytes) {}

  Result<Derivation> decode() {
    if (rest_.starts_with(kMark)) {
      rest_.remove_prefix(kMark.size());
    } else {
      failed_ = true;
    }
    for (std::size_t n = count(6); n > 0 && !failed_; --n) {
      Caption caption;
      for (std::string* const text :
           {&caption.label.zh, &caption.label.en, &caption.unit, &caption.clause, &caption.rule, &caption.id}) {
        *text = take_text();
      }
      captions_.push_back(std::make_shared<const Caption>(std::move(caption)));
    }
    for (std::size_t n = count(1); n > 0 && !failed_; --n) kinds_.push_back(take_text());
    Derivation root = node(1);
    if (failed_ || !rest_.empty()) {
      return error(ErrorCode::corrupt, {.zh = "存储的推导已损坏", .en = "a stored derivation is damaged"});
    }
    return root;
  }

 private:
  std::uint64_t number() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
      const auto byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80) return value;
    }
    failed_ = true;
    return 0;
  }

  // How many of something follow, each of which takes at least `bytes_each` bytes.
  std::size_t count(std::size_t bytes_each) {
    const std::uint64_t value = number();
    if (value <= rest_.size() / bytes_each) return static_cast<std::size_t>(value);
    failed_ = true;
    return 0;
  }

  std::string_view bytes(std::size_t size) {
    if (size > rest_.size()) {
      failed_ = true;
      return {};
    }
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

  std::string take_text() { return std::string(bytes(count(1))); }

  template <class Number>
  Figure parsed() {
    auto value = Number::parse(take_text());
    if (value.ok()) return std::move(value).value();
    failed_ = true;
    return {};
  }

  Figure figure() {
    const std::string_view tag = bytes(1);
    if (tag.empty()) return {};
    switch (static_cast<FigureTag>(tag.front())) {
      case FigureTag::none:
        return {};
      case FigureTag::decimal:
        return parsed<Decimal>();
      case FigureTag::fraction:
        return parsed<Fraction>();
      case FigureTag::no:
        return false;
      case FigureTag::yes:
        return true;
      case FigureTag::text:
        return take_text();
    }
    failed_ = true;
    return {};
  }

  // The entry numbered from 1; nullptr for 0 and for one that is not there (which fails).
  template <class Entry>
  const Entry* entry(const std::vector<Entry>& entries, bool may_be_none) {
    const std::uint64_t at = number();
    if (at >= 1 && at <= entries.size()) return &entries[static_cast<std::size_t>(at) - 1];
    if (at != 0 || !may_be_none) failed_ = true;
    return nullptr;
  }

  Input input() {
    Input result;
    const std::string_view hash = bytes(result.fact.bytes.size());
    std::ranges::copy(hash, reinterpret_cast<char*>(result.fact.bytes.data()));
    if (const std::string* const kind = entry(kinds_, false)) result.kind = *kind;
    const std::uint64_t at = number();
    result.occurred_at.us = static_cast<std::int64_t>((at >> 1) ^ (~(at & 1) + 1));
    const Figure value = figure();
    if (const auto* const decimal = std::get_if<Decimal>(&value)) result.value = *decimal;
    return result;
  }

  Derivation node(int depth) {
    Derivation result;
    if (depth > kDerivationDepthMax) failed_ = true;
    if (failed_) return result;
    if (const CaptionPtr* const caption = entry(captions_, true)) result.caption = *caption;
    result.detail = take_text();
    result.figure = figure();
    result.arithmetic = take_text();
    constexpr std::size_t kInputBytesMin = 32 + 3;
    for (std::size_t n = count(kInputBytesMin); n > 0 && !failed_; --n) result.inputs.push_back(input());
    constexpr std::size_t kNodeBytesMin = 6;
    for (std::size_t n = count(kNodeBytesMin); n > 0 && !failed_; --n) result.children.push_back(node(depth + 1));
    return result;
  }

  std::string_view rest_;
  bool failed_ = false;
  std::vector<CaptionPtr> captions_;
  std::vector<std::string> kinds_;
};

}  // namespace

std::string encode(const Derivation& derivation) { return Encoder().encode(derivation); }

Result<Derivation> decode(std::string_view bytes) { return Decoder(bytes).decode(); }

}  // namespace zh::policy
