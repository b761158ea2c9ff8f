// Text that a person reads, in both languages of the product. Written where the thing is known, chosen where it is
// shown.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace zh {

enum class Language { zh, en };

// One sentence or label in both languages. Neither side is a fallback for the other: both are always written.
struct Text {
  std::string zh;
  std::string en;

  const std::string& in(Language language) const { return language == Language::zh ? zh : en; }
  friend bool operator==(const Text&, const Text&) = default;
};

// The same words in both languages: names, figures, quoted input.
inline Text verbatim(std::string words) { return {.zh = words, .en = std::move(words)}; }

// "zh", "zh-CN", "zh_CN.UTF-8" → zh; "en…" → en; anything else → nothing.
inline std::optional<Language> language_from(std::string_view tag) {
  if (tag.starts_with("zh")) return Language::zh;
  if (tag.starts_with("en")) return Language::en;
  return std::nullopt;
}

}  // namespace zh
