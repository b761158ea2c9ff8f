#include "policy/compose.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/hash.h"
#include "base/utf8.h"
#include "policy/reader.h"

namespace zh::policy {

namespace {

// "chengdu-2014/appraisal.yaml" → "chengdu-2014/"; files of the pack itself → "".
std::string folder_of(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == std::string::npos ? std::string() : path.substr(0, slash + 1);
}

struct Patch {
  Override head;
  const yaml::Node* value = nullptr;
};

class Composer {
 public:
  Composer(const Sources& sources, Problems& problems) : sources_(sources), problems_(problems) {}

  Composition compose() {
    result_.rules = yaml::Node::map({});
    for (const std::string_view kind : kKinds) {
      result_.rules.entries.push_back({.key = std::string(kind), .place = {}, .value = yaml::Node::map({})});
    }
    read_roots();
    read_pack_files();
    for (const auto& [path, root] : roots_) {
      if (!path.ends_with(kPackFile)) add_file(path, root);
    }
    for (const auto& [path, text] : sources_.files) {
      if (path.ends_with(".dmn")) result_.models.emplace_back(path, text);
    }
    for (const Patch& patch : patches_) apply(patch);
    report_duplicates();
    return std::move(result_);
  }

 private:
  void read_roots() {
    for (const auto& [path, text] : sources_.files) {
      if (path.ends_with(".dmn")) continue;
      if (path.ends_with(".yml")) {
        problems_.error("file_name", Place{path},
                        {.zh = "规则文件的扩展名应是 .yaml", .en = "files of rules end in .yaml"},
                        {.zh = "改名为 .yaml", .en = "rename it to .yaml"});
        continue;
      }
      auto root = yaml::read(text, path, problems_);
      if (root) roots_.emplace(path, std::move(*root));
    }
  }

  void read_pack_files() {
    for (const auto& [path, root] : roots_) {
      if (!path.ends_with(kPackFile)) continue;
      Reader pack(root, problems_, {.zh = "规章包说明", .en = "the pack file"});
      std::string id = pack.word(
          "id", {.zh = "写上包的标识，如 `id: chengdu-2014`", .en = "write the pack's id, such as `id: chengdu-2014`"});
      Text title = pack.text("title");
      if (pack.has("source")) pack.text("source");
      pack.words("include");
      const auto effective = read_effective(pack);
      for (const yaml::Node& item : pack.list("override")) read_override(item);
      pack.done();
      if (folder_of(path).empty()) {
        result_.id = std::move(id);
        result_.title = std::move(title);
        result_.effective_from = effective;
        result_.effective_place = pack.place_of("effective_from");
      } else {
        result_.includes.push_back(folder_of(path).substr(0, folder_of(path).size() - 1));
      }
    }
  }

  std::optional<Date> read_effective(Reader& pack) {
    const auto written = pack.optional_word("effective_from");
    if (!written) return std::nullopt;
    const auto day = Date::parse(*written);
    if (day.ok()) return day.value();
    problems_.error("wrong_type", pack.place_of("effective_from"),
                    {.zh = "`effective_from` 应是日期", .en = "`effective_from` must be a date"},
                    {.zh = "写成 `2026-10-01`", .en = "write it as `2026-10-01`"});
    return std::nullopt;
  }

  void read_override(const yaml::Node& node) {
    Reader reader(node, problems_, {.zh = "改写", .en = "an override"});
    Patch patch;
    patch.head.path = reader.word("path", {.zh = "写上路径，如 `path: scorecards.agent.items.exam.weight`",
                                           .en = "write the path, such as `path: scorecards.agent.items.exam.weight`"});
    patch.value = reader.require("value", {.zh = "写上新值", .en = "write the new value"});
    patch.head.clause = reader.word("clause", {.zh = "写上依据的条款", .en = "name the clause it rests on"});
    patch.head.reason = reader.text("reason", {.zh = "写明改写的理由（中、英文）", .en = "say why, in both languages"});
    patch.head.place = node.place;
    reader.done();
    if (!patch.head.path.empty() && patch.value != nullptr) patches_.push_back(std::move(patch));
  }

  void add_file(const std::string& path, const yaml::Node& root) {
    if (root.kind == yaml::Node::Kind::null) return;
    const std::vector<std::string> kinds(std::begin(kKinds), std::end(kKinds));
    if (!root.is_map()) {
      problems_.error("wrong_type", root.place,
                      {.zh = "文件应以规则种类开头", .en = "a file begins with its kind of rules"},
                      {.zh = "种类有：" + quoted_list(kinds), .en = "the kinds are " + quoted_list(kinds)});
      return;
    }
    if (root.entries.size() > 1) {
      problems_.error("several_kinds", root.entries[1].place,
                      {.zh = "一个文件里只能有一种规则", .en = "a file holds one kind of rules"},
                      {.zh = "分成几个文件", .en = "make it several files"});
    }
    for (const yaml::Entry& entry : root.entries) {
      yaml::Entry* const kind = result_.rules.find(entry.key);
      if (kind == nullptr) {
        report_unknown_kind(entry, kinds);
      } else if (entry.value.is_map()) {
        for (const yaml::Entry& rule : entry.value.entries) add_rule(kind->value, entry.key, path, rule);
      } else if (entry.value.kind != yaml::Node::Kind::null) {  // a heading may stand above nothing
        problems_.error("wrong_type", entry.value.place,
                        {.zh = fmt::format("`{}` 下面应是“标识: 规则”", entry.key),
                         .en = fmt::format("below `{}` stand rules by id", entry.key)},
                        {.zh = "写成 `标识: {…}`", .en = "write `id: {…}`"});
      }
    }
  }

  void report_unknown_kind(const yaml::Entry& entry, const std::vector<std::string>& kinds) {
    const std::string meant = nearest(entry.key, kinds);
    const std::string shown = utf8::shortened(entry.key, 60);
    problems_.error(
        "unknown_kind", entry.place,
        {.zh = fmt::format("没有 `{}` 这种规则", shown), .en = fmt::format("there is no kind of rules `{}`", shown)},
        meant.empty()
            ? Text{.zh = "种类有：" + quoted_list(kinds), .en = "the kinds are " + quoted_list(kinds)}
            : Text{.zh = fmt::format("是不是 `{}`？", meant), .en = fmt::format("did you mean `{}`?", meant)});
  }

  void add_rule(yaml::Node& kind, const std::string& kind_name, const std::string& path, const yaml::Entry& rule) {
    const std::string full = kind_name + "." + rule.key;
    const auto [first, is_new] = defined_.emplace(full, rule.place);
    if (is_new) {
      kind.entries.push_back(rule);
    } else if (!is_replaced(full) || folder_of(path) == folder_of(first->second.file)) {
      duplicates_.emplace_back(full, rule.place);
    }
  }

  // Whether the pack itself decides which of several definitions holds.
  bool is_replaced(const std::string& full) const {
    return std::ranges::any_of(patches_, [&](const Patch& patch) { return patch.head.path == full; });
  }

  void report_duplicates() {
    for (const auto& [full, place] : duplicates_) {
      problems_.error(
          "defined_twice", place,
          {.zh = fmt::format("`{}` 在 {} 已经定义", full, defined_.at(full).to_string()),
           .en = fmt::format("`{}` is defined at {} already", full, defined_.at(full).to_string())},
          {.zh = fmt::format("只留一处，或在 pack.yaml 用 `override: [{{path: {}, value: …}}]` 说明以何为准", full),
           .en = fmt::format("keep one, or say in pack.yaml which holds: `override: [{{path: {}, value: …}}]`", full)});
    }
  }

  // ---- overrides

  void apply(const Patch& patch) {
    yaml::Node* node = &result_.rules;
    std::string_view rest = patch.head.path;
    while (true) {
      yaml::Node* const child = step(*node, rest);
      if (child != nullptr) {
        node = child;
        if (!rest.empty()) continue;
        *node = *patch.value;
        break;
      }
      // A key that is not there yet may be added to a rule; whether it means anything is seen when the rule is read.
      if (!node->is_map() || rest.find('.') != std::string_view::npos || node == &result_.rules) {
        report_lost(patch, rest);
        return;
      }
      node->entries.push_back({.key = std::string(rest), .place = patch.head.place, .value = *patch.value});
      break;
    }
    result_.overrides.push_back(patch.head);
  }

  // Goes down by the next part of the path, which is taken off `rest`. Keys may hold dots: the longest that fits is
  // taken.
  static yaml::Node* step(yaml::Node& node, std::string_view& rest) {
    yaml::Node* best = nullptr;
    std::size_t length = 0;
    const auto consider = [&](const std::string& name, yaml::Node& child) {
      const bool fits = rest.starts_with(name) && (rest.size() == name.size() || rest[name.size()] == '.');
      if (!fits || (best != nullptr && name.size() <= length)) return;
      best = &child;
      length = name.size();
    };
    for (yaml::Entry& entry : node.entries) consider(entry.key, entry.value);
    for (yaml::Node& item : node.items) {
      const yaml::Entry* id = item.find("id");
      if (id == nullptr) id = item.find("star");
      if (id != nullptr && id->value.is_scalar()) consider(id->value.scalar, item);
    }
    if (best == nullptr) return nullptr;
    rest.remove_prefix(std::min(rest.size(), length + 1));
    return best;
  }

  void report_lost(const Patch& patch, std::string_view rest) {
    problems_.error(
        "override_lost", patch.head.place,
        {.zh = fmt::format("改写的路径 `{}` 不存在：找不到 `{}`", patch.head.path, rest),
         .en = fmt::format("there is nothing at `{}` to override: `{}` is not found", patch.head.path, rest)},
        {.zh = "核对种类、标识和键名", .en = "check the kind, the ids and the key"}, patch.head.clause);
  }

  const Sources& sources_;
  Problems& problems_;
  Composition result_;
  std::map<std::string, yaml::Node> roots_;
  std::vector<Patch> patches_;
  std::map<std::string, Place> defined_;
  std::vector<std::pair<std::string, Place>> duplicates_;
};

// Hashed also when a pack has no rules of them. Later kinds are hashed where there are any, so that packs without them
// keep the version they were published under.
constexpr std::string_view kFirstKinds[] = {"clauses", "facts", "scorecards", "ratings", "excellence", "pay"};

}  // namespace

Composition compose(const Sources& sources, Problems& problems) { return Composer(sources, problems).compose(); }

Hash content_hash(const Composition& composition) {
  Hasher hasher;
  hasher.field(composition.id).field(composition.title.zh).field(composition.title.en);
  yaml::Node rules = composition.rules;
  std::erase_if(rules.entries, [](const yaml::Entry& kind) {
    const bool is_first = std::ranges::find(kFirstKinds, kind.key) != std::end(kFirstKinds);
    return !is_first && kind.value.entries.empty();
  });
  hasher.field(yaml::canonical(rules));
  for (const auto& [path, text] : composition.models) hasher.field(path).field(text);
  return hasher.finish();
}

}  // namespace zh::policy
