#include "rooms/quality/sampling/draw.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace zh::quality::sampling {
namespace {

// Seven morning and six afternoon calls, one of them of triple weight, and three chats, one of which weighs so much
// that it is certain to be drawn.
Stratum example() {
  Stratum stratum{
      .staff_no = "1001",
      .size = 5,
      .cells = {
          {{"call", "broadband", "08-12"}, {}}, {{"call", "broadband", "12-18"}, {}}, {{"chat", "tv", "08-12"}, {}}}};
  for (int i = 1; i <= 13; ++i) {
    stratum.cells[i <= 7 ? 0 : 1].units.push_back(
        {.contact = fmt::format("c{:02}", i), .weight = i == 9 ? 3 * kPlainWeight : kPlainWeight});
  }
  stratum.cells[2].units = {{"k1", kPlainWeight}, {"k2", 20 * kPlainWeight}, {"k3", kPlainWeight}};
  return stratum;
}

Hash seed_of(int number) { return sha256(fmt::format("seed {}", number)); }

std::vector<std::string> contacts_of(const std::vector<Pick>& picks) {
  std::vector<std::string> contacts;
  for (const Pick& pick : picks) contacts.push_back(pick.contact);
  return contacts;
}

Stratum some_stratum() {
  Stratum stratum{.staff_no = "1001", .size = 0, .cells = {}};
  int number = 0;
  for (const auto* const channel : {"call", "chat"}) {
    for (const auto* const product : {"broadband", "tv"}) {
      for (const auto* const time : {"08-12", "12-18", "18-24"}) {
        Cell cell{.name = {channel, product, time}, .units = {}};
        const auto count = *rc::gen::inRange(0, 8);
        for (int i = 0; i < count; ++i) {
          cell.units.push_back({.contact = fmt::format("{:03}", ++number),
                                .weight = *rc::gen::element<std::int64_t>(1, 1'000, 1'500, 4'000, 90'000)});
        }
        if (count > 0) stratum.cells.push_back(std::move(cell));
      }
    }
  }
  stratum.size = *rc::gen::inRange<std::int64_t>(0, stratum.population() + 1);
  return stratum;
}

// Written a second time in Python from the header's words.
TEST(Draw, GivesWhatAnIndependentRedrawGives) {
  const Stratum stratum = example();
  const Hash seed = sha256("seed");
  EXPECT_EQ(commitment_of(seed).hex(), "a7e130694166cdb95b1e1bbce3f21e4dbd63f46df42b48c5a1f8295033d57d04");
  const Hash frame = leaf_of(salt_of(sha256("blind"), "1001"), encode(stratum));
  EXPECT_EQ(frame.hex(), "ce9c12bed89ea3a08174e5127a292a0257f9c2567a02948c59265c37cec18643");
  EXPECT_EQ(contacts_of(draw(stratum, {.seed = seed, .frame = frame})),
            (std::vector<std::string>{"c09", "c01", "c06", "k2", "c13"}));
}

// 37,000 in all, five drawn: 5 × 20,000 ≥ 37,000 is certain; the others share 4 over 17,000.
TEST(Draw, StatesTheProbabilityOfEveryContact) {
  const auto all = probabilities(example());
  EXPECT_EQ(all[0][0], Fraction(4, 17));
  EXPECT_EQ(all[1][1], Fraction(12, 17));  // c09, triple weight
  EXPECT_EQ(all[2][0], Fraction(4, 17));
  EXPECT_EQ(all[2][1], Fraction(1));
}

TEST(Draw, EqualWeightsHaveEqualChances) {
  Stratum stratum = example();
  for (Cell& cell : stratum.cells) {
    for (Unit& unit : cell.units) unit.weight = 7;
  }
  for (const auto& cell : probabilities(stratum)) {
    for (const Fraction& probability : cell) EXPECT_EQ(probability, Fraction(5, 16));
  }
}

RC_GTEST_PROP(Draw, ProbabilitiesAddUpToTheSize, ()) {
  const Stratum stratum = some_stratum();
  Fraction sum;
  for (const auto& cell : probabilities(stratum)) {
    for (const Fraction& probability : cell) {
      RC_ASSERT(probability <= Fraction(1));
      RC_ASSERT((probability.sign() > 0) == (stratum.size > 0));
      sum += probability;
    }
  }
  RC_ASSERT(sum == Fraction(stratum.size));
}

// What the groups of one kind are due, and what each got: the due number, rounded up or down.
template <class GroupOf>
void expect_due_shares(const Stratum& stratum, const std::vector<Pick>& picks, GroupOf group_of) {
  const auto all = probabilities(stratum);
  std::map<std::string, Fraction> due;
  std::map<std::string, std::int64_t> got;
  for (std::size_t cell = 0; cell < stratum.cells.size(); ++cell) {
    for (const Fraction& probability : all[cell]) due[group_of(stratum.cells[cell].name)] += probability;
  }
  for (const Pick& pick : picks) ++got[group_of(stratum.cells[pick.cell].name)];
  for (const auto& [group, share] : due) {
    const Fraction difference = Fraction(got[group]) - share;
    RC_ASSERT(difference < Fraction(1));
    RC_ASSERT(difference > Fraction(-1));
  }
}

RC_GTEST_PROP(Draw, HasItsSizeAndGivesEveryGroupItsShare, ()) {
  const Stratum stratum = some_stratum();
  const auto picks = draw(stratum, {.seed = seed_of(*rc::gen::inRange(0, 1'000)), .frame = {}});
  RC_ASSERT(static_cast<std::int64_t>(picks.size()) == stratum.size);
  const auto all = probabilities(stratum);
  std::set<std::string> contacts;
  for (const Pick& pick : picks) {
    const auto& units = stratum.cells[pick.cell].units;
    const auto unit = std::ranges::find(units, pick.contact, &Unit::contact);
    RC_ASSERT(unit != units.end());
    RC_ASSERT(pick.probability == all[pick.cell][static_cast<std::size_t>(unit - units.begin())]);
    contacts.insert(pick.contact);
  }
  RC_ASSERT(contacts.size() == picks.size());
  expect_due_shares(stratum, picks, [](const CellName& name) {
    return fmt::format("{}/{}/{}", name.channel, name.product, name.time_of_day);
  });
  expect_due_shares(stratum, picks, [](const CellName& name) { return name.channel + "/" + name.product; });
  expect_due_shares(stratum, picks, [](const CellName& name) { return name.channel; });
}

// Over 4,000 seeds each contact is drawn as often as π says, within 4.5 standard deviations.
TEST(Draw, InclusionFrequenciesMatchTheProbabilities) {
  const Stratum stratum = example();
  constexpr int kDraws = 4'000;
  std::map<std::string, int> drawn;
  std::map<std::string, int> first;
  for (int i = 0; i < kDraws; ++i) {
    const auto picks = draw(stratum, {.seed = seed_of(i), .frame = {}});
    for (const Pick& pick : picks) ++drawn[pick.contact];
    ++first[picks.front().contact];
  }
  const auto all = probabilities(stratum);
  for (std::size_t cell = 0; cell < stratum.cells.size(); ++cell) {
    for (std::size_t unit = 0; unit < all[cell].size(); ++unit) {
      const std::string& contact = stratum.cells[cell].units[unit].contact;
      const double probability = std::stod(all[cell][unit].to_decimal().to_string());
      const auto within = [&](int count, double chance) {
        return std::abs(count - kDraws * chance) <= 4.5 * std::sqrt(kDraws * chance * (1 - chance));
      };
      EXPECT_TRUE(within(drawn[contact], probability)) << contact << ": " << drawn[contact];
      // The drawn order is random: each of the five comes first one time in five.
      EXPECT_TRUE(within(first[contact], probability / 5)) << contact << " first: " << first[contact];
    }
  }
}

TEST(Draw, AnotherSeedOrFrameOrAgentGivesAnotherSample) {
  Stratum stratum{.staff_no = "1001", .size = 10, .cells = {{{"call", "tv", "08-12"}, {}}}};
  for (int i = 0; i < 400; ++i) stratum.cells.front().units.push_back({.contact = fmt::format("{:03}", i)});
  const DrawKey key{.seed = seed_of(1), .frame = sha256("frame")};
  const auto picks = draw(stratum, key);
  EXPECT_EQ(draw(stratum, key), picks);
  EXPECT_NE(draw(stratum, {.seed = seed_of(2), .frame = key.frame}), picks);
  EXPECT_NE(draw(stratum, {.seed = key.seed, .frame = sha256("another")}), picks);
  stratum.staff_no = "1002";
  EXPECT_NE(draw(stratum, key), picks);
}

TEST(Draw, OfNothingIsNothing) {
  EXPECT_TRUE(draw({.staff_no = "1001", .size = 0, .cells = {}}, {}).empty());
  Stratum stratum = example();
  stratum.size = 0;
  EXPECT_TRUE(draw(stratum, {}).empty());
  stratum.size = stratum.population();
  EXPECT_EQ(draw(stratum, {}).size(), 16U);
}

// --- replacements ----------------------------------------------------------------------------------------------------

TEST(Replacement, ComesFromTheSameCellAsLongAsItHasOne) {
  const Stratum stratum = example();
  const DrawKey key{.seed = sha256("seed"), .frame = sha256("frame")};
  std::set<std::string, std::less<>> taken;
  for (const Pick& pick : draw(stratum, key)) taken.insert(pick.contact);
  std::vector<std::size_t> cells;
  while (const auto next = replacement(stratum, key, 0, taken)) {
    EXPECT_TRUE(taken.insert(next->contact).second) << next->contact << " was taken before";
    cells.push_back(next->cell);
  }
  EXPECT_EQ(taken.size(), 16U);                // everything is used in the end
  EXPECT_TRUE(std::ranges::is_sorted(cells));  // the own cell, the same product later in the day, the chats
}

TEST(Replacement, TakesTheNearestCellNext) {
  Stratum stratum = example();
  stratum.cells.insert(stratum.cells.begin(), Cell{.name = {"call", "alarm", "08-12"}, .units = {{"a1"}}});
  const DrawKey key{.seed = sha256("seed"), .frame = {}};
  const std::set<std::string, std::less<>> taken = {"c01", "c02", "c03", "c04", "c05", "c06", "c07"};
  EXPECT_EQ(replacement(stratum, key, 1, taken)->cell, 2U);  // broadband in the afternoon, not alarm in the morning
  EXPECT_EQ(replacement(stratum, key, 3, {"k1", "k2", "k3"})->cell, 0U);  // no chat left: anything
}

TEST(Replacement, FollowsTheWeights) {
  Stratum stratum{
      .staff_no = "1001", .size = 1, .cells = {{{"call", "tv", "08-12"}, {{"a", 3'000}, {"b", 1'000}, {"c"}}}}};
  int heavy = 0;
  for (int i = 0; i < 1'000; ++i) {
    if (replacement(stratum, {.seed = seed_of(i), .frame = {}}, 0, {"c"})->contact == "a") ++heavy;
  }
  EXPECT_NEAR(heavy, 750, 62);  // 3 of 4, within 4.5 standard deviations
}

// --- proof -----------------------------------------------------------------------------------------------------------

struct Proven {
  StratumProof proof;
  std::vector<std::string> drawn;
};

Proven proven() {
  const Hash seed = sha256("seed");
  const Hash blind = sha256("blind");
  std::vector<Stratum> strata(3, example());
  std::vector<Hash> leaves;
  for (std::size_t i = 0; i < strata.size(); ++i) {
    strata[i].staff_no = fmt::format("100{}", i);
    leaves.push_back(leaf_of(salt_of(blind, strata[i].staff_no), encode(strata[i])));
  }
  const Hash frame = merkle_root(leaves);
  return {.proof = {.commitment = commitment_of(seed),
                    .seed = seed,
                    .frame = frame,
                    .salt = salt_of(blind, "1001"),
                    .stratum = encode(strata[1]),
                    .place = {1, 3},
                    .path = merkle_path(leaves, 1)},
          .drawn = contacts_of(draw(strata[1], {.seed = seed, .frame = frame}))};
}

TEST(Proof, HoldsForWhatWasDrawn) {
  const Proven own = proven();
  EXPECT_EQ(check_proof(own.proof, own.drawn), Flaw::none);
}

TEST(Proof, NamesWhatWasTamperedWith) {
  Proven own = proven();
  own.proof.seed = sha256("a seed that draws nicer records");
  EXPECT_EQ(check_proof(own.proof, own.drawn), Flaw::seed);

  own = proven();
  own.proof.stratum.replace(own.proof.stratum.find("c03"), 3, "c93");
  EXPECT_EQ(check_proof(own.proof, own.drawn), Flaw::frame);

  own = proven();
  own.proof.frame = sha256("another frame");
  EXPECT_EQ(check_proof(own.proof, own.drawn), Flaw::frame);

  own = proven();
  std::swap(own.drawn[0], own.drawn[1]);
  EXPECT_EQ(check_proof(own.proof, own.drawn), Flaw::picks);

  own = proven();
  own.drawn.pop_back();
  EXPECT_EQ(check_proof(own.proof, own.drawn), Flaw::picks);

  // Bytes that were committed to but are no stratum.
  own = proven();
  own.proof.stratum = "nothing";
  own.proof.place = {0, 1};
  own.proof.path.clear();
  own.proof.frame = leaf_of(own.proof.salt, own.proof.stratum);
  EXPECT_EQ(check_proof(own.proof, own.drawn), Flaw::stratum);
}

}  // namespace
}  // namespace zh::quality::sampling
