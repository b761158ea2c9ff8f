// Month report: the month's figures, what the supervisor finds behind them and proposes, and the manager's word (Q4.6).
// Known by its month.
//
//   draft ──submit──▶ submitted ──approve──▶ approved        (process.h)
//     ▲                  │
//     └────send back─────┘ with a comment
//
// A draft shows the figures as they are; from the submission on they stand as they were submitted, whatever an appeal
// changes later.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rooms/quality/month/sums.h"
#include "rooms/quality/process.h"

namespace zh::quality {

// What a month comes to.
struct MonthFigures {
  std::vector<MonthSum> trend;  // of the centre, 24 months, the reported one last
  std::vector<Problem> by_item;
  std::vector<Problem> by_agent;
  std::vector<Problem> by_group;
  std::vector<Problem> by_product;
  std::vector<Problem> by_severity;

  const MonthSum& month() const { return trend.back(); }
  friend bool operator==(const MonthFigures&, const MonthFigures&) = default;
};

struct Cause {
  std::string item;  // of the rubric; empty: about the whole
  std::string problem;
  std::string cause;
  std::string measure;
  std::string owner;        // staff number of who carries it out; may be empty
  std::optional<Date> due;  // until when
  friend bool operator==(const Cause&, const Cause&) = default;
};

// What the supervisor writes.
struct ReportText {
  std::string summary;
  std::vector<Cause> causes;
};

struct MonthReport {
  Month month;
  ReportState state = ReportState::draft;
  int change = 0;  // counts changes; 0: nothing is written yet
  ReportText text;
  std::string written_by;  // account that wrote it last
  MonthFigures figures;
  std::string submitted_by;  // account
  std::optional<Instant> submitted_at;
  std::string decided_by;  // account
  std::optional<Instant> decided_at;
  std::string comment;  // of whoever decided last
};

inline constexpr int kTrendMonths = 24;
inline constexpr std::size_t kReportTextMax = 8000;  // code points of one text
inline constexpr std::size_t kCausesMax = 100;

// What does not fit, with a JSON pointer into the text.
struct ReportFault {
  std::string pointer;
  Text detail;
  std::string clause;
};
std::vector<ReportFault> faults_of(const ReportText& text);
// What is missing before it can be submitted: a month with findings needs at least one problem with cause and measure.
std::vector<ReportFault> missing_in(const ReportText& text, const MonthFigures& figures);

// What the actor may do with the report: the desk's buttons.
std::vector<std::string> actions_of(const MonthReport& report, const Actor& actor, Date today);

// ---- steps: each in the caller's write transaction, audited. `read` is what the caller saw: stale when it changed
// since.

Result<MonthReport> write_report(db::Transaction& tx, const MonthReport& read, const ReportText& text, const By& by);
// Once the month is over and something of it is published.
Result<MonthReport> submit_report(db::Transaction& tx, const Regulation& regulation, const MonthReport& read,
                                  const By& by);
// By somebody else than who submitted it; the comment may be empty.
Result<MonthReport> approve_report(db::Transaction& tx, const MonthReport& read, const std::string& comment,
                                   const By& by);
// With a comment that says why.
Result<MonthReport> send_report_back(db::Transaction& tx, const MonthReport& read, const std::string& comment,
                                     const By& by);

// An unwritten draft where there is none yet.
Result<MonthReport> report_of(db::Transaction& tx, Month month);
// The months there is anything of, latest first, without figures.
Result<std::vector<MonthReport>> list_reports(db::Transaction& tx);

}  // namespace zh::quality
