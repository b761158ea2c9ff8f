// The routes of months and exports: trend and problems within the reach, the report's way to the manager, workbooks.
#include <array>
#include <cstdio>
#include <fstream>

#include "tests/support/quality_site.h"

namespace zh::quality {
namespace {

using testing::HasSubstr;
using testing_support::Answer;
using testing_support::kQuality;
using testing_support::one_finding;

class MonthApiTest : public testing_support::QualitySiteTest {
 protected:
  static std::string at_month(std::string_view more) {
    return std::string(kQuality) + "/months/2026-10" + std::string(more);
  }
  Answer act(const std::string& who, http::Method method, const std::string& more, const std::string& body = {}) {
    return step_at(who, method, at_month("/report"), more, body);
  }
  // A part of the workbook, as a spreadsheet reads it.
  std::string part(const Answer& answer, const std::string& name) {
    const std::string path = (folder() / "workbook.xlsx").string();
    std::ofstream(path, std::ios::binary) << answer.body;
    const std::string command =
        "python3 -c 'import sys, zipfile; sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]))' " +
        path + " " + name;
    std::string text;
    FILE* const pipe = popen(command.c_str(), "r");
    std::array<char, 4096> buffer{};
    for (std::size_t n = 0; (n = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) text.append(buffer.data(), n);
    pclose(pipe);
    return text;
  }

  static constexpr std::string_view kText =
      R"({"summary":"Calm month","causes":[{"item":"listening","problem":"interrupts","cause":"short of time",
          "measure":"drill","owner":"4001"}]})";
};
ZH_ON_BOTH_DATABASES(MonthApiTest);

TEST_P(MonthApiTest, the_trend_is_of_what_the_caller_reaches) {
  publish_one();
  const std::string trend = std::string(kQuality) + "/trend?from=2026-09&to=2026-10";
  EXPECT_EQ(site.get("supervisor", trend).at("1/mean"), "92.00");
  EXPECT_EQ(site.get("supervisor", trend).at("0/mean"), "null");
  EXPECT_EQ(site.get("supervisor", trend + "&about=group&value=B").at("1/inspections"), "0");
  EXPECT_EQ(site.get("1001", trend).at("1/findings"), "1");
  EXPECT_EQ(site.get("1002", trend).at("1/findings"), "0");
  EXPECT_EQ(site.get("1002", trend + "&about=agent&value=1001").status, 403);
  EXPECT_EQ(site.get("1002", trend + "&about=centre").status, 403);
  EXPECT_EQ(site.get("leader-a", trend).at("1/points"), "8");
  EXPECT_EQ(site.get("leader-a", trend + "&about=agent&value=1001").at("1/points"), "8");
  EXPECT_EQ(site.get("leader-b", trend + "&about=agent&value=1001").status, 403);
  EXPECT_EQ(site.get("leader-b", trend + "&about=group&value=A").status, 403);
  EXPECT_EQ(site.get("supervisor", std::string(kQuality) + "/trend?from=2026-10&to=2026-09").status, 400);
  EXPECT_EQ(site.get("supervisor", std::string(kQuality) + "/trend?from=2020-01&to=2026-09").status, 400);
}

TEST_P(MonthApiTest, problems_are_named_as_people_call_them) {
  publish_one();
  const Answer items = site.get("supervisor", at_month("/problems"));
  EXPECT_EQ(items.at("0/name"), "listening");
  EXPECT_THAT(items.at("0/label/en"), HasSubstr("listens"));
  EXPECT_EQ(items.at("0/cumulative"), "100.00");
  EXPECT_EQ(site.get("supervisor", at_month("/problems?by=agent")).at("0/person"), "name of 1001");
  EXPECT_EQ(site.get("leader-a", at_month("/problems")).size(""), 1);
  EXPECT_EQ(site.get("leader-b", at_month("/problems")).size(""), 0);
  EXPECT_EQ(site.get("leader-a", at_month("/problems?by=agent")).status, 400);
  const Answer severities = site.get("leader-a", at_month("/problems?by=severity"));
  EXPECT_EQ(severities.at("0/name"), "severe");
  EXPECT_EQ(severities.at("0/label/zh"), "严重");
}

TEST_P(MonthApiTest, the_report_goes_to_the_manager_and_back) {
  publish_one();
  EXPECT_EQ(site.get("3001", at_month("/report")).status, 403);
  const Answer draft = site.get("supervisor", at_month("/report"));
  EXPECT_EQ(draft.size("trend"), 24);
  EXPECT_EQ(draft.at("by_item/0/findings"), "1");
  EXPECT_EQ(draft.at("by_severity/0/points"), "8");
  EXPECT_EQ(draft.at("plans/0/title"), "October");
  EXPECT_EQ(draft.at("plans/0/methods/0"), "recording");
  EXPECT_EQ(draft.at("plans/0/intended"), "12");  // three agents, two rounds of two
  const Answer refused = act("supervisor", http::Method::post, "/submit");
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("/causes"));
  EXPECT_EQ(refused.at("clause"), "Q4.6");
  EXPECT_EQ(act("manager", http::Method::put, "", std::string(kText)).status, 403);
  EXPECT_EQ(act("supervisor", http::Method::put, "", std::string(kText)).at("causes/0/measure"), "drill");
  EXPECT_EQ(site.ask("supervisor", http::Method::put, at_month("/report"), std::string(kText), "\"0\"").status, 412);
  EXPECT_EQ(act("supervisor", http::Method::post, "/submit").at("state"), "submitted");
  EXPECT_EQ(act("supervisor", http::Method::put, "", std::string(kText)).at("code"), "conflict");
  EXPECT_EQ(act("manager", http::Method::post, "/send-back", R"({"comment":"which group?"})").at("state"), "draft");
  EXPECT_EQ(act("supervisor", http::Method::post, "/submit").at("state"), "submitted");
  const Answer approved = act("manager", http::Method::post, "/approve", R"({"comment":"well done"})");
  EXPECT_EQ(approved.at("state"), "approved") << approved.body;
  EXPECT_EQ(approved.at("comment"), "well done");
  EXPECT_EQ(approved.at("decided_by"), "manager");
  EXPECT_EQ(approved.at("decided_by_name"), "name of 5001");
  EXPECT_EQ(approved.at("causes/0/owner_name"), "name of 4001");
  EXPECT_EQ(site.get("manager", std::string(kQuality) + "/months").at("0/state"), "approved");
}

TEST_P(MonthApiTest, the_reports_workbook_has_its_charts) {
  publish_one();
  ASSERT_EQ(act("supervisor", http::Method::put, "", std::string(kText)).status, 200);
  const Answer file = site.get("manager", at_month("/report.xlsx"));
  ASSERT_EQ(file.status, 200);
  EXPECT_THAT(*file.headers.find("Content-Disposition"), HasSubstr("2026-10.xlsx"));
  EXPECT_THAT(part(file, "xl/charts/chart1.xml"), HasSubstr("<c:lineChart>"));  // the trend
  EXPECT_THAT(part(file, "xl/charts/chart3.xml"), HasSubstr("<c:barChart>"));   // problems by item
  EXPECT_THAT(part(file, "xl/charts/chart11.xml"), HasSubstr("<c:barChart>"));  // by severity
  const std::string words = part(file, "xl/sharedStrings.xml");
  for (const char* const word :
       {"drill", "name of 4001", "By severity", "listening to recordings", "12 records intended"}) {
    EXPECT_THAT(words, HasSubstr(word));
  }
  EXPECT_EQ(site.get("3001", at_month("/report.xlsx")).status, 403);
}

TEST_P(MonthApiTest, a_batch_and_the_results_are_workbooks_with_the_five_fields) {
  const std::string me = publish_one();
  const std::string batch = std::string(kQuality) + "/batches/" + me + "/1/export.xlsx";
  const std::string results = std::string(kQuality) + "/results.xlsx?from=2026-10-01&to=2026-10-31";
  for (const auto& [who, address] :
       {std::pair{me, batch}, std::pair{std::string("supervisor"), batch}, std::pair{std::string("1001"), results},
        std::pair{std::string("leader-a"), results}}) {
    const Answer file = site.get(who, address);
    ASSERT_EQ(file.status, 200) << who;
    const std::string words = part(file, "xl/sharedStrings.xml");
    for (const char* const field : {"2026-11-03", "name of 1001", "call-1", "interrupts the customer"}) {
      EXPECT_THAT(words, HasSubstr(field)) << who;
    }
    EXPECT_THAT(part(file, "xl/worksheets/sheet1.xml"), HasSubstr("<v>8</v>")) << who;  // the deduction
  }
  EXPECT_THAT(part(site.get("1002", results), "xl/sharedStrings.xml"), testing::Not(HasSubstr("call-1")));
  EXPECT_EQ(site.get(me == "3001" ? "3002" : "3001", batch).status, 404);
  EXPECT_EQ(site.get("1001", batch).status, 403);
}

}  // namespace
}  // namespace zh::quality
