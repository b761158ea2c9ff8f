#include "dmn/xml.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <pugixml.hpp>

#include "base/utf8.h"

namespace zh::dmn::xml {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string_view prefix_of(std::string_view qualified) {
  const auto colon = qualified.find(':');
  return colon == std::string_view::npos ? std::string_view() : qualified.substr(0, colon);
}

std::string_view local_name(std::string_view qualified) {
  const auto colon = qualified.find(':');
  return colon == std::string_view::npos ? qualified : qualified.substr(colon + 1);
}

// The namespace that `prefix` is bound to at `node`; prefixes are declared by the element or one around it.
std::string_view space_of(pugi::xml_node node, std::string_view prefix) {
  const std::string declaration = prefix.empty() ? "xmlns" : fmt::format("xmlns:{}", prefix);
  for (; node; node = node.parent()) {
    if (const auto found = node.attribute(declaration.c_str())) return found.value();
  }
  return {};
}

Text message_of(pugi::xml_parse_status status) {
  switch (status) {
    case pugi::status_unrecognized_tag:
      return {.zh = "这里不是完整的标记；文件可能被截断",
              .en = "no complete tag stands here; the file may be truncated"};
    case pugi::status_bad_pi:
      return {.zh = "XML 声明或处理指令不完整", .en = "the XML declaration or processing instruction is not closed"};
    case pugi::status_bad_comment:
      return {.zh = "注释没有以 --> 结束", .en = "the comment is not closed by -->"};
    case pugi::status_bad_cdata:
      return {.zh = "CDATA 段没有以 ]]> 结束", .en = "the CDATA section is not closed by ]]>"};
    case pugi::status_bad_doctype:
      return {.zh = "文档类型声明 (DOCTYPE) 不被接受，请删除", .en = "a document type (DOCTYPE) is refused; remove it"};
    case pugi::status_bad_start_element:
      return {.zh = "开始标记写法有误", .en = "the start tag is malformed"};
    case pugi::status_bad_attribute:
      return {.zh = "属性写法有误：应为 名称=\"值\"", .en = "the attribute is malformed: write name=\"value\""};
    case pugi::status_bad_end_element:
      return {.zh = "结束标记写法有误", .en = "the end tag is malformed"};
    case pugi::status_end_element_mismatch:
      return {.zh = "结束标记与开始标记不相配，或元素没有结束；文件可能被截断",
              .en = "the end tag does not match its start tag, or an element is not closed; the file may be truncated"};
    case pugi::status_no_document_element:
      return {.zh = "文件里没有 XML 元素", .en = "the file holds no XML element"};
    case pugi::status_out_of_memory:
      return {.zh = "内存不足，无法读取", .en = "not enough memory to read it"};
    default:
      return {.zh = "不是可读的 XML", .en = "this is not readable XML"};
  }
}

// Bytes that the code point at `at` takes in the source text, entities resolved.
std::size_t source_length(std::string_view text, std::size_t at) {
  if (text[at] == '&') {
    const auto end = text.find(';', at);
    if (end != std::string_view::npos && end - at <= 10) return end - at + 1;
    return 1;
  }
  if (text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n') return 2;
  std::size_t next = at;
  utf8::next(text, next);
  return next - at;
}

bool is_text(pugi::xml_node node) { return node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata; }

}  // namespace

std::string_view Element::name() const { return local_name(pugi::xml_node(node_).name()); }

std::string_view Element::space() const {
  const pugi::xml_node node(node_);
  return node ? space_of(node, prefix_of(node.name())) : std::string_view();
}

std::string_view Element::attribute(std::string_view name) const {
  return pugi::xml_node(node_).attribute(std::string(name).c_str()).value();
}

bool Element::has_attribute(std::string_view name) const {
  return !pugi::xml_node(node_).attribute(std::string(name).c_str()).empty();
}

std::vector<Element> Element::children() const {
  std::vector<Element> found;
  const pugi::xml_node node(node_);
  if (!node) return found;
  const std::string_view own_prefix = prefix_of(node.name());
  const std::string_view own_space = space();
  for (const auto child : node.children()) {
    if (child.type() != pugi::node_element) continue;
    const std::string_view prefix = prefix_of(child.name());
    // The usual case, the same prefix not declared anew, needs no look-up along the ancestors.
    const bool same = prefix == own_prefix && child.first_attribute().empty();
    if (same || space_of(child, prefix) == own_space) found.push_back(Element(child.internal_object()));
  }
  return found;
}

std::vector<Element> Element::children(std::string_view name) const {
  auto found = children();
  std::erase_if(found, [name](const Element& child) { return child.name() != name; });
  return found;
}

Element Element::child(std::string_view name) const {
  for (const auto& child : children()) {
    if (child.name() == name) return child;
  }
  return {};
}

std::string Element::text() const {
  std::string text;
  for (const auto child : pugi::xml_node(node_).children()) {
    if (is_text(child)) text += child.value();
  }
  return text;
}

Document::Document(std::string file, std::string text)
    : file_(std::move(file)), text_(std::move(text)), tree_(std::make_unique<pugi::xml_document>()) {
  if (text_.starts_with(kByteOrderMark)) text_.erase(0, kByteOrderMark.size());
}

Document::~Document() = default;

Result<std::shared_ptr<const Document>> Document::parse(std::string file, std::string text, Limits limits) {
  const Place whole{.file = file};
  if (text.size() > limits.bytes_max) {
    return error(ErrorCode::limit,
                 {.zh = fmt::format("文件有 {} 字节，上限为 {} 字节", text.size(), limits.bytes_max),
                  .en = fmt::format("the file has {} bytes, at most {} are read", text.size(), limits.bytes_max)},
                 whole);
  }
  std::shared_ptr<Document> document(new Document(std::move(file), std::move(text)));
  ZH_CHECK(document->build(limits));
  return std::shared_ptr<const Document>(std::move(document));
}

Result<void> Document::build(const Limits& limits) {
  lines_.push_back(0);
  for (std::size_t at = text_.find('\n'); at != std::string::npos; at = text_.find('\n', at + 1)) {
    lines_.push_back(at + 1);
  }
  if (!utf8::is_valid(text_)) {
    std::size_t at = 0;
    for (std::size_t next = 0; next < text_.size(); at = next) {
      if (utf8::next(text_, next) == utf8::kReplacement && next - at == 1) break;
    }
    return invalid({.zh = "文件不是 UTF-8 编码；请另存为 UTF-8", .en = "the file is not UTF-8; save it as UTF-8"},
                   place_of_offset(at));
  }
  const auto options = pugi::parse_cdata | pugi::parse_escapes | pugi::parse_eol | pugi::parse_wconv_attribute |
                       pugi::parse_ws_pcdata_single | pugi::parse_doctype | pugi::parse_declaration;
  const auto outcome = tree_->load_buffer(text_.data(), text_.size(), options, pugi::encoding_utf8);
  if (!outcome) {
    const auto offset = static_cast<std::size_t>(std::max<std::ptrdiff_t>(outcome.offset, 0));
    return invalid(message_of(outcome.status), place_of_offset(offset));
  }
  return check_tree(limits);
}

// Walks without recursion, so that the depth of the document cannot exhaust the stack.
Result<void> Document::check_tree(const Limits& limits) const {
  std::size_t elements = 0;
  const auto has_too_many = [&limits](pugi::xml_node node) {
    const auto attributes = node.attributes();
    return static_cast<std::size_t>(std::distance(attributes.begin(), attributes.end())) > limits.attributes_max;
  };
  int depth = 0;
  for (pugi::xml_node node = tree_->first_child(); node;) {
    if (node.type() == pugi::node_doctype) {
      return invalid(message_of(pugi::status_bad_doctype),
                     place_of_offset(static_cast<std::size_t>(std::max<std::ptrdiff_t>(node.offset_debug(), 0))));
    }
    if (node.type() == pugi::node_declaration) {
      const std::string_view encoding = node.attribute("encoding").value();
      const bool known = encoding.empty() || encoding == "UTF-8" || encoding == "utf-8" || encoding == "US-ASCII";
      if (!known) {
        return invalid({.zh = fmt::format("文件声明的编码是 {}；请另存为 UTF-8", encoding),
                        .en = fmt::format("the file declares the encoding {}; save it as UTF-8", encoding)},
                       place_of_offset(0));
      }
    }
    if (node.type() == pugi::node_element && has_too_many(node)) {
      return error(ErrorCode::limit,
                   {.zh = fmt::format("元素的属性多于 {} 个", limits.attributes_max),
                    .en = fmt::format("the element has more than {} attributes", limits.attributes_max)},
                   place(Element(node.internal_object())));
    }
    if (node.type() == pugi::node_element && (++elements > limits.elements_max || depth >= limits.depth_max)) {
      return error(
          ErrorCode::limit,
          {.zh = fmt::format("元素过多或嵌套过深：最多 {} 个元素、{} 层", limits.elements_max, limits.depth_max),
           .en = fmt::format("too many elements or too deep: at most {} elements, {} levels", limits.elements_max,
                             limits.depth_max)},
          place(Element(node.internal_object())));
    }
    if (node.first_child()) {
      node = node.first_child();
      ++depth;
      continue;
    }
    while (node && !node.next_sibling()) {
      node = node.parent();
      --depth;
    }
    if (node) node = node.next_sibling();
  }
  return {};
}

Element Document::root() const { return Element(tree_->document_element().internal_object()); }

Place Document::place(Element element) const {
  const auto offset = pugi::xml_node(element.node_).offset_debug();
  return offset < 0 ? Place{.file = file_} : place_of_offset(static_cast<std::size_t>(offset));
}

Place Document::place_in_text(Element element, std::size_t index) const {
  for (const auto child : pugi::xml_node(element.node_).children()) {
    if (!is_text(child) || child.offset_debug() < 0) continue;
    const auto length = utf8::length(child.value());
    if (index > length) {
      index -= length;
      continue;
    }
    auto offset = static_cast<std::size_t>(child.offset_debug());
    for (; index > 0 && offset < text_.size(); --index) offset += source_length(text_, offset);
    return place_of_offset(offset);
  }
  return place(element);
}

Place Document::place_of_offset(std::size_t offset) const {
  offset = std::min(offset, text_.size());
  const auto next_line = std::upper_bound(lines_.begin(), lines_.end(), offset);
  const auto line = static_cast<std::size_t>(next_line - lines_.begin());
  const std::size_t start = lines_[line - 1];
  const auto column = utf8::length(std::string_view(text_).substr(start, offset - start));
  return {.file = file_, .line = static_cast<int>(line), .column = static_cast<int>(column) + 1};
}

}  // namespace zh::dmn::xml
