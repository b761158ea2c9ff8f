#include "rooms/people/change.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <set>

namespace zh::people {

namespace {

// A span and the line of the file that is to blame for it: that of its row, or, where the row was stored already, the
// person's last row in the file, which may have moved its employment. 0 = the file does not touch the person.
struct Claim {
  PhoneSpan span;
  int line = 0;
  std::string holder;  // "1002 (李四)"
};

std::string shown(const Person& person) {
  return person.name().empty() ? person.staff_no() : fmt::format("{} ({})", person.staff_no(), person.name());
}

// The people a file touches, each with the rows that are still in.
class Workings {
 public:
  Workings(const People& before, std::span<const StatedRow> rows) : before_(before), rows_(rows), in_(rows.size()) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      in_[i] = true;
      touched_[rows[i].row.staff_no].push_back(i);
    }
  }

  // Refuses rows until nobody holds a phone id together with somebody else.
  void settle() {
    std::vector<Claim> others;
    for (const auto& person : before_.all()) {
      if (!touched_.contains(person.staff_no())) add_claims(person, {}, others);
    }
    while (refuse_round(others)) {
    }
  }

  Change result() const {
    Change change;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (in_[i]) change.taken.push_back(i);
    }
    change.refused.assign(refused_.begin(), refused_.end());
    std::ranges::sort(change.refused, {}, &RefusedRow::index);
    for (const auto& [staff_no, indexes] : touched_) count(staff_no, indexes, change);
    return change;
  }

 private:
  using Indexes = std::vector<std::size_t>;

  // The record with the rows that are in; nothing when there is none at all.
  std::optional<Person> record(const std::string& staff_no, const Indexes& indexes) const {
    std::optional<Person> person;
    if (const Person* const stored = before_.find(staff_no)) person = *stored;
    for (const std::size_t i : indexes) {
      if (!in_[i]) continue;
      if (person) {
        person->state(rows_[i].row);
      } else {
        person = Person::of(std::span(&rows_[i].row, 1));
      }
    }
    return person;
  }

  int line_of(const PersonRow& row, const Indexes& indexes) const {
    int last = 0;
    for (const std::size_t i : indexes) {
      if (!in_[i]) continue;
      last = std::max(last, rows_[i].line);
      if (rows_[i].row == row) return rows_[i].line;
    }
    return last;
  }

  void add_claims(const Person& person, const Indexes& indexes, std::vector<Claim>& claims) const {
    const std::string holder = shown(person);
    for (auto& span : phone_spans(person)) {
      const int line = indexes.empty() ? 0 : line_of(person.on(span.from), indexes);
      claims.push_back({.span = std::move(span), .line = line, .holder = holder});
    }
  }

  // The lines that lose against a claim that stands before them, with the winning claim.
  static std::map<int, Claim> losers_among(std::vector<Claim>& claims) {
    std::ranges::sort(claims, [](const Claim& a, const Claim& b) {
      return std::tie(a.span.phone_id, a.span.from, a.span.staff_no) <
             std::tie(b.span.phone_id, b.span.from, b.span.staff_no);
    });
    std::map<int, Claim> losers;
    for (std::size_t i = 0; i < claims.size(); ++i) {
      for (std::size_t j = i + 1; j < claims.size() && claims[j].span.phone_id == claims[i].span.phone_id &&
                                  claims[j].span.from <= claims[i].span.until;
           ++j) {
        if (claims[i].span.staff_no == claims[j].span.staff_no) continue;
        const auto& [winner, loser] =
            claims[i].line < claims[j].line ? std::tie(claims[i], claims[j]) : std::tie(claims[j], claims[i]);
        const auto [entry, added] = losers.try_emplace(loser.line, winner);
        if (!added && winner.line < entry->second.line) entry->second = winner;
      }
    }
    return losers;
  }

  // Refuses the lines that lose against one that stands; false when there are none.
  bool refuse_round(const std::vector<Claim>& others) {
    std::vector<Claim> claims = others;
    for (const auto& [staff_no, indexes] : touched_) {
      if (const auto person = record(staff_no, indexes)) add_claims(*person, indexes, claims);
    }
    const auto losers = losers_among(claims);
    bool refused = false;
    for (const auto& [line, winner] : losers) {
      // A winner that itself loses may make room; then the next round decides.
      if (line == 0 || losers.contains(winner.line)) continue;
      refuse(line, winner);
      refused = true;
    }
    return refused;
  }

  void refuse(int line, const Claim& winner) {
    const auto at = std::ranges::find_if(rows_, [&](const StatedRow& stated) { return stated.line == line; });
    const auto index = static_cast<std::size_t>(at - rows_.begin());
    in_[index] = false;
    const auto& span = winner.span;
    refused_.push_back(
        {.index = index,
         .why = {.zh = fmt::format("话机标识“{}”从 {} 起属于 {}；同一时间只能属于一人", span.phone_id,
                                   span.from.to_string(), winner.holder),
                 .en = fmt::format("phone id \"{}\" is {}'s from {} on; it can be one person's at a time",
                                   span.phone_id, winner.holder, span.from.to_string())}});
  }

  void count(const std::string& staff_no, const Indexes& indexes, Change& change) const {
    const Person* const stored = before_.find(staff_no);
    const auto after = record(staff_no, indexes);
    if (!after) return;
    const bool changed = stored == nullptr || *stored != *after;
    const auto known = [&](const PersonRow& row) {
      return stored != nullptr && std::ranges::find(stored->history(), row) != stored->history().end();
    };
    std::int64_t news = 0;
    std::int64_t rows = 0;
    for (const std::size_t i : indexes) {
      if (!in_[i]) continue;
      ++rows;
      if (changed && !known(rows_[i].row)) ++news;
      if (std::ranges::find(after->history(), rows_[i].row) == after->history().end())
        note_overridden(i, indexes, change);
    }
    // A known base row can change a record, too: by stating it anew without its changes.
    if (changed && news == 0) news = 1;
    change.accepted += news;
    change.unchanged += rows - news;
    if (changed) change.records.push_back(*after);
  }

  void note_overridden(std::size_t index, const Indexes& indexes, Change& change) const {
    for (const std::size_t later : indexes) {
      if (later <= index || !in_[later]) continue;
      const auto& by = rows_[later].row;
      if (by.effective_from && by.effective_from != rows_[index].row.effective_from) continue;
      change.overridden.push_back({.index = index, .by = later});
      return;
    }
  }

  const People& before_;
  std::span<const StatedRow> rows_;
  std::vector<bool> in_;
  std::map<std::string, Indexes> touched_;
  std::vector<RefusedRow> refused_;
};

}  // namespace

Change change_of(const People& before, std::span<const StatedRow> rows) {
  Workings workings(before, rows);
  workings.settle();
  return workings.result();
}

std::optional<Text> double_holding(std::span<const Person> people) {
  std::map<std::string, std::vector<PhoneSpan>> spans;
  for (const auto& person : people) {
    for (auto& span : phone_spans(person)) spans[span.phone_id].push_back(std::move(span));
  }
  for (auto& [phone_id, held] : spans) {
    std::ranges::sort(held, {}, &PhoneSpan::from);
    for (std::size_t i = 1; i < held.size(); ++i) {
      if (held[i].from > held[i - 1].until || held[i].staff_no == held[i - 1].staff_no) continue;
      return Text{.zh = fmt::format("话机标识“{}”在 {} 将同时属于 {} 和 {}", phone_id, held[i].from.to_string(),
                                    held[i - 1].staff_no, held[i].staff_no),
                  .en = fmt::format("phone id \"{}\" would be {}'s and {}'s on {}", phone_id, held[i - 1].staff_no,
                                    held[i].staff_no, held[i].from.to_string())};
    }
  }
  return std::nullopt;
}

bool differs_in(const Person* a, const Person* b, Month month) {
  const auto in_month = [&](const Person* person) { return person != nullptr && person->in(month).has_value(); };
  if (in_month(a) != in_month(b)) return true;
  if (!in_month(a)) return false;
  if (a->hired_on() != b->hired_on()) return true;
  for (Date day = month.first(); day <= month.last(); day = day.plus_days(1)) {
    if (a->employed_on(day) != b->employed_on(day)) return true;
    if (!a->employed_on(day)) continue;
    const PersonRow& one = a->on(day);
    const PersonRow& other = b->on(day);
    if (std::tie(one.group, one.position, one.products, one.phone_ids) !=
            std::tie(other.group, other.position, other.products, other.phone_ids) ||
        a->on_probation(day) != b->on_probation(day)) {
      return true;
    }
  }
  return false;
}

}  // namespace zh::people
