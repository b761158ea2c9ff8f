#include "rooms/inspection/findings_code.h"

#include <fmt/format.h>

#include <charconv>
#include <iterator>

namespace zh::inspection {

namespace {

constexpr std::string_view kNone = "-";

template <class Number>
void put(std::string& text, const std::optional<Number>& number) {
  text += '\t';
  if (number) {
    fmt::format_to(std::back_inserter(text), "{}", *number);
  } else {
    text += kNone;
  }
}

void put_hit(std::string& text, const policy::Hit& hit) {
  fmt::format_to(std::back_inserter(text), "hit\t{}\t{}", hit.check->id, hit.check->clause);
  put(text, hit.turn);
  put(text, hit.characters ? std::optional(hit.characters->from) : std::nullopt);
  put(text, hit.characters ? std::optional(hit.characters->to) : std::nullopt);
  put(text, hit.start_ms);
  put(text, hit.end_ms);
  text += '\n';
}

void put_miss(std::string& text, const policy::Miss& miss) {
  fmt::format_to(std::back_inserter(text), "missing\t{}\t{}\n", miss.check->id, miss.check->clause);
  for (const policy::Looked& looked : miss.looked) {
    fmt::format_to(std::back_inserter(text), "looked\t{}\t{}\t{}", looked.condition.to_string(),
                   looked.role ? policy::name_of(*looked.role) : "any", looked.turns);
    put(text, looked.first);
    put(text, looked.last);
    text += '\n';
  }
}

// The fields of one line, taken from the front.
class Fields {
 public:
  explicit Fields(std::string_view line) : rest_(line) {}

  std::string_view text() {
    if (over_) good_ = false;
    const std::size_t end = rest_.find('\t');
    const std::string_view field = rest_.substr(0, end);
    over_ = end == std::string_view::npos;
    rest_ = over_ ? std::string_view() : rest_.substr(end + 1);
    return field;
  }
  std::optional<std::int64_t> number() {
    const std::string_view field = text();
    if (field == kNone) return std::nullopt;
    std::int64_t value = 0;
    const auto [end, failure] = std::from_chars(field.data(), field.data() + field.size(), value);
    if (failure != std::errc() || end != field.data() + field.size()) good_ = false;
    return value;
  }
  bool whole() const { return good_ && over_; }

 private:
  std::string_view rest_;
  bool over_ = false;
  bool good_ = true;
};

bool read_line(std::string_view line, std::vector<Finding>& into) {
  Fields fields(line);
  const std::string_view kind = fields.text();
  if (kind == "looked") {
    if (into.empty() || into.back().kind != Finding::Kind::missing) return false;
    Finding::Looked looked;
    looked.condition = fields.text();
    looked.role = fields.text();
    looked.turns = fields.number().value_or(0);
    looked.first = fields.number();
    looked.last = fields.number();
    into.back().looked.push_back(std::move(looked));
    return fields.whole();
  }
  if (kind != "hit" && kind != "missing") return false;
  Finding finding;
  finding.kind = kind == "hit" ? Finding::Kind::hit : Finding::Kind::missing;
  finding.check = fields.text();
  finding.clause = fields.text();
  if (finding.kind == Finding::Kind::hit) {
    finding.turn = fields.number();
    finding.from = fields.number();
    finding.to = fields.number();
    finding.start_ms = fields.number();
    finding.end_ms = fields.number();
  }
  into.push_back(std::move(finding));
  return fields.whole();
}

}  // namespace

std::string encode(const policy::Findings& findings) {
  std::string text;
  for (const policy::Hit& hit : findings.hits) put_hit(text, hit);
  for (const policy::Miss& miss : findings.missing) put_miss(text, miss);
  return text;
}

Result<std::vector<Finding>> decode(std::string_view text) {
  std::vector<Finding> findings;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos || !read_line(text.substr(0, end), findings)) {
      return error(ErrorCode::corrupt, {.zh = "保存的检查结果已损坏；请重新运行 zhiheng inspect",
                                        .en = "stored findings are damaged; run zhiheng inspect again"});
    }
    text.remove_prefix(end + 1);
  }
  return findings;
}

}  // namespace zh::inspection
