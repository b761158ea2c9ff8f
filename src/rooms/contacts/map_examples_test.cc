// The worked examples of docs/operating/import-maps.md: each map applied to its table gives what the page says.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <iconv.h>

#include <fstream>
#include <sstream>

#include "base/csv.h"
#include "base/encoding.h"
#include "rooms/contacts/map.h"
#include "rooms/contacts/queue_products.h"

namespace zh::contacts {
namespace {

struct Example {
  std::string map;
  std::string table;
  std::string result;
};

// The fenced blocks of the page, in threes: yaml, csv, text.
std::vector<Example> examples() {
  std::ifstream file(ZH_SOURCE_DIR "/docs/operating/import-maps.md");
  std::vector<Example> found;
  std::string line;
  std::string* block = nullptr;
  while (std::getline(file, line)) {
    if (block != nullptr && line == "```") {
      block = nullptr;
    } else if (block != nullptr) {
      *block += line + "\n";
    } else if (line == "```yaml") {
      block = &found.emplace_back().map;
    } else if (line == "```csv" && !found.empty()) {
      block = &found.back().table;
    } else if (line == "```text" && !found.empty()) {
      block = &found.back().result;
    }
  }
  return found;
}

std::string as_gb18030(std::string text) {
  iconv_t converter = iconv_open("GB18030", "UTF-8");
  std::string out(text.size() * 2 + 16, '\0');
  char* from = text.data();
  char* to = out.data();
  std::size_t from_left = text.size();
  std::size_t to_left = out.size();
  EXPECT_NE(iconv(converter, &from, &from_left, &to, &to_left), static_cast<std::size_t>(-1));
  iconv_close(converter);
  out.resize(out.size() - to_left);
  return out;
}

std::string seconds(const std::optional<std::int64_t>& ms) { return ms.has_value() ? std::to_string(*ms / 1000) : "–"; }

std::string shown(const Contact& contact, const Zone& zone) {
  const std::string& agent = contact.connected || contact.rings.empty() ? contact.member : contact.rings[0].member;
  return fmt::format("{} offered {} {} {} {} wait {} talk {}\n", contact.call, zone.format(contact.offered_at),
                     contact.queue.empty() ? contact.product : contact.queue, agent.empty() ? "–" : agent,
                     name_of(contact.outcome), seconds(contact.wait_ms), seconds(contact.talk_ms));
}

// Every contact of a table, as the page shows them; a rejected row shows its problem.
std::string contacts_of(const Map& map, const std::string& table) {
  const Zone zone = Zone::find("Asia/Shanghai").value();
  const std::string bytes = map.encoding == Encoding::gb18030 ? as_gb18030(table) : table;
  TextSource source(bytes);
  Utf8Source text(source, map.encoding);
  CsvReader rows(text, "calls.csv", {.delimiter = map.delimiter});
  TableMap reader(map, zone);
  std::vector<std::string_view> header;
  if (map.header) {
    EXPECT_EQ(rows.next().value(), CsvStep::row);
    header = rows.cells();
  }
  const Status bound = reader.bind(header);
  EXPECT_TRUE(bound.ok()) << (bound.ok() ? "" : bound.error().to_string(Language::en));
  std::string out;
  while (rows.next().value() == CsvStep::row) {
    const auto contact = reader.row(rows.cells());
    if (!contact.ok()) {
      out += contact.error().to_string(Language::en) + "\n";
    } else if (contact->has_value()) {
      out += shown(**contact, zone);
    }
  }
  return out;
}

TEST(MapExamples, EachGivesWhatThePageSays) {
  std::vector<Example> all = examples();
  ASSERT_EQ(all.size(), 4U);
  // The last one is no map of columns but of queues.
  const auto products = parse_queue_products(all.back().map, "products.yaml");
  ASSERT_TRUE(products.ok()) << products.error().to_string(Language::en);
  EXPECT_EQ(products->size(), 2U);
  all.pop_back();
  for (const Example& example : all) {
    const auto map = parse_map(example.map, "map.yaml");
    ASSERT_TRUE(map.ok()) << map.error().to_string(Language::en);
    EXPECT_EQ(contacts_of(*map, example.table), example.result);
  }
}

}  // namespace
}  // namespace zh::contacts
