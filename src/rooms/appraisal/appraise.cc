// The whole month, in the order in which one thing needs another: scorecards of those who look at nobody's total,
// groups, scorecards of those who do, ranks and stars, excellence.
#include <algorithm>
#include <mutex>

#include "rooms/appraisal/excellence_rules.h"
#include "rooms/appraisal/rating_rules.h"
#include "rooms/appraisal/scorecard_rules.h"

namespace zh::appraisal {

namespace {

using policy::Derivation;

const policy::CaptionPtr& standing_caption() {
  static const policy::CaptionPtr words = policy::caption({.zh = "评定", .en = "standing"}, "", "", "", "standing");
  return words;
}

// The caption at the head of an excellence, found by `why` as "excellent".
policy::CaptionPtr excellent_caption(const policy::Excellence& rule) {
  return policy::caption(rule.label, "", rule.clause, rule.caption->rule, "excellent");
}

Error in_person(Error failure, const PersonMonth& person) {
  failure.message.zh = fmt::format("工号 {}：{}", person.staff_no, failure.message.zh);
  failure.message.en = fmt::format("staff number {}: {}", person.staff_no, failure.message.en);
  return failure;
}

// Steps run side by side; of several failures the one of the first person counts, so that the message does not depend
// on who was quicker.
class Failures {
 public:
  void add(std::size_t step, Error failure) {
    const std::lock_guard guard(mutex_);
    if (!first_ || step < at_) {
      first_ = std::move(failure);
      at_ = step;
    }
  }
  Status status() && { return first_ ? Status(std::move(*first_)) : Status(); }

 private:
  std::mutex mutex_;
  std::optional<Error> first_;
  std::size_t at_ = 0;
};

// The rules for one position, looked up once.
struct Rules {
  const policy::Scorecard* card = nullptr;
  const policy::Rating* rating = nullptr;
  const policy::Excellence* excellence = nullptr;
  CardCaptions captions;  // of the card
  policy::CaptionPtr star;
  policy::CaptionPtr excellent;
};

Rules rules_for(const policy::Pack& pack, std::string_view position) {
  Rules rules;
  rules.card = pack.scorecard(position);
  rules.rating = pack.rating(position);
  rules.excellence = pack.excellence(position);
  if (rules.card != nullptr) rules.captions = captions_of(*rules.card);
  if (rules.rating != nullptr) rules.star = star_caption(*rules.rating);
  if (rules.excellence != nullptr) rules.excellent = excellent_caption(*rules.excellence);
  return rules;
}

class Appraiser {
 public:
  Appraiser(const policy::Pack& pack, const MonthInput& input, const ForEach& for_each)
      : pack_(pack), input_(input), for_each_(for_each) {
    result_.sheets.resize(input.people.size());
    standings_.resize(input.people.size(), Derivation(standing_caption()));
    for (std::size_t i = 0; i < input.people.size(); ++i) {
      const PersonMonth& person = input.people[i];
      result_.sheets[i].staff_no = person.staff_no;
      if (!rules_.contains(person.position)) rules_.emplace(person.position, rules_for(pack, person.position));
    }
  }

  Result<MonthAppraisal> run() && {
    gather_groups();
    ZH_CHECK(for_everybody([this](std::size_t i) { return score_person(i, false); }));
    print_group_totals();
    ZH_CHECK(for_everybody([this](std::size_t i) { return score_person(i, true); }));
    ZH_CHECK(rate());
    ZH_CHECK(for_everybody([this](std::size_t i) { return judge_excellence(i); }));
    for_each_(input_.people.size(), [this](std::size_t i) { keep_standing(i); });
    return std::move(result_);
  }

 private:
  const Rules& rules_of(std::size_t i) const { return rules_.find(input_.people[i].position)->second; }

  Status for_everybody(const std::function<Status(std::size_t)>& step) {
    Failures failures;
    for_each_(input_.people.size(), [&](std::size_t i) {
      if (auto status = step(i); !status) failures.add(i, in_person(std::move(status).error(), input_.people[i]));
    });
    return std::move(failures).status();
  }

  void gather_groups() {
    for (std::size_t i = 0; i < input_.people.size(); ++i) {
      const PersonMonth& person = input_.people[i];
      if (person.position != kMember || person.group.empty()) continue;
      groups_[person.group].members.push_back({&person, std::nullopt});
      member_sheets_.push_back(i);
    }
  }

  // Members stand in their groups in the order of the people, so the n-th sheet of a group is its n-th member.
  void print_group_totals() {
    std::map<std::string_view, std::size_t> next;
    for (const std::size_t i : member_sheets_) {
      const PersonMonth& person = input_.people[i];
      Group::Member& member = groups_.find(person.group)->second.members[next[person.group]++];
      if (const auto& card = result_.sheets[i].scorecard) member.total = card->total;
    }
    means_ = means_of(groups_);
  }

  Subject subject_of(std::size_t i) const {
    static const Group nobody;
    const PersonMonth& person = input_.people[i];
    const auto group = groups_.find(person.group);
    return {.pack = pack_, .person = person, .group = group == groups_.end() ? nobody : group->second};
  }

  Status score_person(std::size_t i, bool with_totals) {
    const Rules& rules = rules_of(i);
    if (rules.card == nullptr || looks_at_totals(*rules.card) != with_totals) return {};
    Derivation node(rules.captions.total);
    ZH_TRY(auto scorecard, score(*rules.card, rules.captions, subject_of(i), node));
    result_.sheets[i].scorecard = std::move(scorecard);
    result_.sheets[i].scorecard_derivation = policy::encode(node);
    return {};
  }

  Status rate() {
    std::vector<char> rated(input_.people.size(), 0);
    ZH_CHECK(for_everybody([&](std::size_t i) -> Status {
      const Rules& rules = rules_of(i);
      const auto& card = result_.sheets[i].scorecard;
      if (rules.rating == nullptr || !card) return {};
      Derivation& node = standings_[i].add(Derivation(rules.star, Decimal(0)));
      ZH_TRY(const bool is, is_rated(*rules.rating, input_.period, input_.people[i], *card, node));
      rated[i] = is ? 1 : 0;
      return {};
    }));
    for (const policy::Rating& rating : pack_.ratings) rank_position(rating, rated);
    return {};
  }

  void rank_position(const policy::Rating& rating, const std::vector<char>& rated) {
    std::vector<std::size_t> people;
    std::vector<RankKey> keys;
    for (std::size_t i = 0; i < input_.people.size(); ++i) {
      if (rated[i] == 0 || input_.people[i].position != rating.position) continue;
      people.push_back(i);
      keys.push_back(key_of(rating, input_.people[i], *result_.sheets[i].scorecard));
    }
    const Ranked ranked = appraisal::rank(rating, keys);
    std::map<Decimal, int> with_total;
    for (const std::size_t i : people) ++with_total[*result_.sheets[i].scorecard->total];
    for_each_(ranked.order.size(), [&](std::size_t place) {
      const std::size_t i = people[ranked.order[place]];
      Sheet& sheet = result_.sheets[i];
      sheet.rated = true;
      sheet.rank = static_cast<int>(place) + 1;
      sheet.star = ranked.stars[place];
      const Place shown{.star = sheet.star,
                        .rank = sheet.rank,
                        .rated = static_cast<int>(people.size()),
                        .same_total = with_total.find(*sheet.scorecard->total)->second};
      explain_star(rating, shown, keys[ranked.order[place]], ranked.cut_offs, standings_[i].children.front());
    });
    std::ranges::copy(ranked.cut_offs, std::back_inserter(result_.cut_offs));
  }

  Status judge_excellence(std::size_t i) {
    const Rules& rules = rules_of(i);
    if (rules.excellence == nullptr) return {};
    Sheet& sheet = result_.sheets[i];
    const Subject subject = subject_of(i);
    const Contender contender{.subject = subject,
                              .total = sheet.scorecard ? sheet.scorecard->total : std::nullopt,
                              .group = place_of(means_, input_.people[i].group)};
    Derivation& node = standings_[i].add(Derivation(rules.excellent));
    ZH_TRY(sheet.excellent, excellence_of(*rules.excellence, contender, node));
    return {};
  }

  void keep_standing(std::size_t i) {
    if (!standings_[i].children.empty()) result_.sheets[i].standing_derivation = policy::encode(standings_[i]);
    standings_[i] = Derivation();
  }

  const policy::Pack& pack_;
  const MonthInput& input_;
  const ForEach& for_each_;
  std::map<std::string, Rules, std::less<>> rules_;
  Groups groups_;
  GroupMeans means_;
  std::vector<std::size_t> member_sheets_;
  std::vector<Derivation> standings_;
  MonthAppraisal result_;
};

}  // namespace

Result<MonthAppraisal> appraise(const policy::Pack& pack, const MonthInput& input, const ForEach& for_each) {
  return Appraiser(pack, input, for_each).run();
}

Result<Sheet> appraise_again(const policy::Pack& pack, Month period, const PersonMonth& person,
                             std::span<const CutOff> cut_offs) {
  const Rules rules = rules_for(pack, person.position);
  Sheet sheet;
  sheet.staff_no = person.staff_no;
  if (rules.card == nullptr || looks_at_group(*rules.card)) return sheet;
  const Group nobody;
  Derivation total(rules.captions.total);
  auto scorecard = score(*rules.card, rules.captions, {.pack = pack, .person = person, .group = nobody}, total);
  if (!scorecard) return in_person(std::move(scorecard).error(), person);
  sheet.scorecard = *std::move(scorecard);
  sheet.scorecard_derivation = policy::encode(total);
  if (rules.rating == nullptr) return sheet;

  Derivation standing(standing_caption());
  Derivation& star = standing.add(Derivation(rules.star, Decimal(0)));
  auto rated = is_rated(*rules.rating, period, person, *sheet.scorecard, star);
  if (!rated) return in_person(std::move(rated).error(), person);
  sheet.rated = *rated;
  if (sheet.rated) {
    const RankKey key = key_of(*rules.rating, person, *sheet.scorecard);
    sheet.star = star_against(*rules.rating, key, cut_offs);
    explain_star(*rules.rating, {.star = sheet.star, .rank = {}}, key, cut_offs, star);
  }
  sheet.standing_derivation = policy::encode(standing);
  return sheet;
}

}  // namespace zh::appraisal
