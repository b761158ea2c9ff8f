#include "rooms/people/people.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

#include "base/utf8.h"

namespace zh::people {

namespace {

struct PositionName {
  Position position;
  std::string_view name;
  std::string_view zh;
  std::string_view en;
};
constexpr std::array kPositionNames{PositionName{Position::agent, "agent", "坐席", "agent"},
                                    PositionName{Position::shift_leader, "shift_leader", "值班长", "shift leader"},
                                    PositionName{Position::inspector, "inspector", "质检员", "inspector"},
                                    PositionName{Position::supervisor, "supervisor", "质检主管", "supervisor"},
                                    PositionName{Position::trainer, "trainer", "培训专员", "trainer"},
                                    PositionName{Position::manager, "manager", "经理", "manager"},
                                    PositionName{Position::hr, "hr", "人事", "HR"},
                                    PositionName{Position::office, "office", "责任办公室", "responsible office"},
                                    PositionName{Position::admin, "admin", "管理员", "administrator"}};
static_assert(kPositionNames.size() == kPositions.size());

const PositionName& named(Position position) {
  return *std::ranges::find(kPositionNames, position, &PositionName::position);
}

constexpr Date kLastDay{2932896};  // 9999-12-31

// The words of a member's name that can tell people apart: those with a digit. "Local/1001@agents" → 1001.
std::vector<std::string_view> telling_words(std::string_view member) {
  const auto is_word = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < member.size();) {
    const auto begin = std::ranges::find_if(member.substr(at), is_word);
    const auto end = std::find_if_not(begin, member.end(), is_word);
    const std::string_view word(begin, end);
    at = static_cast<std::size_t>(end - member.begin());
    if (word.size() >= 2 && word.find_first_of("0123456789") != std::string_view::npos) words.push_back(word);
  }
  return words;
}

}  // namespace

std::string_view name_of(Position position) { return named(position).name; }

Text label_of(Position position) {
  return {.zh = std::string(named(position).zh), .en = std::string(named(position).en)};
}

Result<Position> parse_position(std::string_view name) {
  for (const auto& known : kPositionNames) {
    if (known.name == name) return known.position;
  }
  std::string all;
  for (const auto& known : kPositionNames) all += (all.empty() ? "" : ", ") + std::string(known.name);
  const std::string shown = utf8::shortened(name, 40);
  return invalid({.zh = fmt::format("没有名为“{}”的岗位；可用：{}", shown, all),
                  .en = fmt::format("there is no position \"{}\"; there are: {}", shown, all)});
}

Person Person::of(std::span<const PersonRow> rows) {
  assert(!rows.empty());
  Person person;
  for (const auto& row : rows) person.state(row);
  return person;
}

void Person::state(const PersonRow& row) {
  assert(history_.empty() || history_.front().staff_no == row.staff_no);
  if (!row.effective_from) {
    history_.assign(1, row);
    return;
  }
  const auto at = std::ranges::lower_bound(history_, row.effective_from, {}, &PersonRow::effective_from);
  if (at != history_.end() && at->effective_from == row.effective_from) {
    *at = row;
  } else {
    history_.insert(at, row);
  }
}

bool Person::employed_on(Date day) const { return hired_on() <= day && (!left_on().has_value() || day <= *left_on()); }

const PersonRow& Person::on(Date day) const {
  const auto after = std::ranges::upper_bound(history_, std::optional(day), {}, &PersonRow::effective_from);
  return after == history_.begin() ? history_.front() : *std::prev(after);
}

bool Person::on_probation(Date day) const {
  const auto& until = on(day).probation_until;
  return until.has_value() && *until >= day;
}

std::optional<InMonth> Person::in(Month month) const {
  const Date first = std::max(hired_on(), month.first());
  const Date last = std::min(left_on().value_or(month.last()), month.last());
  if (last < first) return std::nullopt;
  const PersonRow& row = on(last);
  return InMonth{.first_employed = first,
                 .last_employed = last,
                 .group = row.group,
                 .position = row.position,
                 .on_probation = on_probation(last),
                 .products = row.products};
}

std::vector<PhoneSpan> phone_spans(const Person& person) {
  std::vector<PhoneSpan> spans;
  const auto& history = person.history();
  for (std::size_t i = 0; i < history.size(); ++i) {
    const Date from = i == 0 ? person.hired_on() : std::max(person.hired_on(), *history[i].effective_from);
    Date until = person.left_on().value_or(kLastDay);
    if (i + 1 < history.size()) until = std::min(until, history[i + 1].effective_from->plus_days(-1));
    if (until < from) continue;
    for (const auto& phone_id : history[i].phone_ids) {
      spans.push_back({.phone_id = phone_id, .from = from, .until = until, .staff_no = person.staff_no()});
    }
  }
  return spans;
}

People::People(std::vector<Person> people) : people_(std::move(people)) {
  std::ranges::sort(people_, {}, &Person::staff_no);
  for (std::size_t i = 0; i < people_.size(); ++i) {
    const Person& person = people_[i];
    by_staff_no_.emplace(person.staff_no(), i);
    std::vector<std::string> words{person.staff_no()};
    for (auto& span : phone_spans(person)) {
      for (const auto word : telling_words(span.phone_id)) words.emplace_back(word);
      auto& spans = by_phone_id_[span.phone_id];
      spans.push_back(std::move(span));
    }
    for (auto& word : words) {
      const auto [entry, added] = by_token_.try_emplace(std::move(word), i);
      if (!added && entry->second != i) entry->second.reset();
    }
  }
}

const Person* People::find(std::string_view staff_no) const {
  const auto found = by_staff_no_.find(staff_no);
  return found == by_staff_no_.end() ? nullptr : &people_[found->second];
}

const Person* People::holder_of(std::string_view phone_id, Date day) const {
  const auto spans = by_phone_id_.find(std::string(phone_id));
  if (spans == by_phone_id_.end()) return nullptr;
  for (const auto& span : spans->second) {
    if (span.from <= day && day <= span.until) return find(span.staff_no);
  }
  return nullptr;
}

const Person* People::likely_holder(std::string_view member) const {
  const Person* likely = nullptr;
  for (const auto word : telling_words(member)) {
    const auto found = by_token_.find(std::string(word));
    if (found == by_token_.end()) continue;
    if (!found->second.has_value()) return nullptr;
    const Person* const person = &people_[*found->second];
    if (likely != nullptr && likely != person) return nullptr;
    likely = person;
  }
  return likely;
}

std::string_view People::nearest_staff_no(std::string_view staff_no) const {
  std::vector<std::string_view> known;
  known.reserve(people_.size());
  for (const auto& person : people_) known.emplace_back(person.staff_no());
  return nearest(staff_no, known);
}

}  // namespace zh::people
