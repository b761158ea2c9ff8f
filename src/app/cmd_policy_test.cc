// zhiheng policy … as scripts call it: exit codes, JSON, and the shipped packs' own cases.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "base/json.h"
#include "tests/support/command.h"
#include "tests/support/folder.h"

namespace zh::app {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using testing_support::Ended;
using testing_support::zhiheng;

const json::Value& first_pack(const json::Value& document) { return document.find("packs")->array()->front(); }

const std::string kPacks = std::string(ZH_SOURCE_DIR) + "/policies/";

class PolicyCommand : public ::testing::Test {
 protected:
  // A copy of the shipped pack with one text replaced in one file.
  std::string changed_pack(const std::string& file, const std::string& from, const std::string& to) {
    const fs::path copy = folder_ / "chengdu-2014";
    fs::remove_all(copy);
    fs::copy(kPacks + "chengdu-2014", copy, fs::copy_options::recursive);
    std::ostringstream text;
    text << std::ifstream(copy / file).rdbuf();
    std::string content = text.str();
    const auto at = content.find(from);
    EXPECT_NE(at, std::string::npos) << file << " has no " << from;
    content.replace(at, from.size(), to);
    std::ofstream(copy / file) << content;
    return copy.string();
  }

  testing_support::Folder folder_;
};

TEST_F(PolicyCommand, the_shipped_packs_have_no_faults) {
  const Ended ended = zhiheng({"policy", "check", "--json", kPacks + "chengdu-2014", kPacks + "standard"});
  EXPECT_EQ(ended.code, 0) << ended.out;
  const json::Value document = ended.document();
  for (const json::Value& pack : *document.find("packs")->array()) {
    EXPECT_EQ(pack.find("errors")->integer(), 0);
    EXPECT_EQ(pack.find("warnings")->integer(), 0);
    EXPECT_EQ(pack.find("version")->text()->size(), 64U);
  }
}

TEST_F(PolicyCommand, the_shipped_packs_pass_their_cases_and_have_one_for_every_computed_clause) {
  const Ended ended = zhiheng({"policy", "test", "--json", kPacks + "chengdu-2014"});
  EXPECT_EQ(ended.code, 0) << ended.out;
  const json::Value document = ended.document();
  const json::Value& pack = first_pack(document);
  EXPECT_GE(pack.find("total")->integer().value_or(0), 100);
  EXPECT_EQ(pack.find("passed")->integer(), pack.find("total")->integer()) << ended.out;
  EXPECT_TRUE(pack.find("clauses_without_case")->array()->empty()) << ended.out;
  EXPECT_EQ(zhiheng({"policy", "test", kPacks + "standard"}).code, 0);
}

TEST_F(PolicyCommand, a_fault_is_reported_with_its_place_and_exit_code_1) {
  const std::string pack = changed_pack("appraisal.yaml", "weight: 25", "weight: 20");
  const Ended ended = zhiheng({"policy", "check", "--lang", "en", pack});
  EXPECT_EQ(ended.code, 1);
  EXPECT_THAT(ended.out, HasSubstr("appraisal.yaml:"));
  EXPECT_THAT(ended.out, HasSubstr("the weights add up to 95 %, 5 % are missing"));
  EXPECT_THAT(zhiheng({"policy", "check", "--lang", "zh", pack}).out, HasSubstr("权重合计 95 %，还差 5 %"));
  const json::Value document = zhiheng({"policy", "check", "--json", pack}).document();
  const json::Value& problem = first_pack(document).find("problems")->array()->front();
  EXPECT_EQ(*problem.find("code")->text(), "weights_not_100");
  EXPECT_EQ(*problem.find("place")->find("file")->text(), "appraisal.yaml");
}

TEST_F(PolicyCommand, a_changed_figure_fails_the_cases_that_rest_on_it) {
  const Ended ended = zhiheng({"policy", "test", "--lang", "en", changed_pack("pay.yaml", "each: 20", "each: 25")});
  EXPECT_EQ(ended.code, 1);
  EXPECT_THAT(ended.out, HasSubstr("case `night_shifts`, staff 1001: `pay.night_shift` should be 60, but is 75.00"));
}

TEST_F(PolicyCommand, coverage_says_how_each_clause_is_carried_out) {
  const Ended ended = zhiheng({"policy", "coverage", "--json", kPacks + "chengdu-2014"});
  EXPECT_EQ(ended.code, 0);
  const json::Value document = ended.document();
  for (const json::Value& clause : *first_pack(document).find("clauses")->array()) {
    const std::string& coverage = *clause.find("coverage")->text();
    const bool has_rules = !clause.find("rules")->array()->empty();
    EXPECT_TRUE(coverage != "computed" || has_rules) << *clause.find("id")->text();
    EXPECT_TRUE(coverage != "informative" || !clause.find("reason")->find("zh")->text()->empty());
  }
}

TEST_F(PolicyCommand, a_difference_is_said_in_words) {
  const std::string after = changed_pack("pay.yaml", "each: 20", "each: 25");
  const Ended ended = zhiheng({"policy", "diff", "--lang", "en", kPacks + "chengdu-2014", after});
  EXPECT_EQ(ended.code, 0);
  EXPECT_THAT(ended.out, HasSubstr("\"night-shift allowance\""));
  EXPECT_THAT(ended.out, HasSubstr("from 20 to 25 (C2.8)"));
  EXPECT_THAT(zhiheng({"policy", "diff", "--lang", "zh", after, after}).out, HasSubstr("内容相同"));
}

TEST_F(PolicyCommand, what_is_no_pack_fails_and_wrong_usage_is_2) {
  EXPECT_EQ(zhiheng({"policy", "check", folder_.path()}).code, 1);
  EXPECT_EQ(zhiheng({"policy", "check"}).code, 2);
  EXPECT_EQ(zhiheng({"policy", "diff", kPacks + "standard"}).code, 2);
}

TEST_F(PolicyCommand, a_pack_is_published_once_from_a_day_and_not_changed) {
  const std::string data = folder_ / "data";
  ASSERT_EQ(zhiheng({"init", "--data", data, "--pack", kPacks + "chengdu-2014"}).code, 0);
  const auto publish = [&](const std::string& pack, const std::string& from) {
    return zhiheng({"policy", "publish", pack, "--data", data, "--effective-from", from, "--lang", "en"});
  };
  const std::string changed = changed_pack("pay.yaml", "each: 20", "each: 25");
  EXPECT_EQ(publish(changed, "2026-10-15").code, 1);
  EXPECT_EQ(publish(changed, "2026-10-01").code, 0);
  EXPECT_EQ(publish(changed, "2026-10-01").code, 0);  // done already
  const Ended refused = publish(kPacks + "chengdu-2014", "2026-10-01");
  EXPECT_EQ(refused.code, 1);
  EXPECT_THAT(refused.err, HasSubstr("what is published is not changed"));
  EXPECT_EQ(publish(changed_pack("appraisal.yaml", "weight: 25", "weight: 20"), "2026-11-01").code, 1);
}

}  // namespace
}  // namespace zh::app
