#include "policy/checks/operators.h"

#include <algorithm>
#include <array>

namespace zh::policy {

namespace {

using Kind = InputKind;
using Word = std::string_view;

constexpr std::array<Word, 4> kPersonal{"phone", "id_number", "bank_card", "email"};
constexpr std::array<Word, 4> kRoles{"any", "agent", "customer", "system"};
constexpr std::array<Word, 2> kOrders{"as_written", "any"};

constexpr std::array kNeeds{KeyInfo{"any", Kind::words, "任一", "any of"},
                            KeyInfo{"all", Kind::words, "全部", "all of"},
                            KeyInfo{"none", Kind::words, "都没有", "none of"},
                            KeyInfo{"at_least", Kind::count, "至少几个（配合 of）", "at least so many, with `of`"},
                            KeyInfo{"of", Kind::words, "其中", "of these"},
                            KeyInfo{"but_not", Kind::words, "不算", "but not within these"}};
constexpr std::array kAtLeast{KeyInfo{"count", Kind::count, "至少几个", "how many at least", true},
                              KeyInfo{"of", Kind::conditions, "条件", "conditions", true}};
constexpr std::array kNear{KeyInfo{"first", Kind::words, "前面的词", "the words before", true},
                           KeyInfo{"then", Kind::words, "后面的词", "the words behind", true},
                           KeyInfo{"within", Kind::count, "最多隔几个字", "characters between at most", true},
                           KeyInfo{"order", Kind::choice, "次序", "order", false, kOrders}};
constexpr std::array kSpeaks{KeyInfo{"characters", Kind::count, "至少几个字", "characters at least", true}};
constexpr std::array kRepeated{
    KeyInfo{"times", Kind::count, "几遍", "how often", true},
    KeyInfo{"characters", Kind::count, "句子至少几个字", "characters of the sentence at least"}};
constexpr std::array kUnanswered{KeyInfo{"within", Kind::count, "几轮之内", "within how many turns", true},
                                 KeyInfo{"questions", Kind::words, "算作提问的词", "words that make a question"}};
constexpr std::array kSimilar{KeyInfo{"to", Kind::sentences, "句子", "the sentences", true},
                              KeyInfo{"percent", Kind::percent, "至少多相似", "how much alike at least"},
                              KeyInfo{"grams", Kind::count, "几个字一组", "characters in a group"}};
constexpr std::array kLasts{KeyInfo{"seconds", Kind::seconds, "至少几秒", "seconds at least", true},
                            KeyInfo{"times", Kind::count, "至少几次", "how often at least"},
                            KeyInfo{"total", Kind::seconds, "合计至少几秒", "seconds together at least"},
                            KeyInfo{"share", Kind::percent, "至少占时长百分之几", "percent of the time at least"}};
constexpr std::span<const KeyInfo> kNone{};

constexpr std::array kOperators{
    OperatorInfo{"phrases", "说了短语", "phrases are said", Kind::words, kNeeds, true, true},
    OperatorInfo{"patterns", "符合正则表达式", "patterns are matched", Kind::sentences, kNeeds, true, true},
    OperatorInfo{"expression", "短语的与或非", "phrases joined by and, or, not", Kind::text, kNone, true, true},
    OperatorInfo{"near", "两个词相隔不远", "two words near each other", Kind::text, kNear, true, true},
    OperatorInfo{"template", "按模板说", "a template is said", Kind::text, kNone, true, true},
    OperatorInfo{"similar", "相似的句子", "a sentence like these", Kind::text, kSimilar, true},
    OperatorInfo{"speaks", "说了话", "something is said", Kind::text, kSpeaks, true},
    OperatorInfo{"repeated", "重复同一句话", "a sentence is repeated", Kind::text, kRepeated, true},
    OperatorInfo{"unanswered", "提问没有回应", "a question is not answered", Kind::text, kUnanswered, true},
    OperatorInfo{"personal_data", "说出个人信息", "personal data is said", Kind::choices, kNone, true, false,
                 kPersonal},
    OperatorInfo{"flow", "依次的步骤", "steps in order", Kind::steps, kNone},
    OperatorInfo{"silence", "静音", "silence", Kind::text, kLasts, true},
    OperatorInfo{"overlap", "同时说话", "both speak", Kind::text, kLasts, true},
    OperatorInfo{"delay", "答复之前的等待", "waiting for an answer", Kind::text, kLasts, true},
    OperatorInfo{"measure", "度量", "a measure", Kind::formula, kNone},
    OperatorInfo{"contact", "联络的字段", "fields of the contact", Kind::fields, kNone},
    OperatorInfo{"all", "全部成立", "all of these", Kind::conditions, kNone},
    OperatorInfo{"any", "任一成立", "any of these", Kind::conditions, kNone},
    OperatorInfo{"none", "都不成立", "none of these", Kind::conditions, kNone},
    OperatorInfo{"at_least", "至少几个成立", "at least so many of these", Kind::text, kAtLeast},
    OperatorInfo{"use", "用起了名字的条件", "a condition with a name", Kind::name, kNone}};

constexpr std::array kScope{
    KeyInfo{"role", Kind::choice, "谁说的", "who speaks", false, kRoles},
    KeyInfo{"first", Kind::reach, "开头几轮或几秒", "the first turns or seconds"},
    KeyInfo{"last", Kind::reach, "最后几轮或几秒", "the last turns or seconds"},
    KeyInfo{"range", Kind::turns, "第几轮到第几轮，负数从末尾数", "from turn to turn, negative from the end"},
    KeyInfo{"before", Kind::name, "在某条件的命中之前", "before a hit of another condition"},
    KeyInfo{"after", Kind::name, "在某条件的命中之后", "after a hit of another condition"},
    KeyInfo{"around", Kind::name, "在某条件的命中前后", "around a hit of another condition"},
    KeyInfo{"how_many", Kind::text, "几轮成立：any、all、none 或数", "in how many turns: any, all, none or a number"}};

}  // namespace

std::string_view name_of(InputKind kind) {
  constexpr std::array<Word, 17> kNames{"words",     "sentences",  "text",    "count",   "seconds", "percent",
                                        "flag",      "choice",     "choices", "formula", "reach",   "turns",
                                        "condition", "conditions", "steps",   "name",    "fields"};
  return kNames.at(static_cast<std::size_t>(kind));
}

std::span<const OperatorInfo> operators() { return kOperators; }

const OperatorInfo* find_operator(std::string_view name) {
  const auto found = std::ranges::find(kOperators, name, &OperatorInfo::name);
  return found == kOperators.end() ? nullptr : &*found;
}

std::span<const KeyInfo> scope_keys() { return kScope; }

}  // namespace zh::policy
