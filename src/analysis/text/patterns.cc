#include "analysis/text/patterns.h"

#include <fmt/format.h>
#include <hs.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <limits>

namespace zh::text {

namespace {

constexpr unsigned kFlags = HS_FLAG_CASELESS | HS_FLAG_UTF8 | HS_FLAG_MULTILINE | HS_FLAG_SOM_LEFTMOST;

struct FreeDatabase {
  void operator()(hs_database_t* it) const { hs_free_database(it); }
};
using Database = std::unique_ptr<hs_database_t, FreeDatabase>;

struct FreeCompileError {
  void operator()(hs_compile_error_t* it) const { hs_free_compile_error(it); }
};
using CompileError = std::unique_ptr<hs_compile_error_t, FreeCompileError>;

// The commonest of Hyperscan's refusals in our words; the others as they are.
Text in_our_words(std::string_view message) {
  if (message.starts_with("Pattern matches empty buffer")) {
    return {.zh = "这个表达式能匹配空文本，会处处命中",
            .en = "the pattern matches empty text, so it would hit everywhere"};
  }
  if (message.starts_with("Pattern is too large") || message.starts_with("Pattern too large")) {
    return {.zh = "表达式太大", .en = "the pattern is too large"};
  }
  if (message.starts_with("Zero-width assertions are not supported")) {
    return {.zh = "不支持前后断言 `(?=…)`、`(?<=…)`", .en = "look-around, `(?=…)` and `(?<=…)`, is not supported"};
  }
  return {.zh = fmt::format("正则表达式有误：{}", message), .en = fmt::format("not a usable pattern: {}", message)};
}

// What can be said without compiling.
std::optional<Text> fault_at_sight(const std::string& pattern) {
  if (pattern.empty()) return Text{.zh = "表达式是空的", .en = "the pattern is empty"};
  if (pattern.size() > PatternSet::kPatternBytesMax) {
    return Text{.zh = fmt::format("表达式超过 {} 字节", PatternSet::kPatternBytesMax),
                .en = fmt::format("the pattern has more than {} bytes", PatternSet::kPatternBytesMax)};
  }
  if (unrolled_size(pattern) <= PatternSet::kUnrolledMax) return std::nullopt;
  return Text{.zh = fmt::format("把重复次数展开后超过 {} 个字符，请减小 `{{n,m}}`", PatternSet::kUnrolledMax),
              .en = fmt::format("with its repeats written out the pattern has more than {} characters: lower `{{n,m}}`",
                                PatternSet::kUnrolledMax)};
}

// The flags of a group that begins at `at`, "(?i-m:" or "(?-m)", without what would switch lines off.
std::string group_flags(std::string_view letters) {
  const std::size_t off = letters.find('-');
  if (off == std::string_view::npos) return std::string(letters);
  std::string switched_off;
  for (const char letter : letters.substr(off + 1)) {
    if (letter != 'm') switched_off += letter;
  }
  return std::string(letters.substr(0, off)) + (switched_off.empty() ? "" : "-" + switched_off);
}

// The pattern as it is looked for among lines, each of which is a text: `\A` and `\z` are the ends of a line.
std::string among_lines(std::string_view pattern) {
  static constexpr std::string_view kFlagLetters = "imsxU-";
  std::string result;
  bool in_class = false;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    if (!in_class && pattern.substr(at, 2) == "(?") {
      const std::size_t end = std::min(pattern.find_first_not_of(kFlagLetters, at + 2), pattern.size());
      result += "(?" + group_flags(pattern.substr(at + 2, end - at - 2));
      at = end - 1;
    } else if (pattern[at] == '\\' && at + 1 < pattern.size()) {
      const char escaped = pattern[++at];
      if (escaped == 'A') {
        result += '^';
      } else if (escaped == 'z' || escaped == 'Z') {
        result += '$';
      } else {
        result += '\\';
        result += escaped;
      }
    } else {
      in_class = pattern[at] == '[' || (in_class && pattern[at] != ']');
      result += pattern[at];
    }
  }
  return result;
}

// All patterns as one database, or what Hyperscan says.
std::optional<Text> compile_all(std::span<const std::string> patterns, Database& into) {
  std::vector<std::string> lines;
  for (const std::string& pattern : patterns) lines.push_back(among_lines(pattern));
  std::vector<const char*> expressions;
  std::vector<unsigned> numbers;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    expressions.push_back(lines[i].c_str());
    numbers.push_back(static_cast<unsigned>(i));
  }
  const std::vector<unsigned> flags(lines.size(), kFlags);
  hs_database_t* database = nullptr;
  hs_compile_error_t* failure = nullptr;
  const hs_error_t status =
      hs_compile_multi(expressions.data(), flags.data(), numbers.data(), static_cast<unsigned>(lines.size()),
                       HS_MODE_BLOCK, nullptr, &database, &failure);
  into.reset(database);
  const CompileError owned(failure);
  if (status == HS_SUCCESS) return std::nullopt;
  return in_our_words(failure == nullptr ? "out of memory" : failure->message);
}

}  // namespace

class PatternSet::Code {
 public:
  Database database;
  std::size_t size = 0;
  std::uint64_t id = next_id();  // addresses are used again

 private:
  static std::uint64_t next_id() {
    static std::atomic<std::uint64_t> last = 0;
    return ++last;
  }
};

struct PatternSet::Scratch::State {
  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { hs_free_scratch(scratch); }

  // Fits the database of these patterns; false when there is no memory.
  bool fit(const Code& code) {
    if (fits == code.id) return true;
    if (hs_alloc_scratch(code.database.get(), &scratch) != HS_SUCCESS) return false;
    fits = code.id;
    return true;
  }

  hs_scratch_t* scratch = nullptr;
  std::uint64_t fits = 0;  // the patterns that it was fitted to last
};

PatternSet::Scratch::Scratch() : state_(std::make_unique<State>()) {}
PatternSet::Scratch::~Scratch() = default;
PatternSet::Scratch::Scratch(Scratch&&) noexcept = default;
PatternSet::Scratch& PatternSet::Scratch::operator=(Scratch&&) noexcept = default;

PatternSet::PatternSet() = default;
PatternSet::~PatternSet() = default;
PatternSet::PatternSet(PatternSet&&) noexcept = default;
PatternSet& PatternSet::operator=(PatternSet&&) noexcept = default;
PatternSet::PatternSet(std::unique_ptr<const Code> code) : code_(std::move(code)) {}

std::size_t PatternSet::size() const { return code_ == nullptr ? 0 : code_->size; }

Result<PatternSet> PatternSet::compile(std::span<const std::string> patterns, std::vector<PatternFault>& faults) {
  if (patterns.empty()) return PatternSet();
  if (patterns.size() > kPatternsMax) {
    return error(ErrorCode::limit, {.zh = fmt::format("正则表达式超过 {} 个", kPatternsMax),
                                    .en = fmt::format("there are more than {} patterns", kPatternsMax)});
  }
  const std::size_t before = faults.size();
  for (std::size_t i = 0; i < patterns.size(); ++i) {
    if (auto what = fault_at_sight(patterns[i])) faults.push_back({i, std::move(*what)});
  }
  auto code = std::make_unique<Code>();
  code->size = patterns.size();
  std::optional<Text> whole;
  if (faults.size() == before) whole = compile_all(patterns, code->database);
  if (faults.size() == before && !whole) return PatternSet(std::move(code));
  // Each by itself, so that every fault is told.
  for (std::size_t i = 0; whole && i < patterns.size(); ++i) {
    Database alone;
    if (auto what = compile_all(patterns.subspan(i, 1), alone)) faults.push_back({i, std::move(*what)});
  }
  return invalid(faults.size() > before ? faults[before].what : *whole);
}

// Every end of every match in `text`, behind what is in `matches`, moved by `offset`. False past kMatchesMax.
bool PatternSet::find_ends(std::string_view text, std::size_t offset, Scratch& scratch,
                           std::vector<Match>& matches) const {
  struct Into {
    std::vector<Match>& matches;
    std::uint32_t offset;
  } into{matches, static_cast<std::uint32_t>(offset)};
  const auto take = [](unsigned number, unsigned long long from, unsigned long long to, unsigned /*flags*/,
                       void* context) {
    auto& [found, moved] = *static_cast<Into*>(context);
    if (found.size() == kMatchesMax) return 1;
    found.push_back({static_cast<std::uint32_t>(from) + moved, static_cast<std::uint32_t>(to) + moved, number});
    return 0;
  };
  text = text.substr(0, std::numeric_limits<unsigned>::max());
  return hs_scan(code_->database.get(), text.data(), static_cast<unsigned>(text.size()), 0, scratch.state_->scratch,
                 take, &into) == HS_SUCCESS;
}

// Takes away matches that reach over a line feed. What ends within a line is then looked for in that line alone, where
// it may begin later. False past kMatchesMax.
bool PatternSet::keep_within_lines(std::string_view text, Scratch& scratch, std::vector<Match>& matches) const {
  std::vector<std::pair<std::size_t, std::size_t>> lines;  // to be looked at again
  for (const Match& match : matches) {
    const std::string_view over = text.substr(match.from, match.to - match.from);
    const std::size_t feed = over.rfind('\n');
    if (feed == std::string_view::npos || feed + 1 == over.size()) continue;
    lines.emplace_back(match.from + feed + 1, std::min(text.find('\n', match.to), text.size()));
  }
  std::ranges::sort(lines);
  lines.erase(std::ranges::unique(lines).begin(), lines.end());
  std::erase_if(matches, [&](const Match& match) {
    const auto behind = std::ranges::upper_bound(lines, match.to, {}, [](const auto& line) { return line.first; });
    const bool again = behind != lines.begin() && match.to <= std::prev(behind)->second;
    return again || text.substr(match.from, match.to - match.from).find('\n') != std::string_view::npos;
  });
  return std::ranges::all_of(lines, [&](const auto& line) {
    return find_ends(text.substr(line.first, line.second - line.first), line.first, scratch, matches);
  });
}

bool PatternSet::scan(std::string_view text, Scratch& scratch, std::vector<Match>& matches) const {
  matches.clear();
  if (code_ == nullptr || text.empty()) return true;
  if (!scratch.state_->fit(*code_)) return false;
  bool all = find_ends(text, 0, scratch, matches);
  if (matches.empty()) return all;
  all = keep_within_lines(text, scratch, matches) && all;

  // Hyperscan tells every end of a match: of each pattern only the places that count are kept.
  std::ranges::sort(matches, [](const Match& a, const Match& b) {
    if (a.number != b.number) return a.number < b.number;
    return a.from != b.from ? a.from < b.from : a.to > b.to;
  });
  const Match* kept = nullptr;
  std::size_t size = 0;
  for (const Match& match : matches) {
    if (kept != nullptr && kept->number == match.number && match.from < kept->to) continue;
    matches[size++] = match;
    kept = &matches[size - 1];
  }
  matches.resize(size);
  std::ranges::sort(matches);
  return all;
}

std::size_t unrolled_size(std::string_view pattern) {
  constexpr std::size_t kHuge = 1'000'000'000;
  struct Group {
    std::size_t sum = 0;   // of the group so far
    std::size_t last = 0;  // of its last item, already in the sum
  };
  std::vector<Group> open(1);
  const auto item = [&](std::size_t size) {
    open.back().sum = std::min(open.back().sum + size, kHuge);
    open.back().last = size;
  };
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    const char c = pattern[at];
    if (c == '\\') {
      ++at;
      item(1);
    } else if (c == '[') {
      at += at + 1 < pattern.size() && pattern[at + 1] == '^' ? 1 : 0;
      at += at + 1 < pattern.size() && pattern[at + 1] == ']' ? 1 : 0;
      for (++at; at < pattern.size() && pattern[at] != ']'; ++at) at += pattern[at] == '\\' ? 1 : 0;
      item(1);
    } else if (c == '(') {
      open.emplace_back();
    } else if (c == ')' && open.size() > 1) {
      const std::size_t size = open.back().sum;
      open.pop_back();
      item(size);
    } else if (c == '{') {
      const std::size_t end = std::min(pattern.find('}', at), pattern.size());
      std::size_t times = 0;
      std::size_t number = 0;
      for (std::size_t i = at + 1; i < end; ++i) {
        const bool digit = pattern[i] >= '0' && pattern[i] <= '9';
        number = digit ? std::min(number * 10 + static_cast<std::size_t>(pattern[i] - '0'), kHuge) : 0;
        times = std::max(times, number);
      }
      Group& group = open.back();
      const std::size_t size = times == 0 ? group.last : std::min(group.last * times, kHuge);
      group.sum = std::min(group.sum - group.last + size, kHuge);
      group.last = size;
      at = end;
    } else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U && c != '*' && c != '+' && c != '?' && c != '|') {
      item(1);
    }
  }
  while (open.size() > 1) {
    const std::size_t size = open.back().sum;
    open.pop_back();
    item(size);
  }
  return open.front().sum;
}

}  // namespace zh::text
