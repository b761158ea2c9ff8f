#include "policy/derivation.h"

#include <fmt/format.h>

namespace zh::policy {

CaptionPtr caption(Text label, std::string unit, std::string clause, std::string rule, std::string id) {
  return std::make_shared<const Caption>(
      Caption{std::move(label), std::move(unit), std::move(clause), std::move(rule), std::move(id)});
}

std::optional<std::string> plain(const Figure& figure) {
  struct Printer {
    std::optional<std::string> operator()(std::monostate) const { return std::nullopt; }
    std::optional<std::string> operator()(const Decimal& number) const { return number.to_string(); }
    std::optional<std::string> operator()(const Fraction& number) const { return number.significant(20).to_string(); }
    std::optional<std::string> operator()(bool truth) const { return truth ? "true" : "false"; }
    std::optional<std::string> operator()(const std::string& text) const { return text; }
  };
  return std::visit(Printer{}, figure);
}

Derivation& Derivation::add(Derivation child) { return children.emplace_back(std::move(child)); }

namespace {

bool same_caption(const CaptionPtr& a, const CaptionPtr& b) {
  if (a == b) return true;
  return a != nullptr && b != nullptr && *a == *b;
}

// Numbers that print alike are alike: 1.50 and 1.5 are not.
bool same_figure(const Figure& a, const Figure& b) { return a.index() == b.index() && plain(a) == plain(b); }

}  // namespace

bool operator==(const Derivation& a, const Derivation& b) {
  return same_caption(a.caption, b.caption) && a.detail == b.detail && same_figure(a.figure, b.figure) &&
         a.arithmetic == b.arithmetic && a.inputs == b.inputs && a.children == b.children;
}

}  // namespace zh::policy
