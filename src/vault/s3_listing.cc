#include "vault/s3_listing.h"

#include <pugixml.hpp>

#include "base/calendar.h"
#include "base/utf8.h"

namespace zh::vault {

namespace {

constexpr std::size_t kSecondsText = 19;  // of "2026-10-12T09:05:46.000Z"
constexpr std::size_t kQuoted = 200;      // code points

Error no_listing() {
  return error(ErrorCode::unavailable,
               {.zh = "录音存储给出的列表无法识别", .en = "the list that the store of recordings gave cannot be read"});
}

std::string text_of(const pugi::xml_node& node) {
  return utf8::shortened(utf8::sanitized(node.text().as_string()), kQuoted);
}

}  // namespace

Result<Listing> parse_listing(std::string_view xml) {
  pugi::xml_document document;
  const auto root =
      document.load_buffer(xml.data(), xml.size()) ? document.child("ListBucketResult") : pugi::xml_node();
  if (!root) return no_listing();
  Listing listing;
  for (const auto& entry : root.children("Contents")) {
    const std::string_view changed = entry.child("LastModified").text().as_string();
    const auto at = Zone::utc().parse_instant(std::string(changed.substr(0, kSecondsText)) + "Z");
    if (!at.ok()) return no_listing();
    listing.things.push_back({.key = entry.child("Key").text().as_string(), .changed_at = *at});
  }
  if (root.child("IsTruncated").text().as_bool()) {
    listing.next = root.child("NextContinuationToken").text().as_string();
    if (listing.next.empty()) return no_listing();
  }
  return listing;
}

Refusal parse_refusal(std::string_view xml) {
  pugi::xml_document document;
  if (!document.load_buffer(xml.data(), xml.size())) return {};
  const auto root = document.child("Error");
  return {.code = text_of(root.child("Code")), .message = text_of(root.child("Message"))};
}

}  // namespace zh::vault
