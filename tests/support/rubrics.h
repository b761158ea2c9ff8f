// Rubrics for tests: the one that is shipped, a weighted one, and one with zero tolerance and a bonus.
#pragma once

#include <stdexcept>
#include <string>

#include "policy/load.h"

namespace zh::testing_support {

// The pack of the quality-inspection department, as it is shipped.
inline const policy::Pack& quality_pack() {
  static const policy::Pack pack = [] {
    auto sources = policy::read_sources(ZH_SOURCE_DIR "/policies/quality-inspection");
    if (!sources.ok()) throw std::runtime_error(sources.error().to_string(Language::en));
    auto loaded = policy::load_pack(*sources);
    if (!loaded.ok()) throw std::runtime_error(loaded.error().to_string(Language::en));
    return *std::move(loaded);
  }();
  return pack;
}
inline const policy::Rubric& shipped_rubric() { return *quality_pack().rubric("service"); }

// The rubric `tested` of a pack that holds nothing else.
inline policy::Rubric rubric_from(std::string rules) {
  policy::Sources sources;
  sources.name = "rubric";
  sources.files["pack.yaml"] = "id: rubric\ntitle: {zh: 检查表, en: rubric}\n";
  sources.files["clauses.yaml"] =
      "clauses:\n"
      "  A1:\n"
      "    title: {zh: 检查, en: inspection}\n"
      "    text: {zh: 检查。, en: Inspect.}\n"
      "    source: ours\n";
  sources.files["rubric.yaml"] = "rubrics:\n  tested:\n" + std::move(rules);
  auto loaded = policy::load_pack(sources);
  if (!loaded.ok()) throw std::runtime_error(loaded.error().to_string(Language::en));
  return *loaded->rubric("tested");
}

// answer 50 % (zero tolerance) and record 30 % everywhere; speed 20 % on chat, ending 20 % on mail.
inline const policy::Rubric& weighted_rubric() {
  static const policy::Rubric rubric = rubric_from(R"yaml(
    label: {zh: 书面, en: written}
    clause: A1
    channels: [chat, mail]
    form: weighted
    score: {unit: points, full_mark: 100, floor: 0, round: "round half up(value, 2)"}
    dimensions:
      - id: all
        label: {zh: 全部, en: all}
        clause: A1
        items:
          - {id: answer, label: {zh: 答复正确, en: answered correctly}, clause: A1, weight: 50, zero_tolerance: true, answers: [{id: full, label: {zh: 是, en: "yes"}, share: 100}, {id: none, label: {zh: 否, en: "no"}, share: 0}]}
          - {id: record, label: {zh: 记录完整, en: recorded}, clause: A1, weight: 30, answers: [{id: full, label: {zh: 是, en: "yes"}, share: 100}, {id: half, label: {zh: 部分, en: partly}, share: 50}]}
          - {id: speed, label: {zh: 答复及时, en: answered quickly}, clause: A1, channels: chat, weight: 20, may_not_apply: true, answers: [{id: full, label: {zh: 是, en: "yes"}, share: 100}, {id: none, label: {zh: 否, en: "no"}, share: 0}]}
          - {id: ending, label: {zh: 结束语, en: closed politely}, clause: A1, channels: mail, weight: 20, answers: [{id: full, label: {zh: 是, en: "yes"}, share: 100}]}
)yaml");
  return rubric;
}

// Deducts as the shipped one; `abuse` is not tolerated, `outstanding` adds 1–3 points.
inline const policy::Rubric& zero_tolerance_rubric() {
  static const policy::Rubric rubric = rubric_from(R"yaml(
    label: {zh: 通话, en: calls}
    clause: A1
    channels: [call]
    form: deduct
    score: {unit: points, full_mark: 100, floor: 0, round: "round half up(value, 2)"}
    severities:
      - {id: minor, label: {zh: 轻微, en: minor}, clause: A1, unit: points, points: "[1..3]"}
      - {id: severe, label: {zh: 严重, en: severe}, clause: A1, unit: points, points: "[7..10]", talk: true}
    dimensions:
      - id: attitude
        label: {zh: 态度, en: attitude}
        clause: A1
        items:
          - {id: polite, label: {zh: 礼貌, en: polite}, clause: A1}
          - {id: abuse, label: {zh: 不辱骂, en: no abuse}, clause: A1, zero_tolerance: true}
    bonuses:
      - {id: outstanding, label: {zh: 出色, en: outstanding}, clause: A1, unit: points, points: "[1..3]"}
)yaml");
  return rubric;
}

}  // namespace zh::testing_support
