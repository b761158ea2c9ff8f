// XML, read safely: no network, no external entities, no document type, bounded in size, depth and number of elements,
// and every element knows its line and column in the file.
//
//   ZH_TRY(const auto document, xml::Document::parse("loan.dmn", text));
//   document->root().name() == "definitions";  document->place(element).to_string() == "loan.dmn:12:5"
//
// Immutable once parsed; reading it from several threads is safe.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace pugi {
class xml_document;  // NOLINT(readability-identifier-naming): the library's name
struct xml_node_struct;
}  // namespace pugi

namespace zh::dmn::xml {

struct Limits {
  std::size_t bytes_max = 8 << 20;
  int depth_max = 128;  // elements inside elements
  std::size_t elements_max = 400'000;
  std::size_t attributes_max = 100;  // of one element
};

class Document;

// One element of a document; valid while the document lives. A default-constructed one is "no such element": it has no
// name, no attributes and no children.
class Element {
 public:
  Element() = default;
  explicit operator bool() const { return node_ != nullptr; }

  // Without its prefix: "decision" for <semantic:decision>.
  std::string_view name() const;
  // The namespace its prefix stands for, empty when none is declared.
  std::string_view space() const;
  // The attribute's value; empty when there is none. Prefixed attributes are named as written ("xsi:type").
  std::string_view attribute(std::string_view name) const;
  bool has_attribute(std::string_view name) const;

  // Child elements of the same namespace as this one, in the order of the document.
  std::vector<Element> children() const;
  std::vector<Element> children(std::string_view name) const;
  Element child(std::string_view name) const;
  // Its own text, CDATA included, entities resolved.
  std::string text() const;

 private:
  friend class Document;
  explicit Element(pugi::xml_node_struct* node) : node_(node) {}
  pugi::xml_node_struct* node_ = nullptr;
};

class Document {
 public:
  // Fails (limit) past a limit and (invalid) on text that is not UTF-8, not well-formed or declares a document type,
  // naming the place.
  static Result<std::shared_ptr<const Document>> parse(std::string file, std::string text, Limits limits = {});

  Element root() const;
  // Where the element's name stands.
  Place place(Element element) const;
  // Where the code point number `index` (from 0) of element.text() stands in the file.
  Place place_in_text(Element element, std::size_t index) const;
  const std::string& file() const { return file_; }

  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;
  ~Document();

 private:
  Document(std::string file, std::string text);
  Place place_of_offset(std::size_t offset) const;
  Result<void> build(const Limits& limits);
  Result<void> check_tree(const Limits& limits) const;

  std::string file_;
  std::string text_;                // as it came; offsets of the tree count in it
  std::vector<std::size_t> lines_;  // offset of each line's first byte
  std::unique_ptr<pugi::xml_document> tree_;
};

}  // namespace zh::dmn::xml
