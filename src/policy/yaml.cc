#include "policy/yaml.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <array>
#include <sstream>

#include "base/utf8.h"

namespace zh::policy::yaml {

Node Node::null(Place place) { return of(Kind::null, std::move(place)); }

Node Node::map(Place place) { return of(Kind::map, std::move(place)); }

Node Node::of(Kind kind, Place place) {
  Node node;
  node.kind = kind;
  node.place = std::move(place);
  return node;
}

const Entry* Node::find(std::string_view key) const {
  const auto found = std::ranges::find(entries, key, &Entry::key);
  return found == entries.end() ? nullptr : &*found;
}

Entry* Node::find(std::string_view key) {
  const auto found = std::ranges::find(entries, key, &Entry::key);
  return found == entries.end() ? nullptr : &*found;
}

namespace {

// Byte positions to lines and columns in code points. yaml-cpp counts columns in bytes.
class Lines {
 public:
  Lines(std::string_view text, const std::string& file) : text_(text), file_(file) {
    starts_.push_back(0);
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\n') starts_.push_back(i + 1);
    }
  }

  Place place(const YAML::Mark& mark) const {
    if (mark.is_null()) return Place{file_};
    const auto line = std::min(static_cast<std::size_t>(std::max(mark.line, 0)), starts_.size() - 1);
    const std::string_view rest = text_.substr(starts_[line]);
    const auto bytes = std::min(static_cast<std::size_t>(std::max(mark.column, 0)), rest.size());
    return {.file = file_,
            .line = static_cast<int>(line) + 1,
            .column = static_cast<int>(utf8::length(rest.substr(0, bytes))) + 1};
  }

 private:
  std::string_view text_;
  const std::string& file_;
  std::vector<std::size_t> starts_;
};

// Thrown out of yaml-cpp's parser when nesting passes kDepthMax; caught in read().
struct TooDeep {
  Place place;
};

// Builds the tree from the parser's events and reports what is refused.
class Builder final : public YAML::EventHandler {
 public:
  Builder(const Lines& lines, Problems& problems) : lines_(lines), problems_(problems) {}

  void OnDocumentStart(const YAML::Mark& /*mark*/) override {}
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    refuse_anchor(mark, anchor);
    add(Node::null(lines_.place(mark)));
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
    problems_.error("alias", lines_.place(mark),
                    {.zh = "规章包里不能用别名（*）", .en = "aliases (*) are not allowed in a pack"},
                    {.zh = "把内容写在这里", .en = "write the content here"});
    add(Node::null(lines_.place(mark)));
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    refuse_anchor(mark, anchor);
    const bool quoted = tag == "!";
    if (!quoted && tag != "?" && !tag.empty()) refuse_tag(mark, tag);
    Node node = Node::of(Node::Kind::scalar, lines_.place(mark));
    node.scalar = value;
    node.quoted = quoted;
    if (!quoted && (value == "null" || value == "~" || value == "Null" || value == "NULL"))
      node.kind = Node::Kind::null;
    add(std::move(node));
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value /*style*/) override {
    open(Node::Kind::list, mark, tag, anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value /*style*/) override {
    open(Node::Kind::map, mark, tag, anchor);
  }
  void OnMapEnd() override { close(); }

  Node root;

 private:
  struct Open {
    Node node;
    std::optional<Entry> entry;  // of a map: the key that waits for its value
    bool dropped = false;        // the waiting key stood there before
  };

  void refuse_anchor(const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (anchor == 0) return;
    problems_.error("anchor", lines_.place(mark),
                    {.zh = "规章包里不能用锚点（&）", .en = "anchors (&) are not allowed in a pack"},
                    {.zh = "删去锚点，需要处各写一遍", .en = "remove it and write the content where it is needed"});
  }

  void refuse_tag(const YAML::Mark& mark, const std::string& tag) {
    problems_.error("tag", lines_.place(mark),
                    {.zh = fmt::format("规章包里不能用标签 `{}`", utf8::shortened(tag, 40)),
                     .en = fmt::format("tags are not allowed in a pack: `{}`", utf8::shortened(tag, 40))},
                    {.zh = "删去标签", .en = "remove it"});
  }

  void open(Node::Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    if (stack_.size() >= static_cast<std::size_t>(kDepthMax)) throw TooDeep{lines_.place(mark)};
    refuse_anchor(mark, anchor);
    if (tag != "?" && tag != "!" && !tag.empty()) refuse_tag(mark, tag);
    stack_.push_back({.node = Node::of(kind, lines_.place(mark)), .entry = std::nullopt});
  }

  void close() {
    Node node = std::move(stack_.back().node);
    stack_.pop_back();
    add(std::move(node));
  }

  void add(Node node) {
    if (stack_.empty()) {
      root = std::move(node);
      return;
    }
    Open& parent = stack_.back();
    if (parent.node.is_list()) {
      parent.node.items.push_back(std::move(node));
    } else if (!parent.entry) {
      begin_entry(parent, std::move(node));
    } else {
      parent.entry->value = std::move(node);
      if (!parent.dropped) parent.node.entries.push_back(std::move(*parent.entry));
      parent.entry.reset();
    }
  }

  void begin_entry(Open& map, Node key) {
    map.entry = Entry{.key = key.scalar, .place = key.place, .value = Node()};
    map.dropped = true;
    if (key.kind != Node::Kind::scalar) {
      problems_.error("bad_key", key.place, {.zh = "键必须是文字", .en = "a key must be plain text"},
                      {.zh = "写成 `名称: 值`", .en = "write `name: value`"});
    } else if (key.scalar == "<<") {
      problems_.error("merge_key", key.place,
                      {.zh = "规章包里不能用合并键（<<）", .en = "merge keys (<<) are not allowed in a pack"},
                      {.zh = "把各项写出来", .en = "write the entries out"});
    } else if (const Entry* const before = map.node.find(key.scalar)) {
      problems_.error(
          "duplicate_key", key.place,
          {.zh = fmt::format("`{}` 在第 {} 行已经写过", utf8::shortened(key.scalar, 60), before->place.line),
           .en = fmt::format("`{}` already stands at line {}", utf8::shortened(key.scalar, 60), before->place.line)},
          {.zh = "只留一处", .en = "keep one of them"});
    } else {
      map.dropped = false;
    }
  }

  const Lines& lines_;
  Problems& problems_;
  std::vector<Open> stack_;
};

// What yaml-cpp says, in Chinese. Messages that are not here are rare and shown as they are.
struct Words {
  std::string_view en;
  std::string_view zh;
};
constexpr std::array kParserWords{
    Words{"end of map not found", "映射没有结束"},
    Words{"end of map flow not found", "`{` 没有对应的 `}`"},
    Words{"end of sequence not found", "列表没有结束"},
    Words{"end of sequence flow not found", "`[` 没有对应的 `]`"},
    Words{"unknown token", "这里不能出现这个字符"},
    Words{"illegal EOF in scalar", "文字没有结束（缺少引号？）"},
    Words{"illegal character in scalar", "文字里有不能用的字符"},
    Words{"illegal tab when looking for indentation", "缩进不能用制表符"},
    Words{"illegal flow end", "多余的 `]` 或 `}`"},
    Words{"illegal block entry", "这里不能出现列表项 `-`"},
    Words{"illegal map key", "这里不能出现键"},
    Words{"illegal map value", "这里不能出现 `:`（文字中有冒号时要加引号）"},
    Words{"alias not found after *", "`*` 后没有名称"},
    Words{"anchor not found after &", "`&` 后没有名称"},
    Words{"bad character found while scanning hex number", "十六进制数写错"},
    Words{"unexpected character in block scalar", "文字块里有意外的字符"},
};

Text parser_message(const std::string& message) {
  for (const Words& words : kParserWords) {
    if (message.starts_with(words.en)) {
      return {.zh = fmt::format("不是正确的 YAML：{}", words.zh), .en = fmt::format("this is not YAML: {}", message)};
    }
  }
  return {.zh = fmt::format("不是正确的 YAML：{}", message), .en = fmt::format("this is not YAML: {}", message)};
}

bool is_readable(std::string_view text, const std::string& file, Problems& problems) {
  if (text.size() > kFileBytesMax) {
    problems.error("file_too_large", Place{file},
                   {.zh = fmt::format("文件有 {} 字节，上限是 {}", text.size(), kFileBytesMax),
                    .en = fmt::format("the file has {} bytes, the limit is {}", text.size(), kFileBytesMax)},
                   {.zh = "拆成几个文件", .en = "split it into several files"});
    return false;
  }
  if (utf8::is_valid(text) && text.find('\0') == std::string_view::npos) return true;
  const auto good_end = [&] {
    std::size_t at = 0;
    while (at < text.size()) {
      const std::size_t from = at;
      const char32_t point = utf8::next(text, at);
      if (point == 0 || (point == utf8::kReplacement && text.substr(from, at - from) != "\xEF\xBF\xBD")) return from;
    }
    return text.size();
  }();
  const auto line = std::ranges::count(text.substr(0, good_end), '\n') + 1;
  problems.error("not_utf8", Place{file, static_cast<int>(line)},
                 {.zh = "文件不是 UTF-8 文本", .en = "the file is not UTF-8 text"},
                 {.zh = "用 UTF-8 编码另存", .en = "save it in UTF-8"});
  return false;
}

}  // namespace

std::optional<Node> read(std::string_view text, const std::string& file, Problems& problems) {
  if (!is_readable(text, file, problems)) return std::nullopt;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const Lines lines(text, file);
  const std::string_view mend_en = "correct the line; text with special characters needs quotes";
  const std::string_view mend_zh = "改正这一行；带特殊字符的文字要加引号";
  try {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    Builder builder(lines, problems);
    builder.root.place = {.file = file, .line = 1, .column = 1};
    if (!parser.HandleNextDocument(builder)) return builder.root;
    Builder further(lines, problems);
    if (parser.HandleNextDocument(further)) {
      problems.error("several_documents", further.root.place,
                     {.zh = "一个文件里只能有一个文档", .en = "a file holds one document only"},
                     {.zh = "删去 `---`，或分成两个文件", .en = "remove the `---` or make it two files"});
    }
    return std::move(builder.root);
  } catch (const YAML::ParserException& problem) {
    problems.error("not_yaml", lines.place(problem.mark), parser_message(problem.msg),
                   {.zh = std::string(mend_zh), .en = std::string(mend_en)});
  } catch (const TooDeep& problem) {
    problems.error(
        "too_deep", problem.place,
        {.zh = fmt::format("嵌套超过 {} 层", kDepthMax), .en = fmt::format("nested deeper than {}", kDepthMax)},
        {.zh = "写得平一些", .en = "write it flatter"});
  } catch (const std::exception& problem) {
    problems.error("not_yaml", Place{file}, parser_message(problem.what()),
                   {.zh = std::string(mend_zh), .en = std::string(mend_en)});
  }
  return std::nullopt;
}

namespace {

void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  out += '"';
}

void append_canonical(std::string& out, const Node& node) {
  switch (node.kind) {
    case Node::Kind::null:
      out += "null";
      return;
    case Node::Kind::scalar:
      append_quoted(out, node.scalar);
      return;
    case Node::Kind::list: {
      out += '[';
      for (std::size_t i = 0; i < node.items.size(); ++i) {
        if (i > 0) out += ',';
        append_canonical(out, node.items[i]);
      }
      out += ']';
      return;
    }
    case Node::Kind::map:
      break;
  }
  std::vector<const Entry*> sorted;
  sorted.reserve(node.entries.size());
  for (const Entry& entry : node.entries) sorted.push_back(&entry);
  std::ranges::sort(sorted, {}, [](const Entry* entry) -> const std::string& { return entry->key; });
  out += '{';
  for (const Entry* const entry : sorted) {
    if (out.back() != '{') out += ',';
    append_quoted(out, entry->key);
    out += ':';
    append_canonical(out, entry->value);
  }
  out += '}';
}

}  // namespace

std::string canonical(const Node& node) {
  std::string out;
  append_canonical(out, node);
  return out;
}

}  // namespace zh::policy::yaml
