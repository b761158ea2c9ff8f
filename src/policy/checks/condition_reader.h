// Reading the conditions of one check. Internal to this folder.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "policy/checks/check.h"
#include "policy/checks/words.h"
#include "policy/loading.h"
#include "policy/reader.h"

namespace zh::policy {

// A named list of phrases (the kind `phrases`).
struct PhraseList {
  Text label;
  std::vector<std::string> phrases;
  Place place;
  bool used = false;
};
using PhraseLists = std::map<std::string, PhraseList>;

class ConditionReader {
 public:
  ConditionReader(const Check& check, WordBook& book, PhraseLists& lists, Loading& loading)
      : check_(check), book_(book), lists_(lists), loading_(loading) {}

  // A condition with its scope. Names are those of check.named as far as it is read.
  CheckNode read(const yaml::Node& node);

 private:
  void error(std::string_view code, const Place& place, Text what, Text mend);

  // ---- scope
  CheckScope read_scope(Reader& reader);
  std::optional<Speaker> read_role(Reader& reader);
  std::optional<Reach> read_reach(Reader& reader, std::string_view key);
  Reach read_extent(Reader& reader, bool required);
  void read_range(Reader& reader, CheckScope& scope);
  void read_relative(Reader& reader, CheckScope& scope);
  std::size_t named(const std::string& name, const Place& place);
  HowMany read_how_many(Reader& reader);

  // ---- operators
  Combined read_combined(Reader& reader, std::string_view key);
  Says read_words(Reader& reader, std::string_view key);
  Says read_expression(Reader& reader);
  Says read_near(Reader& reader);
  Says read_template(Reader& reader);
  Speaks read_speaks(Reader& reader);
  Repeated read_repeated(Reader& reader);
  Unanswered read_unanswered(Reader& reader);
  Personal read_personal(Reader& reader);
  Similar read_similar(Reader& reader);
  Flow read_flow(Reader& reader);
  std::vector<FlowStep> read_steps(const yaml::Node& node, int depth);
  FlowStep read_step(const yaml::Node& node, int depth);
  Lasts read_lasts(Reader& reader, std::string_view key);
  MeasureTest read_measure(Reader& reader);
  FieldTest read_fields(Reader& reader);

  // The entries of a list of words (or a single one); "@name" stands for the phrases of a named list.
  std::vector<Alternatives> alternatives(const yaml::Node& node, bool patterns);
  Alternatives alternative(const std::string& word, const Place& place, bool patterns);
  std::int64_t milliseconds(Reader& reader, std::string_view key);

  const Check& check_;
  WordBook& book_;
  PhraseLists& lists_;
  Loading& loading_;
};

// "a & (b | !c)": the words in the order of their slots, and the steps with operands first. Words are written in quotes
// where they hold a sign of the language or a space. Nothing when the text is no expression.
struct ParsedExpression {
  std::vector<std::string> words;
  std::vector<ExpressionStep> steps;
};
std::optional<ParsedExpression> parse_expression(std::string_view text);

}  // namespace zh::policy
