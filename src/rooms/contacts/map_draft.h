// A map while it is being made on the desk: what parse_map() reads, as fields to fill in; and a first guess from a
// table's header and its first rows, so that most people have little left to do.
//
//   流水号, 进线时间, 坐席工号, 通话时长     →  source_id: 流水号, offered_at: 进线时间, agent: 坐席工号,
//   8001, 2026/10/12 09:05:09, 1001, 01:30      talk_s: {column: 通话时长, duration: "mm:ss"}
//
// Pure.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"

namespace zh::contacts {

struct DraftField {
  std::string field;                      // as map files name it: "offered_at"
  std::vector<std::string> columns = {};  // none = `constant`
  std::string constant = {};
  std::string time = {};      // of a time; empty = iso
  std::string duration = {};  // of a duration; empty = s
  std::vector<std::pair<std::string, std::string>> values = {};
  std::optional<std::string> otherwise = {};
  friend bool operator==(const DraftField&, const DraftField&) = default;
};

struct MapDraft {
  std::string delimiter = ",";  // or "tab"
  std::string encoding = "auto";
  bool header = true;
  std::vector<DraftField> fields;
};

// The map file that the draft stands for. Whether it is a good one, parse_map() says.
std::string map_yaml(const MapDraft& draft);

// The map of a log: which product each queue serves (queue_products.h).
std::string queue_products_yaml(const std::vector<std::pair<std::string, std::string>>& product_of_queue);

// What can be filled in, in the order of map files.
struct DraftFieldInfo {
  std::string_view field;
  Text label;
  bool required = false;
  bool is_time = false;
  bool is_duration = false;
  std::string words;  // "answered, abandoned, …" where only these may stand; else empty
};
std::vector<DraftFieldInfo> draft_fields();

// The delimiter that cuts the first line into the most columns; a comma where none does.
char likely_delimiter(std::string_view first_line);

// Fields whose column is called like them, in Chinese or English, each column once; times and durations by the form of
// their cells. A field that nothing is like is left out.
MapDraft guessed_map(std::span<const std::string> columns, std::span<const std::vector<std::string>> rows);

}  // namespace zh::contacts
