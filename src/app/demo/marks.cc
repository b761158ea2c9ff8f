#include "app/demo/marks.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace zh::app::demo {

namespace {

constexpr int kEnglishPermille = 250;
constexpr std::int64_t kHeardMs = 6'000;  // how long a finding lasts in a call

struct Template {
  std::string_view item;
  std::string_view choice;
  int points;
  std::string_view zh;
  std::string_view en;
};

constexpr std::array kMinor{
    Template{"polite", "minor", 2, "开头没有报工号", "Does not give the staff number at the start"},
    Template{"listening", "minor", 2, "客户说话时插话", "Cuts in while the customer is speaking"},
    Template{"clear", "minor", 1, "语速偏快，客户请其重复", "Speaks too fast; the customer asks again"},
    Template{"language", "minor", 2, "用了“应该吧”这样含糊的说法", "Says \"should be fine, I guess\""},
    Template{"records", "minor", 3, "工单里没有记订单尾号", "The order number is missing in the ticket"},
};
constexpr std::array kGeneral{
    Template{"proactive", "general", 4, "没有主动告知退款期限", "Does not say how long the refund takes"},
    Template{"business", "general", 5, "积分规则答错", "Gets the rule about points wrong"},
    Template{"guiding", "general", 4, "没有把话题带回问题本身", "Does not lead back to the problem"},
    Template{"process", "general", 6, "没有核对身份就查询订单", "Looks up the order without checking who is calling"},
};
constexpr std::array kSevere{
    Template{"composure", "severe", 8, "以“这个不归我管”回应客户", "Answers \"that is not my job\""},
    Template{"solution", "severe", 9, "投诉没有登记，客户只好再次来电",
             "Does not enter the complaint, so the customer has to call again"},
};

class Findings {
 public:
  Findings(const quality::Extent& extent, Random& random, quality::Marks begun)
      : extent_(extent), random_(random), english_(random.chance(kEnglishPermille)), marks_(std::move(begun)) {}

  // One of these; gives its points.
  int add(std::span<const Template> templates) {
    const Template& chosen = templates[static_cast<std::size_t>(random_.below(static_cast<int>(templates.size())))];
    const bool known = std::ranges::any_of(marks_.findings, [&](const auto& it) { return it.item == chosen.item; });
    if (known) return 0;
    marks_.findings.push_back({.number = static_cast<int>(marks_.findings.size()) + 1,
                               .item = std::string(chosen.item),
                               .choice = std::string(chosen.choice),
                               .points = chosen.points,
                               .span = somewhere(),
                               .reason = std::string(english_ ? chosen.en : chosen.zh)});
    return chosen.points;
  }
  quality::Marks done() && { return std::move(marks_); }

 private:
  quality::Span somewhere() {
    const std::int64_t length = extent_.duration_ms.value_or(0);
    if (length < 2 * kHeardMs) return {};
    const std::int64_t from = random_.below(static_cast<int>(length - kHeardMs));
    return {.of = quality::Span::Of::time, .turn = 0, .from = from, .until = from + kHeardMs};
  }

  const quality::Extent& extent_;
  Random& random_;
  bool english_;
  quality::Marks marks_;
};

}  // namespace

quality::Marks marks_near(int score, const quality::Extent& extent, Random& random, quality::Marks begun) {
  constexpr int kTriesMax = 12;
  int left = 100 - score;
  for (const quality::Finding& finding : begun.findings) left -= finding.points;
  Findings findings(extent, random, std::move(begun));
  if (left >= 12 && random.chance(700)) left -= findings.add(kSevere);
  for (int i = 0; i < kTriesMax && left > 0; ++i)
    left -= findings.add(left >= 4 ? std::span<const Template>(kGeneral) : kMinor);
  return std::move(findings).done();
}

}  // namespace zh::app::demo
