// The metrics of the month: named pure functions from facts and calls to the figure that a scorecard item scores. Their
// parameters stand in the pack (policy::Metric says what each yields); the node they are given records how.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "policy/evaluate.h"
#include "rooms/appraisal/appraisal.h"

namespace zh::appraisal {

// The position whose people make up a group. "The group" of a leader is always these.
inline constexpr std::string_view kMember = "agent";

// The agents whose group in the period is this one.
struct Group {
  struct Member {
    const PersonMonth* person = nullptr;
    std::optional<Decimal> total;  // as printed
  };
  std::vector<Member> members;  // by staff_no

  // Mean of the printed totals of the members who have one, itself not rounded.
  std::optional<Fraction> mean() const;
};
using Groups = std::map<std::string, Group, std::less<>>;

// Whose figures are asked for.
struct Subject {
  const policy::Pack& pack;
  const PersonMonth& person;
  const Group& group;  // of the person; without members where there is none
};

// Measures. `node` receives figure, arithmetic, inputs and a child per step. Fails (invalid) when a fact lacks a value
// that neither it nor the pack gives.
Result<policy::Measured> measure(const policy::Metric& metric, const Subject& subject, policy::Derivation& node);

// The measured value itself (Measured::values begins with it), none without data.
std::optional<Fraction> value_of(const policy::Measured& measured);

// "95 + 92 + 90"; from the ninth term on "95 + 92 + … (30 values)".
std::string sum_text(std::span<const Fraction> terms);
std::string number_text(const Fraction& number);

}  // namespace zh::appraisal
