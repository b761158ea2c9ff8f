#include <algorithm>
#include <map>
#include <set>

#include "rooms/quality/calibration/inspectors.h"
#include "rooms/quality/calibration/session.h"

namespace zh::quality::calibration {

namespace {

using policy::Rubric;
using policy::RubricForm;
using policy::RubricItem;

// Measures of grades, which are steps; those of two inspectors only where there are two.
constexpr std::array kOfGrades{Measure::percent,         Measure::cohen,  Measure::cohen_linear,
                               Measure::cohen_quadratic, Measure::fleiss, Measure::alpha_nominal,
                               Measure::alpha_ordinal,   Measure::ac1,    Measure::ac2_quadratic};
constexpr std::array kOfItems{Measure::percent, Measure::cohen, Measure::alpha_ordinal, Measure::ac1};
constexpr std::array kOfScores{Measure::alpha_interval, Measure::icc};
constexpr Confidence kLevel = Confidence::p95;

bool compares_two(Measure measure) { return name_of(measure).starts_with("cohen"); }

Resampling resampling_of(const Session& session) {
  return {.key = Hasher().field("zhiheng calibration 1").field(std::int64_t{session.number}).finish(),
          .confidence = kLevel};
}

std::vector<Measured> measured(const Ratings& ratings, std::span<const Measure> measures, const Session& session) {
  std::vector<Measured> all;
  for (const Measure measure : measures) {
    if (compares_two(measure) && ratings.raters() != 2) continue;
    all.push_back({.measure = measure, .estimate = agreement(ratings, measure, resampling_of(session))});
  }
  return all;
}

// The readings of a session by place and inspector.
class Board {
 public:
  Board(const Session& session, const std::vector<Reading>& readings) : session_(session) {
    for (const Reading& reading : readings) readings_[{reading.place, reading.inspector}] = &reading;
  }

  int places() const { return static_cast<int>(session_.what.records.size()); }
  const std::string& channel(int place) const {
    return session_.what.records[static_cast<std::size_t>(place) - 1].channel;
  }
  const Reading* agreed(int place) const { return find(place, ""); }

  // One cell for each inspector, what `value` makes of the reading; empty where there is none.
  template <class Value>
  Ratings::Row row(int place, Value value) const {
    Ratings::Row row;
    for (const std::string& inspector : session_.what.inspectors) {
      const Reading* const reading = find(place, inspector);
      row.push_back(reading == nullptr ? std::nullopt : value(*reading));
    }
    return row;
  }

 private:
  const Reading* find(int place, const std::string& inspector) const {
    const auto found = readings_.find({place, inspector});
    return found == readings_.end() ? nullptr : found->second;
  }

  const Session& session_;
  std::map<std::pair<int, std::string>, const Reading*> readings_;
};

// Every grade an item can have.
std::vector<Decimal> grades(const Rubric& rubric, const RubricItem& item) {
  std::vector<Decimal> scale;
  if (rubric.form == RubricForm::weighted) {
    for (const policy::RubricAnswer& answer : item.answers) scale.push_back(answer.share);
    return scale;
  }
  for (std::size_t grade = 0; grade <= rubric.severities.size(); ++grade) {
    scale.emplace_back(static_cast<std::int64_t>(grade));
  }
  return scale;
}

// Adds the item's row of each record whose channel it belongs to.
void add_rows(Ratings& ratings, const Rubric& rubric, const RubricItem& item, const Board& board) {
  for (int place = 1; place <= board.places(); ++place) {
    if (!item.applies_to(board.channel(place))) continue;
    ratings.add(board.row(place, [&](const Reading& reading) { return grade_of(rubric, item, reading.marks); }),
                static_cast<std::size_t>(place));
  }
}

std::vector<InspectorFigures> figures_of(const Session& session, const Ratings& scores, const Board& board) {
  std::vector<std::optional<Decimal>> agreed;
  for (int place = 1; place <= board.places(); ++place) {
    const Reading* const reading = board.agreed(place);
    agreed.push_back(reading == nullptr ? std::nullopt : reading->score);
  }
  std::vector<InspectorFigures> all;
  for (std::size_t rater = 0; rater < session.what.inspectors.size(); ++rater) {
    all.push_back({.staff_no = session.what.inspectors[rater],
                   .severity = severity(scores, rater, kLevel),
                   .against_agreed = severity_against(scores, rater, agreed, kLevel)});
  }
  return all;
}

}  // namespace

bool takes_part(const Session& session, const Actor& actor) {
  return std::ranges::any_of(session.what.inspectors, [&](const auto& one) { return actor.is(one); });
}

bool sees_all_readings(const Session& session, const Actor& actor) {
  return session.state != SessionState::scoring && (takes_part(session, actor) || actor.has_role("qa_supervisor"));
}

std::vector<std::string> actions_of(const Session& session, const std::vector<HandedIn>& handed_in,
                                    const std::vector<int>& agreed, const Actor& actor) {
  std::set<int> once;
  bool has_pair = false;
  for (const HandedIn& it : handed_in) has_pair = !once.insert(it.place).second || has_pair;
  return actions_for(kSessionProcess, session.state, actor, [&](const SessionStep& step) {
    switch (step.action) {
      case SessionAction::save:
      case SessionAction::hand_in:
        return takes_part(session, actor);
      case SessionAction::compare:
        return has_pair;
      case SessionAction::agree:
        return true;
      case SessionAction::close:
        return agreed.size() == session.what.records.size();
    }
    return false;
  });
}

std::optional<Decimal> grade_of(const Rubric& rubric, const RubricItem& item, const Marks& marks) {
  if (std::ranges::find(marks.not_applicable, item.id) != marks.not_applicable.end()) return std::nullopt;
  std::optional<Decimal> grade;
  if (rubric.form == RubricForm::deduct) grade = Decimal(0);
  for (const Finding& finding : marks.findings) {
    if (finding.item != item.id) continue;
    if (rubric.form == RubricForm::weighted) {
      const policy::RubricAnswer* const answer = item.answer(finding.choice);
      if (answer != nullptr) grade = answer->share;
      continue;
    }
    const auto severity = std::ranges::find(rubric.severities, finding.choice, &policy::FindingSeverity::id);
    const Decimal found(static_cast<std::int64_t>(severity - rubric.severities.begin()) + 1);
    if (severity != rubric.severities.end() && *grade < found) grade = found;
  }
  return grade;
}

Ratings scores_of(const Session& session, const std::vector<Reading>& readings) {
  const Board board(session, readings);
  Ratings scores(session.what.inspectors.size());
  for (int place = 1; place <= board.places(); ++place) {
    scores.add(board.row(place, [](const Reading& reading) { return reading.score; }));
  }
  return scores;
}

Report report_of(const Rubric& rubric, const Session& session, const std::vector<Reading>& readings) {
  const Board board(session, readings);
  const std::size_t raters = session.what.inspectors.size();
  Report report;
  Ratings overall(raters);
  for (const policy::RubricDimension& dimension : rubric.dimensions) {
    for (const RubricItem& item : dimension.items) {
      Ratings ratings(raters, grades(rubric, item));
      add_rows(ratings, rubric, item, board);
      add_rows(overall, rubric, item, board);
      report.items.push_back({.item = item.id, .measures = measured(ratings, kOfItems, session)});
    }
  }
  report.overall = measured(overall, kOfGrades, session);

  const Ratings scores = scores_of(session, readings);
  report.scores = measured(scores, kOfScores, session);
  report.inspectors = figures_of(session, scores, board);
  return report;
}

}  // namespace zh::quality::calibration
