// Boolean expressions over phrases: "(投诉 | 举报) & !撤销".
//   or := and ('|' and)*      and := not ('&' not)*      not := '!' not | '(' or ')' | word
#include "policy/checks/condition_reader.h"

namespace zh::policy {

namespace {

class Parser {
 public:
  explicit Parser(std::string_view text) : rest_(text) {}

  std::optional<ParsedExpression> parse() {
    const bool whole = parse_or(0) && (skip_blanks(), rest_.empty());
    return whole ? std::optional(std::move(result_)) : std::nullopt;
  }

 private:
  static constexpr int kDepthMax = 40;
  static constexpr std::string_view kSigns = "&|!()";

  void skip_blanks() {
    while (!rest_.empty() && (rest_.front() == ' ' || rest_.front() == '\t' || rest_.front() == '\n'))
      rest_.remove_prefix(1);
  }
  bool take(char sign) {
    skip_blanks();
    if (!rest_.starts_with(sign)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void step(ExpressionStep::Kind kind, std::uint32_t slot = 0) { result_.steps.push_back({kind, slot}); }

  bool parse_or(int depth) {
    if (depth > kDepthMax || !parse_and(depth)) return false;
    while (take('|')) {
      if (!parse_and(depth)) return false;
      step(ExpressionStep::Kind::either);
    }
    return true;
  }
  bool parse_and(int depth) {
    if (!parse_not(depth)) return false;
    while (take('&')) {
      if (!parse_not(depth)) return false;
      step(ExpressionStep::Kind::both);
    }
    return true;
  }
  bool parse_not(int depth) {
    if (depth > kDepthMax) return false;
    if (take('!')) {
      if (!parse_not(depth + 1)) return false;
      step(ExpressionStep::Kind::negation);
      return true;
    }
    if (take('(')) return parse_or(depth + 1) && take(')');
    return parse_word();
  }
  bool parse_word() {
    skip_blanks();
    std::string word;
    if (rest_.starts_with('"')) {
      const std::size_t end = rest_.find('"', 1);
      if (end == std::string_view::npos) return false;
      word = rest_.substr(1, end - 1);
      rest_.remove_prefix(end + 1);
    } else {
      while (!rest_.empty() && kSigns.find(rest_.front()) == kSigns.npos) {
        word += rest_.front();
        rest_.remove_prefix(1);
      }
      while (word.ends_with(' ') || word.ends_with('\n')) word.pop_back();
    }
    if (word.empty()) return false;
    step(ExpressionStep::Kind::slot, static_cast<std::uint32_t>(result_.words.size()));
    result_.words.push_back(std::move(word));
    return true;
  }

  std::string_view rest_;
  ParsedExpression result_;
};

}  // namespace

std::optional<ParsedExpression> parse_expression(std::string_view text) { return Parser(text).parse(); }

}  // namespace zh::policy
