#include "rooms/inspection/findings_code.h"

#include <optional>
#include <tuple>
#include <utility>

#include "base/compact.h"
#include "base/hash.h"

namespace zh::inspection {

namespace {

using compact::Reader;

constexpr unsigned kHasTurn = 1;
constexpr unsigned kHasCharacters = 2;
constexpr unsigned kHasStart = 4;
constexpr unsigned kHasEnd = 8;
constexpr std::size_t kHitBytesMin = sizeof(std::uint64_t) + 1;
constexpr std::size_t kMissBytesMin = sizeof(std::uint64_t) + 1;
constexpr std::size_t kLookedBytesMin = sizeof(std::uint64_t) + 2;

std::string word_of(const policy::Check& check) { return check.id + '\t' + check.clause; }

std::string_view role_of(const policy::CheckNode& condition) {
  return condition.scope.role ? policy::name_of(*condition.scope.role) : "any";
}
std::string word_of(const policy::CheckNode& condition) {
  return condition.place.to_string() + '\t' + std::string(role_of(condition));
}

void append(std::string& bytes, std::int64_t number) { compact::append(bytes, static_cast<std::uint64_t>(number)); }

void append_hit(std::string& bytes, const policy::Hit& hit) {
  bytes += static_cast<char>((hit.turn ? kHasTurn : 0U) | (hit.characters ? kHasCharacters : 0U) |
                             (hit.start_ms ? kHasStart : 0U) | (hit.end_ms ? kHasEnd : 0U));
  if (hit.turn) compact::append(bytes, *hit.turn);
  if (hit.characters) {
    compact::append(bytes, hit.characters->from);
    compact::append(bytes, hit.characters->to - hit.characters->from);
  }
  if (hit.start_ms) append(bytes, *hit.start_ms);
  if (hit.end_ms) compact::append_signed(bytes, *hit.end_ms - hit.start_ms.value_or(0));
}

void append_looked(std::string& bytes, const policy::Looked& looked) {
  append(bytes, looked.turns);
  bytes += static_cast<char>(looked.first ? 1 : 0);
  if (!looked.first) return;
  compact::append(bytes, *looked.first);
  compact::append(bytes, looked.last.value_or(*looked.first) - *looked.first);
}

std::int64_t number(Reader& in) { return static_cast<std::int64_t>(in.number()); }

Finding read_hit(Reader& in) {
  Finding hit{.kind = Finding::Kind::hit};
  const unsigned has = in.byte();
  if ((has & kHasTurn) != 0) hit.turn = number(in);
  if ((has & kHasCharacters) != 0) {
    hit.from = number(in);
    hit.to = *hit.from + number(in);
  }
  if ((has & kHasStart) != 0) hit.start_ms = number(in);
  if ((has & kHasEnd) != 0) hit.end_ms = hit.start_ms.value_or(0) + in.signed_number();
  return hit;
}

Finding::Looked read_looked(Reader& in) {
  Finding::Looked looked{.turns = number(in)};
  if (in.byte() == 0) return looked;
  looked.first = number(in);
  looked.last = *looked.first + number(in);
  return looked;
}

std::optional<std::int64_t> wide(const std::optional<std::uint32_t>& number) {
  return number ? std::optional<std::int64_t>(*number) : std::nullopt;
}

// Two texts that one word joins.
std::pair<std::string, std::string> halves(std::string_view word) {
  const std::size_t tab = word.find('\t');
  if (tab == std::string_view::npos) return {std::string(word), {}};
  return {std::string(word.substr(0, tab)), std::string(word.substr(tab + 1))};
}

Error damaged() {
  return error(ErrorCode::corrupt, {.zh = "保存的检查结果已损坏；请重新运行 zhiheng inspect",
                                    .en = "stored findings are damaged; run zhiheng inspect again"});
}

// Reads all findings: what stands where is the caller's to take.
template <class OnHit, class OnMiss, class OnLooked>
Status read(std::string_view bytes, OnHit on_hit, OnMiss on_miss, OnLooked on_looked) {
  Reader in(bytes);
  const std::size_t hits = in.count(kHitBytesMin);
  for (std::size_t i = 0; i < hits && !in.failed(); ++i) {
    const std::uint64_t check = in.fixed();
    on_hit(check, read_hit(in));
  }
  const std::size_t misses = in.count(kMissBytesMin);
  for (std::size_t i = 0; i < misses && !in.failed(); ++i) {
    on_miss(in.fixed());
    const std::size_t conditions = in.count(kLookedBytesMin);
    for (std::size_t k = 0; k < conditions && !in.failed(); ++k) {
      const std::uint64_t condition = in.fixed();
      on_looked(condition, read_looked(in));
    }
  }
  return in.failed() || !in.at_end() ? Status(damaged()) : Status();
}

}  // namespace

std::uint64_t id_of_word(std::string_view text) {
  const Hash hash = sha256(text);
  std::uint64_t id = 0;
  for (std::size_t i = 0; i < sizeof(id); ++i) id = id << 8 | hash.bytes.at(i);
  return id;
}

std::uint64_t FindingsWriter::remember(const void* of, std::string text) {
  const std::uint64_t id = id_of_word(text);
  known_.emplace(of, id);
  new_words_.push_back({id, std::move(text)});
  return id;
}

std::uint64_t FindingsWriter::word(const policy::Check& check) {
  const auto known = known_.find(&check);
  return known != known_.end() ? known->second : remember(&check, word_of(check));
}

std::uint64_t FindingsWriter::word(const policy::CheckNode& condition) {
  const auto known = known_.find(&condition);
  return known != known_.end() ? known->second : remember(&condition, word_of(condition));
}

std::vector<Word> FindingsWriter::take_new_words() { return std::exchange(new_words_, {}); }

std::string FindingsWriter::encode(const policy::Findings& findings) {
  std::string bytes;
  compact::append(bytes, findings.hits.size());
  for (const policy::Hit& hit : findings.hits) {
    compact::append_fixed(bytes, word(*hit.check));
    append_hit(bytes, hit);
  }
  compact::append(bytes, findings.missing.size());
  for (const policy::Miss& miss : findings.missing) {
    compact::append_fixed(bytes, word(*miss.check));
    compact::append(bytes, miss.looked.size());
    for (const policy::Looked& looked : miss.looked) {
      compact::append_fixed(bytes, word(*looked.condition));
      append_looked(bytes, looked);
    }
  }
  return bytes;
}

Result<std::vector<Finding>> decode(std::string_view bytes, const Words& words) {
  bool all_known = true;
  const auto text = [&](std::uint64_t id) {
    const auto word = words.find(id);
    all_known = all_known && word != words.end();
    return word == words.end() ? std::pair<std::string, std::string>() : halves(word->second);
  };
  std::vector<Finding> findings;
  const auto take = [&](std::uint64_t check, Finding finding) {
    std::tie(finding.check, finding.clause) = text(check);
    findings.push_back(std::move(finding));
  };
  ZH_CHECK(read(
      bytes, take, [&](std::uint64_t check) { take(check, {.kind = Finding::Kind::missing}); },
      [&](std::uint64_t condition, Finding::Looked looked) {
        std::tie(looked.condition, looked.role) = text(condition);
        findings.back().looked.push_back(std::move(looked));
      }));
  if (!all_known) return damaged();
  return findings;
}

std::vector<Finding> findings_from(const policy::Findings& found) {
  std::vector<Finding> findings;
  for (const policy::Hit& it : found.hits) {
    Finding hit{.kind = Finding::Kind::hit, .check = it.check->id, .clause = it.check->clause, .turn = wide(it.turn)};
    if (it.characters) {
      hit.from = it.characters->from;
      hit.to = it.characters->to;
    }
    hit.start_ms = it.start_ms;
    hit.end_ms = it.end_ms;
    findings.push_back(std::move(hit));
  }
  for (const policy::Miss& it : found.missing) {
    Finding miss{.kind = Finding::Kind::missing, .check = it.check->id, .clause = it.check->clause};
    for (const policy::Looked& looked : it.looked) {
      miss.looked.push_back({.condition = looked.condition->place.to_string(),
                             .role = std::string(role_of(*looked.condition)),
                             .turns = looked.turns,
                             .first = wide(looked.first),
                             .last = wide(looked.last)});
    }
    findings.push_back(std::move(miss));
  }
  return findings;
}

Status each_check(std::string_view bytes, const std::function<void(Finding::Kind, std::uint64_t)>& visit) {
  return read(
      bytes, [&](std::uint64_t check, const Finding&) { visit(Finding::Kind::hit, check); },
      [&](std::uint64_t check) { visit(Finding::Kind::missing, check); }, [](std::uint64_t, const Finding::Looked&) {});
}

std::pair<std::string, std::string> check_and_clause(std::string_view word) { return halves(word); }

}  // namespace zh::inspection
