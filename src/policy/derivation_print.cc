// Derivations as JSON and as a tree of lines.
#include <fmt/format.h>

#include "policy/derivation.h"
#include "policy/vocabulary.h"

namespace zh::policy {

namespace {

const Caption kNoCaption;

const Caption& caption_of(const Derivation& node) { return node.caption ? *node.caption : kNoCaption; }

std::string with_detail(const std::string& label, const std::string& detail) {
  if (detail.empty()) return label;
  return label.empty() ? detail : label + " · " + detail;
}

json::Value text_or_null(const std::optional<std::string>& text) {
  return text ? json::Value(*text) : json::Value(nullptr);
}

json::Value input_json(const Input& input, const Zone& zone) {
  const auto value = input.value ? std::optional(input.value->to_string()) : std::nullopt;
  return json::Object{{"fact", input.fact.hex()},
                      {"kind", input.kind},
                      {"occurred_at", zone.format(input.occurred_at)},
                      {"value", text_or_null(value)}};
}

}  // namespace

json::Value to_json(const Derivation& derivation, const Zone& zone) {
  const Caption& caption = caption_of(derivation);
  json::Array inputs;
  inputs.reserve(derivation.inputs.size());
  for (const Input& input : derivation.inputs) inputs.push_back(input_json(input, zone));
  json::Array children;
  children.reserve(derivation.children.size());
  for (const Derivation& child : derivation.children) children.push_back(to_json(child, zone));
  return json::Object{{"id", caption.id},
                      {"label", json::Object{{"zh", with_detail(caption.label.zh, derivation.detail)},
                                             {"en", with_detail(caption.label.en, derivation.detail)}}},
                      {"value", text_or_null(plain(derivation.figure))},
                      {"unit", caption.unit},
                      {"clause", caption.clause},
                      {"rule", caption.rule},
                      {"arithmetic", derivation.arithmetic},
                      {"inputs", std::move(inputs)},
                      {"children", std::move(children)}};
}

namespace {

class TreePrinter {
 public:
  TreePrinter(const Zone& zone, Language language, std::size_t inputs_shown)
      : zone_(zone), language_(language), inputs_shown_(inputs_shown) {}

  // `first` begins the node's own line, `rest` the lines below it.
  void print(const Derivation& node, const std::string& first, const std::string& rest) {
    out_ += first + headline(node) + "\n";
    const std::string below = rest + (node.children.empty() ? "   " : "│  ");
    if (!node.arithmetic.empty()) out_ += below + node.arithmetic + "\n";
    print_inputs(node, below);
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      const bool last = i + 1 == node.children.size();
      print(node.children[i], rest + (last ? "└─ " : "├─ "), rest + (last ? "   " : "│  "));
    }
  }

  std::string take() { return std::move(out_); }

 private:
  bool chinese() const { return language_ == Language::zh; }

  std::string figure(const Derivation& node) const {
    if (std::holds_alternative<std::monostate>(node.figure)) return chinese() ? "无数据" : "no data";
    if (const bool* const truth = std::get_if<bool>(&node.figure)) {
      return *truth ? (chinese() ? "是" : "yes") : (chinese() ? "否" : "no");
    }
    const std::string unit = unit_label(caption_of(node).unit).in(language_);
    return plain(node.figure).value_or("") + (unit.empty() ? "" : " " + unit);
  }

  // A node that only gathers others has no figure of its own to lack.
  static bool is_heading(const Derivation& node) {
    const Caption& caption = caption_of(node);
    return std::holds_alternative<std::monostate>(node.figure) && caption.unit.empty() && caption.clause.empty() &&
           !node.children.empty();
  }

  std::string headline(const Derivation& node) const {
    const Caption& caption = caption_of(node);
    std::string line = with_detail(caption.label.in(language_), node.detail);
    if (!is_heading(node)) line += (chinese() ? "：" : ": ") + figure(node);
    std::string source = caption.clause;
    if (!caption.rule.empty()) source += (source.empty() ? "" : " · ") + caption.rule;
    if (!source.empty()) line += chinese() ? fmt::format("  ［{}］", source) : fmt::format("  [{}]", source);
    return line;
  }

  void print_inputs(const Derivation& node, const std::string& below) {
    for (std::size_t i = 0; i < node.inputs.size(); ++i) {
      if (i == inputs_shown_) {
        const std::size_t more = node.inputs.size() - i;
        out_ += below + (chinese() ? fmt::format("← 另有 {} 条\n", more) : fmt::format("← and {} more\n", more));
        return;
      }
      const Input& input = node.inputs[i];
      const std::string value = input.value ? " " + input.value->to_string() : "";
      out_ += fmt::format("{}← {}{}  {}  {:.8}\n", below, input.kind, value, zone_.format(input.occurred_at),
                          input.fact.hex());
    }
  }

  const Zone& zone_;
  Language language_;
  std::size_t inputs_shown_;
  std::string out_;
};

}  // namespace

std::string to_text(const Derivation& derivation, const Zone& zone, Language language, std::size_t inputs_shown) {
  TreePrinter printer(zone, language, inputs_shown);
  printer.print(derivation, "", "");
  return printer.take();
}

}  // namespace zh::policy
