// A pack for tests: two items, two stars, two pay components.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "policy/sources.h"

namespace zh::testing_support {

// A small pack without a fault, for tests that break or change it in one place.
inline policy::Sources sound_pack() {
  policy::Sources sources;
  sources.name = "sound";
  sources.files["pack.yaml"] =
      "id: sound\n"
      "title: {zh: 好包, en: sound}\n";
  sources.files["clauses.yaml"] =
      "clauses:\n"
      "  A1:\n"
      "    title: {zh: 考核, en: appraisal}\n"
      "    text: {zh: 考试与时长各半。, en: Exam and handling time count half each.}\n"
      "    source: ours\n"
      "  A2:\n"
      "    title: {zh: 星级, en: stars}\n"
      "    text: {zh: 两级。, en: Two stars.}\n"
      "    source: ours\n"
      "  A3:\n"
      "    title: {zh: 工资, en: pay}\n"
      "    text: {zh: 按星级。, en: By star.}\n"
      "    source: ours\n";
  sources.files["facts.yaml"] =
      "facts:\n"
      "  exam:\n"
      "    label: {zh: 考试, en: exam}\n"
      "    clause: A1\n"
      "    unit: points\n"
      "    positions: {agent: \"[0..100]\"}\n"
      "  late:\n"
      "    label: {zh: 迟到, en: late}\n"
      "    clause: A3\n"
      "    positions: {agent: any}\n"
      "  praise:\n"
      "    label: {zh: 表扬, en: praise}\n"
      "    clause: A1\n"
      "    unit: points\n"
      "    positions: {agent: \"[2..5]\"}\n";
  sources.files["appraisal.yaml"] =
      "scorecards:\n"
      "  agent:\n"
      "    label: {zh: 考核表, en: scorecard}\n"
      "    clause: A1\n"
      "    position: agent\n"
      "    total: {unit: points, round: \"round half up(value, 2)\", floor: 0}\n"
      "    items:\n"
      "      - id: exam\n"
      "        label: {zh: 考试, en: exam}\n"
      "        clause: A1\n"
      "        weight: 50\n"
      "        metric: fact_mean\n"
      "        with: {kind: exam}\n"
      "        unit: points\n"
      "        no_data: not_applicable\n"
      "      - id: average_handling_time\n"
      "        label: {zh: 时长, en: handling time}\n"
      "        clause: A1\n"
      "        weight: 50\n"
      "        metric: average_handling_time\n"
      "        unit: seconds\n"
      "        step: 1\n"
      "        round: round half up(value, 0)\n"
      "        bands:\n"
      "          - {when: \"<= 140\", score: 100}\n"
      "          - {when: \"[141..145]\", score: 95}\n"
      "          - {when: \">= 146\", score: 60}\n"
      "        no_data: not_applicable\n"
      "    bonuses:\n"
      "      - {id: praise, label: {zh: 表扬, en: praise}, clause: A1, kind: praise, unit: points}\n";
  sources.files["stars.yaml"] =
      "ratings:\n"
      "  stars:\n"
      "    label: {zh: 星级, en: stars}\n"
      "    clause: A2\n"
      "    position: agent\n"
      "    eligible:\n"
      "      - {id: regular, label: {zh: 转正, en: regular}, clause: A2, when: not(on probation)}\n"
      "    quotas:\n"
      "      - {star: 2, share: 40, label: {zh: 二星, en: two stars}}\n"
      "      - {star: 1, share: 60, label: {zh: 一星, en: one star}}\n"
      "    heads: largest_remainder\n"
      "    order:\n"
      "      - {by: total, descending: true, label: {zh: 总分, en: total}}\n"
      "      - {by: items_mean, items: [exam], descending: true, label: {zh: 考试, en: exam}}\n"
      "      - {by: staff_no, label: {zh: 工号, en: staff number}}\n"
      "    ties: by_order\n";
  sources.files["pay.yaml"] =
      "pay:\n"
      "  agent:\n"
      "    label: {zh: 工资, en: wage}\n"
      "    clause: A3\n"
      "    position: agent\n"
      "    components:\n"
      "      - id: star\n"
      "        label: {zh: 星级工资, en: star pay}\n"
      "        clause: A3\n"
      "        unit: yuan\n"
      "        effect: pay_component\n"
      "        rates:\n"
      "          of: star\n"
      "          step: 1\n"
      "          times: 500\n"
      "          rows:\n"
      "            - {when: \"2\", coefficient: 1.4}\n"
      "            - {when: \"[0..1]\", coefficient: 1}\n"
      "      - id: full_attendance\n"
      "        label: {zh: 全勤奖, en: full attendance}\n"
      "        clause: A3\n"
      "        unit: yuan\n"
      "        effect: pay_component\n"
      "        flawless: {amount: 100, none_of: [late]}\n";
  return sources;
}

// Replaces the first `from` of the file; it must be there.
inline void edit(policy::Sources& sources, const std::string& file, const std::string& from, const std::string& to) {
  std::string& text = sources.files.at(file);
  const auto at = text.find(from);
  ASSERT_NE(at, std::string::npos) << file << " has no " << from;
  text.replace(at, from.size(), to);
}

}  // namespace zh::testing_support
