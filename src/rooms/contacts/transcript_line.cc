#include "rooms/contacts/transcript_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/csv.h"
#include "base/json_items.h"
#include "base/utf8.h"

namespace zh::contacts {

namespace {

constexpr std::size_t kNameBytes = 200;                 // of ids, agents, customers, products
constexpr std::int64_t kMostMs = 7LL * 24 * 3'600'000;  // a week after the beginning
constexpr std::size_t kDepth = 4;

constexpr std::array<std::string_view, 7> kFields{"source_id",  "channel", "agent", "customer",
                                                  "started_at", "product", "turns"};
constexpr std::array<std::string_view, 4> kTurnFields{"role", "start_ms", "end_ms", "text"};

std::string shown(std::string_view text) { return utf8::shortened(text, 40); }

// What is wrong with a field: where ("", or "turn 12: ") and why.
Error problem(const std::string& at, const Text& why) {
  const std::string zh = at.empty() ? "" : fmt::format("第 {} 轮：", at);
  const std::string en = at.empty() ? "" : fmt::format("turn {}: ", at);
  return invalid({.zh = zh + why.zh, .en = en + why.en});
}

Status check_names(const json::Object& object, std::span<const std::string_view> known, const std::string& at) {
  for (const json::Member& member : object) {
    if (std::ranges::find(known, member.name) != known.end()) continue;
    const std::string_view near = nearest(member.name, known);
    const std::string all = fmt::format("{}", fmt::join(known, ", "));
    return problem(at,
                   {.zh = fmt::format("未知的字段“{}”；{}", shown(member.name),
                                      near.empty() ? "可用：" + all : fmt::format("是否指“{}”？", near)),
                    .en = fmt::format("unknown field \"{}\"; {}", shown(member.name),
                                      near.empty() ? "there are: " + all : fmt::format("did you mean \"{}\"?", near))});
  }
  return {};
}

// The field's value; nullptr when it is left out or null.
const json::Value* find(const json::Value& object, std::string_view name) {
  const json::Value* const value = object.find(name);
  return value == nullptr || value->is_null() ? nullptr : value;
}

Result<const json::Value*> require(const json::Value& object, std::string_view name, const std::string& at) {
  const json::Value* const value = find(object, name);
  if (value != nullptr) return value;
  return problem(at, {.zh = fmt::format("缺少 {}", name), .en = fmt::format("{} is missing", name)});
}

Result<std::string> text_of(const json::Value& value, std::string_view name, const std::string& at) {
  const std::string* const text = value.text();
  if (text == nullptr) {
    return problem(at, {.zh = fmt::format("{} 应为文本", name),
                        .en = fmt::format("{} is a text, not a {}", name, value.type_name())});
  }
  if (text->find('\0') != std::string::npos) {
    return problem(at, {.zh = fmt::format("{} 含有零字节", name), .en = fmt::format("{} holds a zero byte", name)});
  }
  return *text;
}

// A short text on one line, "" when it is left out.
Result<std::string> name_in(const json::Value& object, std::string_view name) {
  const json::Value* const value = find(object, name);
  if (value == nullptr) return std::string();
  ZH_TRY(std::string text, text_of(*value, name, ""));
  if (text.size() > kNameBytes) {
    return problem("", {.zh = fmt::format("{} 超过 {} 字节", name, kNameBytes),
                        .en = fmt::format("{} is longer than {} bytes", name, kNameBytes)});
  }
  const auto is_control = [](char c) { return (c >= 0 && c < ' ') || c == '\x7F'; };
  if (std::ranges::any_of(text, is_control)) {
    return problem(
        "", {.zh = fmt::format("{} 含有控制字符", name), .en = fmt::format("{} holds a control character", name)});
  }
  return text;
}

Result<std::string> required_name(const json::Value& object, std::string_view name) {
  ZH_TRY([[maybe_unused]] const json::Value* const value, require(object, name, ""));
  ZH_TRY(std::string text, name_in(object, name));
  if (!text.empty()) return text;
  return problem("", {.zh = fmt::format("{} 是空的", name), .en = fmt::format("{} is empty", name)});
}

Result<Channel> channel_in(const json::Value& object) {
  ZH_TRY(const std::string word, required_name(object, "channel"));
  for (const Channel channel : {Channel::call, Channel::chat, Channel::mail}) {
    if (name_of(channel) == word) return channel;
  }
  return problem("", {.zh = fmt::format("channel 应为 call、chat 或 mail，而不是“{}”", shown(word)),
                      .en = fmt::format("channel is call, chat or mail, not \"{}\"", shown(word))});
}

Result<Role> role_in(const json::Value& turn, const std::string& at) {
  ZH_TRY(const json::Value* const value, require(turn, "role", at));
  ZH_TRY(const std::string word, text_of(*value, "role", at));
  for (const Role role : {Role::agent, Role::customer, Role::system}) {
    if (name_of(role) == word) return role;
  }
  return problem(at, {.zh = fmt::format("role 应为 agent、customer 或 system，而不是“{}”", shown(word)),
                      .en = fmt::format("role is agent, customer or system, not \"{}\"", shown(word))});
}

Result<std::optional<std::int64_t>> time_in(const json::Value& turn, std::string_view name, const std::string& at) {
  const json::Value* const value = find(turn, name);
  if (value == nullptr) return std::optional<std::int64_t>();
  const auto ms = value->integer();
  if (ms.has_value() && *ms >= 0 && *ms <= kMostMs) return ms;
  return problem(at, {.zh = fmt::format("{} 应为 0 到 {} 的整数（毫秒）", name, kMostMs),
                      .en = fmt::format("{} is a whole number of milliseconds from 0 to {}", name, kMostMs)});
}

Result<Turn> turn_of(const json::Value& value, const std::string& at) {
  if (value.object() == nullptr) {
    return problem(at, {.zh = "应为一个对象", .en = fmt::format("a turn is an object, not a {}", value.type_name())});
  }
  ZH_CHECK(check_names(*value.object(), kTurnFields, at));
  Turn turn;
  ZH_TRY(turn.role, role_in(value, at));
  ZH_TRY(turn.start_ms, time_in(value, "start_ms", at));
  ZH_TRY(turn.end_ms, time_in(value, "end_ms", at));
  if (turn.end_ms && turn.end_ms < turn.start_ms) {
    return problem(at, {.zh = fmt::format("end_ms {} 早于 start_ms {}", *turn.end_ms, *turn.start_ms),
                        .en = fmt::format("end_ms {} lies before start_ms {}", *turn.end_ms, *turn.start_ms)});
  }
  ZH_TRY(const json::Value* const text, require(value, "text", at));
  ZH_TRY(turn.text, text_of(*text, "text", at));
  return turn;
}

// The turns as they come: what is wrong with them is told once the rest of the line is known to be right, and past the
// most there may be they are counted and not kept.
class TurnList {
 public:
  void take(const json::Value& item) {
    if (++count_ > kTurnsMax || problem_) return;
    auto turn = turn_of(item, std::to_string(count_));
    if (turn.ok()) {
      turns_.push_back(*std::move(turn));
    } else {
      problem_ = std::move(turn).error();
    }
  }

  Result<std::vector<Turn>> finish(const json::Value& object) && {
    ZH_TRY(const json::Value* const value, require(object, "turns", ""));
    if (value->array() == nullptr) {
      return problem("",
                     {.zh = "turns 应为一个列表", .en = fmt::format("turns is a list, not a {}", value->type_name())});
    }
    if (count_ > kTurnsMax) {
      return error(ErrorCode::limit,
                   {.zh = fmt::format("对话有 {} 轮，最多 {} 轮", count_, kTurnsMax),
                    .en = fmt::format("the conversation has {} turns; {} is the most", count_, kTurnsMax)});
    }
    if (problem_) return *std::move(problem_);
    return std::move(turns_);
  }

 private:
  std::size_t count_ = 0;
  std::vector<Turn> turns_;
  std::optional<Error> problem_;
};

}  // namespace

Result<Transcript> parse_transcript(std::string_view line, const Zone& zone) {
  TurnList turns;
  ZH_TRY(const json::Value object,
         json::parse_items(line, "turns", [&turns](const json::Value& item) { turns.take(item); },
                           {.bytes = kTranscriptBytes, .depth = kDepth}));
  if (object.object() == nullptr) {
    return problem("", {.zh = "一行应为一个 JSON 对象",
                        .en = fmt::format("a line is a JSON object, not a {}", object.type_name())});
  }
  ZH_CHECK(check_names(*object.object(), kFields, ""));
  Transcript transcript;
  ZH_TRY(transcript.source_id, required_name(object, "source_id"));
  ZH_TRY(transcript.channel, channel_in(object));
  ZH_TRY(transcript.agent, name_in(object, "agent"));
  ZH_TRY(transcript.customer, name_in(object, "customer"));
  ZH_TRY(const std::string started_at, required_name(object, "started_at"));
  ZH_TRY(transcript.started_at, zone.parse_instant(started_at));
  ZH_TRY(transcript.product, name_in(object, "product"));
  ZH_TRY(transcript.turns, std::move(turns).finish(object));
  return transcript;
}

std::string source_id_in(std::string_view line) {
  constexpr std::string_view kName = "\"source_id\"";
  constexpr std::string_view kBlanks = " \t";
  const std::size_t name = line.find(kName);
  if (name == std::string_view::npos) return {};
  const std::size_t colon = line.find_first_not_of(kBlanks, name + kName.size());
  if (colon == std::string_view::npos || line[colon] != ':') return {};
  const std::size_t quote = line.find_first_not_of(kBlanks, colon + 1);
  if (quote == std::string_view::npos || line[quote] != '"') return {};
  const std::string_view rest = line.substr(quote + 1, kNameBytes + 1);
  const std::string_view id = rest.substr(0, rest.find('"'));
  // What is escaped is of no telephone system: ids are plain.
  const bool plain = id.size() < rest.size() && id.find('\\') == std::string_view::npos && utf8::is_valid(id);
  return plain ? std::string(id) : std::string();
}

}  // namespace zh::contacts
