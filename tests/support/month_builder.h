// A month for tests, one line per person: what the rules of appraisal and pay are given, without any file or database.
//
//   MonthBuilder october("2026-10");
//   october.agent("1001").group("A").fact("qa_recording", 10, "95").fact("praise", 12, "3");
//   const auto input = october.input();
#pragma once

#include <gtest/gtest.h>

#include <deque>
#include <string>
#include <string_view>

#include "policy/load.h"
#include "rooms/appraisal/appraisal.h"

namespace zh::testing_support {

inline Decimal decimal(std::string_view text) { return Decimal::parse(text).value(); }
inline Date day_of(std::string_view text) { return Date::parse(text).value(); }

// The pack of these figures, as it is shipped.
inline const policy::Pack& chengdu() {
  static const policy::Pack pack = [] {
    auto sources = policy::read_sources(ZH_SOURCE_DIR "/policies/chengdu-2014");
    if (!sources.ok()) throw std::runtime_error(sources.error().to_string(Language::en));
    auto loaded = policy::load_pack(*sources);
    if (!loaded.ok()) throw std::runtime_error(loaded.error().to_string(Language::en));
    return *std::move(loaded);
  }();
  return pack;
}

class PersonBuilder {
 public:
  PersonBuilder(std::string staff_no, std::string position, Month period) : period_(period) {
    person.staff_no = std::move(staff_no);
    person.position = std::move(position);
    person.group = "A";
    person.hired_on = day_of("2020-01-01");
    person.products = {"enquiry", "support", "complaint"};
    employed(1, period.days());
  }

  PersonBuilder& group(std::string name) {
    person.group = std::move(name);
    return *this;
  }
  PersonBuilder& probation() {
    person.on_probation = true;
    return *this;
  }
  PersonBuilder& hired(std::string_view day) {
    person.hired_on = day_of(day);
    return *this;
  }
  // Employed from one day of the month to another, both included.
  PersonBuilder& employed(int from, int until) {
    person.employed_days = until - from + 1;
    person.last_employed_day = period_.first().plus_days(until - 1);
    return *this;
  }
  PersonBuilder& products(int count) {
    person.products.clear();
    for (int i = 0; i < count; ++i) person.products.push_back("product " + std::to_string(i));
    return *this;
  }
  // An empty value is none. Kinds are names of the catalogue, which are literals here.
  PersonBuilder& fact(const char* kind, int day, std::string_view value = {}, std::string note = {}) {
    appraisal::InputFact fact;
    fact.kind = kind;
    fact.day = period_.first().plus_days(day - 1);
    fact.occurred_at = noon(fact.day);
    if (!value.empty()) fact.value = decimal(value);
    fact.note = std::move(note);
    fact.recorded = ++recorded_;
    fact.id = Hasher()
                  .field(person.staff_no)
                  .field(kind)
                  .field(fact.day.to_string())
                  .field(value)
                  .field(fact.note)
                  .field(recorded_)
                  .finish();
    person.facts.push_back(std::move(fact));
    return *this;
  }
  PersonBuilder& facts(const char* kind, int day, std::initializer_list<std::string_view> values) {
    for (const std::string_view value : values) fact(kind, day, value);
    return *this;
  }
  struct Calls {
    std::int64_t assigned = 0;
    std::int64_t answered = 0;
    std::int64_t talk_s = 0;  // of all that were answered
  };
  PersonBuilder& log(int day, std::string product, Calls calls) {
    appraisal::ContactDay contacts;
    contacts.day = period_.first().plus_days(day - 1);
    contacts.day_start = noon(contacts.day);
    contacts.product = std::move(product);
    contacts.assigned = calls.assigned;
    contacts.answered = calls.answered;
    contacts.handled = calls.answered;
    contacts.talk_ms = calls.talk_s * 1000;
    contacts.id = Hasher().field(person.staff_no).field(contacts.day.to_string()).field(contacts.product).finish();
    person.contacts.push_back(std::move(contacts));
    return *this;
  }

  appraisal::PersonMonth person;

 private:
  static Instant noon(Date day) { return Instant::from_seconds(std::int64_t{day.days} * 86'400 + 4 * 3'600); }

  Month period_;
  std::int64_t recorded_ = 0;
};

class MonthBuilder {
 public:
  explicit MonthBuilder(std::string_view period) : period_(Month::parse(period).value()) {}

  PersonBuilder& agent(std::string staff_no) { return person(std::move(staff_no), "agent"); }
  PersonBuilder& leader(std::string staff_no) { return person(std::move(staff_no), "shift_leader"); }
  PersonBuilder& person(std::string staff_no, std::string position) {
    return people_.emplace_back(std::move(staff_no), std::move(position), period_);
  }

  Month period() const { return period_; }
  // In canonical order.
  appraisal::MonthInput input() const {
    appraisal::MonthInput input{.period = period_, .people = {}};
    for (const PersonBuilder& builder : people_) input.people.push_back(builder.person);
    sort_canonically(input);
    return input;
  }

 private:
  Month period_;
  std::deque<PersonBuilder> people_;  // references stay valid
};

}  // namespace zh::testing_support
