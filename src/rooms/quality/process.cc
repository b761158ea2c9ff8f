#include "rooms/quality/process.h"

#include <fmt/format.h>

#include <algorithm>

namespace zh::quality {

namespace {

constexpr std::array kGuards{
    Guard{"analysed", "月份已结束，问题有原因和改进措施", "the month is over, problems have a cause and a measure"},
    Guard{"another_person", "不能由制定或提交的人自己办理", "by somebody else than who drew it up or handed it in"},
    Guard{"blind", "盲评尚未给出", "assigned blind and not read yet"},
    Guard{"complete", "每个问题都写明原因，每一项都有结果", "every finding has its reason, every item its answer"},
    Guard{"extension_asked", "已申请延期", "an extension was asked for"},
    Guard{"finding_gone", "申诉或作废已撤销该问题", "an appeal or an annulment has taken the finding back"},
    Guard{"in_review", "所在周批次正在审核", "its weekly batch is in review"},
    Guard{"later_record", "写明整改之后的记录", "names a record made after the rectification"},
    Guard{"may_inspect", "不是本人的记录，也不是本班组成员的", "not the own record nor one of the own group"},
    Guard{"never_lower", "申诉不得使得分降低", "an appeal never lowers a score"},
    Guard{"nothing_open", "抽到的记录都已公布", "everything drawn is published"},
    Guard{"overdue", "期限已过，尚未报告完成", "the last day is over and nothing is reported"},
    Guard{"own_assignment", "分配给本人", "assigned to the one who acts"},
    Guard{"own_result", "本人的结果", "about the one who acts"},
    Guard{"reason_given", "写明理由", "with a reason"},
    Guard{"round_not_drawn", "这一轮还没有抽样", "the round is not drawn yet"},
    Guard{"talks_recorded", "应有的谈话都已记录", "every talk that is due is recorded"},
    Guard{"window_over", "期限已过", "the window is over"},
    Guard{"within_window", "在期限之内", "within the window"},
};

std::vector<std::string_view> roles_of(std::string_view who) {
  std::vector<std::string_view> roles;
  while (!who.empty()) {
    const auto end = who.find(' ');
    roles.push_back(who.substr(0, end));
    who.remove_prefix(end == std::string_view::npos ? who.size() : end + 1);
  }
  return roles;
}

std::string bilingual(std::string_view zh, std::string_view en) {
  return zh == en ? std::string(zh) : fmt::format("{} · {}", zh, en);
}

const Guard* find_guard(std::string_view name) {
  const auto found = std::ranges::find(kGuards, name, &Guard::name);
  return found == kGuards.end() ? nullptr : &*found;
}

template <class State, class Action, std::size_t n>
void write_table(std::string& out, std::string_view title, std::span<const Transition<State, Action>, n> process) {
  out += fmt::format(
      "\n## {}\n\n| 从 · from | 动作 · action | 到 · to | 谁 · who | 条件 · guard | 条款 · clause "
      "|\n|---|---|---|---|---|---|\n",
      title);
  for (const auto& it : process) {
    const auto cell = [](const auto& word) { return fmt::format("`{}` {}", word.name, word.zh); };
    const Guard* const guard = find_guard(it.guard);
    out += fmt::format("| {} | {} | {} | {} | {} | {} |\n", cell(word_of(it.from)), cell(word_of(it.action)),
                       cell(word_of(it.to)), fmt::join(roles_of(it.who), ", "),
                       guard == nullptr ? std::string() : bilingual(guard->zh, guard->en), it.clause);
  }
}

}  // namespace

Actor Actor::program(std::string account) {
  return {.account = std::move(account), .staff_no = {}, .roles = {"system"}};
}

bool Actor::has_role(std::string_view role) const { return std::ranges::find(roles, role) != roles.end(); }

std::span<const Guard> guards() { return kGuards; }

namespace process_detail {

bool may(std::string_view who, const Actor& actor) {
  return std::ranges::any_of(roles_of(who), [&](std::string_view role) { return actor.has_role(role); });
}

Error no_such_step(Text state, Text action, std::string_view clause) {
  return error(ErrorCode::conflict,
               {.zh = fmt::format("现在是“{}”，不能“{}”", state.zh, action.zh),
                .en = fmt::format("it is \"{}\" now, which does not allow \"{}\"", state.en, action.en)},
               {}, std::string(clause));
}

Error not_for_role(Text action, std::string_view who, std::string_view clause) {
  return error(ErrorCode::forbidden,
               {.zh = fmt::format("“{}”由 {} 办理", action.zh, fmt::join(roles_of(who), "、")),
                .en = fmt::format("\"{}\" is for {}", action.en, fmt::join(roles_of(who), ", "))},
               {}, std::string(clause));
}

Error changed_since(const Text& what) {
  return error(ErrorCode::stale, {.zh = fmt::format("{}已被别人修改，请重新读取", what.zh),
                                  .en = fmt::format("somebody else has changed {}: read it again", what.en)});
}

}  // namespace process_detail

std::string processes_markdown() {
  std::string out =
      "# 质检流程 · Processes of the quality room\n\n"
      "由 src/rooms/quality/process.h 生成，测试会比对。表里没有的一律拒绝。\n"
      "Written from src/rooms/quality/process.h; a test compares. What is not in a table is refused.\n";
  write_table(out, "质检计划 · plan", kPlanProcess);
  write_table(out, "检查 · inspection", kInspectionProcess);
  write_table(out, "每周批次 · weekly batch", kBatchProcess);
  write_table(out, "谈话 · talk", kTalkProcess);
  write_table(out, "申诉 · appeal", kAppealProcess);
  write_table(out, "整改 · rectification", kRectificationProcess);
  write_table(out, "质检月报 · monthly report", kReportProcess);
  return out;
}

}  // namespace zh::quality
