// The monthly report: written by the supervisor, submitted with its figures, approved by somebody else or sent back.
#include "rooms/quality/month/report.h"

#include "rooms/quality/appeal/appeal.h"
#include "rooms/quality/month/figures_codec.h"
#include "tests/support/quality_centre.h"

namespace zh::quality {
namespace {

using testing::SizeIs;
using testing_support::must;
using testing_support::one_finding;

const Month kOctober{2026, 10};

ReportText analysed() {
  return {.summary = "Calm month",
          .causes = {{.item = "listening",
                      .problem = "interrupts",
                      .cause = "short of time",
                      .measure = "drill",
                      .owner = "4001",
                      .due = Date::parse("2026-12-01").value()}}};
}

class ReportTest : public testing_support::QualityTest {
 protected:
  void publish_one() {
    running({call("1001", 1)});
    submitted(1, one_finding("severe", 8));
    published(found(1).inspector);
  }
  MonthReport current() {
    return in_read([](auto& tx) { return report_of(tx, kOctober); });
  }
  Result<MonthReport> write(const ReportText& text) {
    return in_write([&](auto& tx) { return write_report(tx, current(), text, supervisor()); });
  }
  Result<MonthReport> submit() {
    return in_write([&](auto& tx) { return submit_report(tx, regulation(), current(), supervisor()); });
  }
  Result<MonthReport> approve(const By& by) {
    return in_write([&](auto& tx) { return approve_report(tx, current(), "well done", by); });
  }
};
ZH_ON_BOTH_DATABASES(ReportTest);

TEST(Report, names_what_is_missing) {
  MonthFigures figures;
  figures.trend = {{.month = kOctober, .inspections = 1, .score_sum = Decimal(98), .findings = 1, .points = 2}};
  EXPECT_EQ(missing_in({}, figures).front().pointer, "/causes");
  EXPECT_THAT(missing_in(analysed(), figures), SizeIs(0));
  ReportText half = analysed();
  half.causes[0].measure = " ";
  EXPECT_EQ(missing_in(half, figures).front().pointer, "/causes/0");
  EXPECT_EQ(missing_in(half, figures).front().clause, "Q4.6");
  figures.trend[0].findings = 0;
  EXPECT_THAT(missing_in({}, figures), SizeIs(0));  // a month without a finding has nothing to analyse
}

TEST(Report, figures_are_read_back_as_they_were) {
  const MonthFigures figures{
      .trend = {{.month = kOctober, .inspections = 3, .score_sum = Decimal(290), .findings = 2, .points = 10}},
      .by_item = {{"listening", 2, 10, Decimal(100)}},
      .by_agent = {},
      .by_group = {{"A", 2, 10, Decimal(100)}},
      .by_product = {},
      .by_severity = {{"severe", 1, 8, Decimal(50)}, {"minor", 1, 2, Decimal(100)}}};
  EXPECT_EQ(decode_figures(encode(figures)).value(), figures);
  MonthFigures older = figures;  // kept before severities were counted
  older.by_severity.clear();
  std::string bytes = encode(older);
  const std::string none = R"(,"by_severity":[])";
  bytes.erase(bytes.find(none), none.size());
  EXPECT_EQ(decode_figures(bytes).value(), older);
  for (const char* const damaged : {"", "[]", "{}", R"({"trend":[["2026-10"]]})"}) {
    EXPECT_EQ(decode_figures(damaged).error().code, ErrorCode::corrupt) << damaged;
  }
}

TEST_P(ReportTest, a_draft_shows_the_month_as_it_is) {
  EXPECT_EQ(current().change, 0);
  EXPECT_THAT(current().figures.trend, SizeIs(24));
  EXPECT_EQ(current().figures.month().inspections, 0);
  publish_one();
  EXPECT_EQ(current().figures.month().inspections, 1);
  EXPECT_EQ(current().figures.by_agent.front().name, "1001");
  EXPECT_THAT(in_read([](auto& tx) { return list_reports(tx); }), SizeIs(1));
}

TEST_P(ReportTest, is_submitted_once_the_month_is_over_and_analysed) {
  EXPECT_EQ(submit().error().clause, "Q4.6");  // nothing is published
  publish_one();
  EXPECT_EQ(submit().error().code, ErrorCode::invalid);  // no cause, no measure
  must(write(analysed()));
  now = at("2026-10-31T23:59:59");
  EXPECT_EQ(submit().error().code, ErrorCode::conflict);
  now = at("2026-11-01T00:00:00");
  EXPECT_EQ(in_write([&](auto& tx) { return submit_report(tx, regulation(), current(), manager()); }).error().code,
            ErrorCode::forbidden);
  EXPECT_EQ(must(submit()).state, ReportState::submitted);
  EXPECT_EQ(write(analysed()).error().code, ErrorCode::conflict);
}

TEST_P(ReportTest, is_approved_by_the_manager_with_a_comment) {
  publish_one();
  must(write(analysed()));
  must(submit());
  EXPECT_EQ(approve(supervisor()).error().code, ErrorCode::forbidden);
  EXPECT_EQ(approve(by("supervisor", "4001", "manager")).error().clause, "Q4.6");  // the one who submitted it
  EXPECT_EQ(must(approve(manager())).comment, "well done");
  EXPECT_EQ(current().state, ReportState::approved);
  EXPECT_EQ(current().decided_by, "manager");
  EXPECT_EQ(current().text.causes, analysed().causes);
}

TEST_P(ReportTest, is_sent_back_with_a_reason_and_submitted_again) {
  publish_one();
  must(write(analysed()));
  must(submit());
  const auto back = [&](const std::string& comment) {
    return in_write([&](auto& tx) { return send_report_back(tx, current(), comment, manager()); });
  };
  EXPECT_EQ(back(" ").error().code, ErrorCode::invalid);
  EXPECT_EQ(must(back("which group?")).state, ReportState::draft);
  must(write(analysed()));
  EXPECT_EQ(must(submit()).state, ReportState::submitted);
}

TEST_P(ReportTest, keeps_its_figures_from_the_submission_on) {
  publish_one();
  must(write(analysed()));
  must(submit());
  must(in_write([&](auto& tx) { return annul(tx, regulation(), found(1), "wrong record", "3002", supervisor()); }));
  EXPECT_EQ(current().figures.month().inspections, 1);
  must(in_write([&](auto& tx) { return send_report_back(tx, current(), "it was annulled", manager()); }));
  EXPECT_EQ(current().figures.month().inspections, 0);  // a draft again
}

TEST_P(ReportTest, of_two_who_write_at_once_one_is_told) {
  const MonthReport read = current();
  const auto twice = [&] {
    return in_write([&](auto& tx) { return write_report(tx, read, analysed(), supervisor()); });
  };
  EXPECT_TRUE(twice().ok());
  EXPECT_EQ(twice().error().code, ErrorCode::stale);
}

}  // namespace
}  // namespace zh::quality
