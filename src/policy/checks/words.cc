#include "policy/checks/words.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.h"

namespace zh::policy {

void WordBook::add(Table& table, std::string normal, const Alternatives& from, CompiledWords::Use use) {
  const auto [entry, is_new] = table.numbers.emplace(normal, static_cast<std::uint32_t>(table.words.size()));
  if (is_new) {
    table.words.push_back({.phrases = {std::move(normal)}, .place = from.place, .clause = from.clause});
    table.uses.emplace_back();
  }
  auto& uses = table.uses[entry->second];
  if (std::ranges::find(uses, use) == uses.end()) uses.push_back(use);
}

void WordBook::add_phrases(CompiledWords::Use use, const Alternatives& alternatives) {
  for (const std::string& phrase : alternatives.phrases) {
    const std::string normal = normaliser_.normalise(phrase);
    if (!normal.empty()) {
      add(phrases_, normal, alternatives, use);
      continue;
    }
    problems_.error("empty_phrase", alternatives.place,
                    {.zh = "短语里没有文字", .en = "the phrase has no characters that count"},
                    {.zh = "写上文字，或删去", .en = "write some, or remove it"}, alternatives.clause);
  }
}

void WordBook::add_pattern(CompiledWords::Use use, const Alternatives& pattern) {
  add(patterns_, normaliser_.normalise_pattern(pattern.phrases.front()), pattern, use);
}

CompiledWords WordBook::compile() {
  CompiledWords result;
  std::vector<std::string> phrases;
  for (const Alternatives& phrase : phrases_.words) phrases.push_back(phrase.phrases.front());
  auto compiled = text::PhraseSet::compile(phrases);
  if (compiled.ok()) {
    result.phrases = std::move(compiled).value();
  } else {
    problems_.error("too_many_phrases", phrases_.words.front().place, compiled.error().message,
                    {.zh = "删去用不着的短语", .en = "remove phrases that are not needed"});
  }

  std::vector<std::string> patterns;
  for (const Alternatives& pattern : patterns_.words) patterns.push_back(pattern.phrases.front());
  std::vector<text::PatternFault> faults;
  auto database = text::PatternSet::compile(patterns, faults);
  for (const text::PatternFault& fault : faults) {
    const Alternatives& pattern = patterns_.words[fault.number];
    const std::string shown = utf8::shortened(pattern.phrases.front(), 60);
    problems_.error(
        "pattern", pattern.place,
        {.zh = fmt::format("`{}`：{}", shown, fault.what.zh), .en = fmt::format("`{}`: {}", shown, fault.what.en)},
        {.zh = "改写正则表达式", .en = "rewrite the pattern"}, pattern.clause);
  }
  if (database.ok()) {
    result.patterns = std::move(database).value();
  } else if (faults.empty()) {
    problems_.error("pattern", patterns_.words.front().place, database.error().message,
                    {.zh = "减少正则表达式", .en = "make the patterns fewer"});
  }
  result.normaliser = &normaliser_;
  result.phrase_uses = std::move(phrases_.uses);
  result.pattern_uses = std::move(patterns_.uses);
  result.leaves = leaves_;
  return result;
}

}  // namespace zh::policy
