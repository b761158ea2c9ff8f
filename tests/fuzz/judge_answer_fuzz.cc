// An answer of anything: it is refused or answers every question once; and evidence, whatever was quoted, lies within
// the turn it names and reads as the quote does.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "analysis/text/normalise.h"
#include "base/utf8.h"
#include "judge/answer.h"
#include "judge/evidence.h"

namespace {

void must(bool holds) {
  if (!holds) std::abort();
}

const std::vector<zh::judge::Question> kQuestions = {{"comfort", {.zh = "没有安抚", .en = "not comforted"}},
                                                     {"evade", {.zh = "推诿", .en = "evaded"}}};
const std::vector<zh::judge::Line> kLines = {{"customer", "我已經等了３天，太過分了！😀"},
                                             {"agent", "You  CAN'T ﬁnd it? 您好"}};

void prove(const zh::judge::Opinion& opinion, const zh::text::Normaliser& normaliser) {
  zh::judge::Evidence evidence(kLines, normaliser);
  const zh::judge::Proved proved = evidence.of(opinion);
  must(opinion.found || (proved.places.empty() && proved.dropped.empty()));
  for (const zh::judge::QuotePlace& place : proved.places) {
    must(place.turn >= 0 && static_cast<std::size_t>(place.turn) < kLines.size());
    const std::string& text = kLines[static_cast<std::size_t>(place.turn)].text;
    must(place.characters.from < place.characters.to && place.characters.to <= zh::utf8::length(text));
    const std::size_t from = zh::utf8::offset_of(text, place.characters.from);
    const std::string words =
        normaliser.normalise(text.substr(from, zh::utf8::offset_of(text, place.characters.to) - from));
    must(std::ranges::any_of(opinion.quotes, [&](const zh::judge::Quote& quote) {
      return words.find(normaliser.normalise(quote.text)) != std::string::npos;
    }));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto answer = zh::judge::parse_answer(std::string_view(reinterpret_cast<const char*>(data), size), kQuestions);
  if (!answer.ok()) return 0;
  must(answer->opinions.size() == kQuestions.size());
  const auto normaliser = zh::text::Normaliser::shared();
  if (!normaliser.ok()) return 0;
  for (std::size_t i = 0; i < kQuestions.size(); ++i) {
    must(answer->opinions[i].question == kQuestions[i].id);
    prove(answer->opinions[i], **normaliser);
  }
  return 0;
}
