#include "policy/problem.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <tuple>

namespace zh::policy {

std::string Problem::to_string(Language language) const {
  const bool chinese = language == Language::zh;
  std::string text = place.to_string();
  if (!text.empty()) text += ": ";
  if (severity == Severity::error) text += chinese ? "错误：" : "error: ";
  if (severity == Severity::warning) text += chinese ? "提醒：" : "warning: ";
  text += what.in(language);
  if (!mend.in(language).empty()) text += (chinese ? "；修正：" : "; mend: ") + mend.in(language);
  if (!clause.empty()) text += chinese ? fmt::format("（{}）", clause) : fmt::format(" ({})", clause);
  text += fmt::format(" [{}]", code);
  if (!excerpt.empty()) text += "\n" + excerpt;
  return text;
}

Error Problem::to_error() const {
  Text message = what;
  if (!mend.zh.empty()) message.zh += "；修正：" + mend.zh;
  if (!mend.en.empty()) message.en += "; mend: " + mend.en;
  return zh::error(ErrorCode::invalid, std::move(message), place, clause);
}

void Problems::add(Problem problem) {
  if (problem.severity == Severity::error) ++errors_;
  if (list_.size() == kMax) {
    list_.push_back({.severity = problem.severity,
                     .code = "too_many_problems",
                     .place = {},
                     .what = {.zh = fmt::format("问题超过 {} 个，其余未列出", kMax),
                              .en = fmt::format("more than {} problems, the others are not listed", kMax)},
                     .mend = {.zh = "先改上面的，再检查一次", .en = "mend those above and check again"},
                     .clause = {},
                     .excerpt = {}});
  }
  if (list_.size() < kMax) list_.push_back(std::move(problem));
}

void Problems::error(std::string_view code, Place place, Text what, Text mend, std::string clause) {
  add({Severity::error, code, std::move(place), std::move(what), std::move(mend), std::move(clause), {}});
}

void Problems::warning(std::string_view code, Place place, Text what, Text mend, std::string clause) {
  add({Severity::warning, code, std::move(place), std::move(what), std::move(mend), std::move(clause), {}});
}

std::vector<Problem> Problems::sorted() const {
  std::vector<Problem> result = list_;
  std::ranges::stable_sort(result, {}, [](const Problem& problem) {
    // What has no place comes last.
    return std::tuple(problem.place.file.empty(), problem.place.file, problem.place.line, problem.place.column);
  });
  return result;
}

namespace {

// How many bytes must be changed, added, left out or swapped with their neighbour; given up past `limit`.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
  if (a.size() > b.size() + limit || b.size() > a.size() + limit) return limit + 1;
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    before.swap(last);
    last.swap(row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1), last[j] + 1, row[j - 1] + 1});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
  }
  return row.back();
}

}  // namespace

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
  if (word.size() > 100) return {};
  const std::size_t limit = std::max<std::size_t>(1, word.size() / 3);
  std::string best;
  std::size_t best_distance = limit + 1;
  for (const auto& candidate : candidates) {
    const std::size_t distance = edit_distance(word, candidate, limit);
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

std::string quoted_list(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "`" : ", `") + word + "`";
  return text;
}

}  // namespace zh::policy
