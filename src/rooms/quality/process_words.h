// What the states and actions of the room's processes are called (process_states.h). Include process.h instead.
#pragma once

#include "rooms/quality/process_states.h"

#define ZH_WORDS(Enum, ...)                          \
  template <>                                        \
  struct zh::quality::Words<zh::quality::Enum> {     \
    using E = zh::quality::Enum;                     \
    using W = zh::quality::Word<E>;                  \
    static constexpr std::array kTable{__VA_ARGS__}; \
  }

ZH_WORDS(PlanState, W{E::draft, "draft", "草稿", "draft"}, W{E::approved, "approved", "已批准", "approved"},
         W{E::running, "running", "执行中", "running"}, W{E::closed, "closed", "已结束", "closed"});
ZH_WORDS(PlanAction, W{E::edit, "edit", "修改", "edit"}, W{E::approve, "approve", "批准", "approve"},
         W{E::draw, "draw", "抽样", "draw"}, W{E::close, "close", "结束", "close"});

ZH_WORDS(InspectionState, W{E::assigned, "assigned", "待检", "assigned"}, W{E::taken, "taken", "检查中", "taken"},
         W{E::submitted, "submitted", "已提交", "submitted"}, W{E::published, "published", "已公布", "published"},
         W{E::acknowledged, "acknowledged", "已确认", "acknowledged"},
         W{E::unusable, "unusable", "记录不可用", "unusable"}, W{E::voided, "voided", "已作废", "void"});
ZH_WORDS(InspectionAction, W{E::take, "take", "领取", "take"}, W{E::save, "save", "保存", "save"},
         W{E::release, "release", "退回待检", "release"}, W{E::reassign, "reassign", "改派", "reassign"},
         W{E::set_aside, "set_aside", "标为不可用", "set aside"}, W{E::submit, "submit", "提交", "submit"},
         W{E::send_back, "send_back", "退回修改", "send back"}, W{E::publish, "publish", "公布", "publish"},
         W{E::acknowledge, "acknowledge", "确认", "acknowledge"}, W{E::annul, "annul", "作废", "annul"});

ZH_WORDS(BatchState, W{E::collecting, "collecting", "汇总中", "collecting"},
         W{E::in_review, "in_review", "审核中", "in review"}, W{E::published, "published", "已公布", "published"},
         W{E::closed, "closed", "已办结", "closed"});
ZH_WORDS(BatchAction, W{E::hand_in, "hand_in", "上报", "hand in"}, W{E::send_back, "send_back", "退回", "send back"},
         W{E::publish, "publish", "审核并公布", "approve and publish"}, W{E::close, "close", "办结", "close"});

ZH_WORDS(TalkState, W{E::due, "due", "待谈话", "due"}, W{E::recorded, "recorded", "已记录", "recorded"},
         W{E::dropped, "dropped", "已撤销", "dropped"});
ZH_WORDS(TalkAction, W{E::record, "record", "记录谈话", "record"}, W{E::drop, "drop", "撤销", "drop"});

ZH_WORDS(AppealState, W{E::filed, "filed", "已提出", "filed"}, W{E::assigned, "assigned", "复核中", "under review"},
         W{E::decided, "decided", "已答复", "decided"}, W{E::filed_again, "filed_again", "再次申诉", "filed again"},
         W{E::final, "final", "终裁", "final"}, W{E::withdrawn, "withdrawn", "已撤回", "withdrawn"},
         W{E::expired, "expired", "逾期生效", "expired"}, W{E::lapsed, "lapsed", "已失效", "lapsed"});
ZH_WORDS(AppealAction, W{E::assign, "assign", "指派", "assign"}, W{E::read, "read", "盲评", "read blind"},
         W{E::decide, "decide", "答复", "decide"}, W{E::file_again, "file_again", "再次申诉", "file again"},
         W{E::withdraw, "withdraw", "撤回", "withdraw"}, W{E::expire, "expire", "逾期", "expire"},
         W{E::lapse, "lapse", "失效", "lapse"});

ZH_WORDS(RectificationState, W{E::open, "open", "待定措施", "open"},
         W{E::under_way, "under_way", "整改中", "under way"}, W{E::reported, "reported", "待验证", "reported"},
         W{E::verified, "verified", "已验证", "verified"}, W{E::dropped, "dropped", "已撤销", "dropped"});
ZH_WORDS(RectificationAction, W{E::prescribe, "prescribe", "规定期限", "prescribe"},
         W{E::set_measures, "set_measures", "写明措施", "set measures"}, W{E::report, "report", "报告完成", "report"},
         W{E::verify, "verify", "验证通过", "verify"}, W{E::find_poor, "find_poor", "整改不力", "find poor"},
         W{E::ask_extension, "ask_extension", "申请延期", "ask for an extension"},
         W{E::grant_extension, "grant_extension", "批准延期", "grant the extension"},
         W{E::refuse_extension, "refuse_extension", "不准延期", "refuse the extension"},
         W{E::escalate, "escalate", "催办", "escalate"}, W{E::drop, "drop", "撤销", "drop"});

ZH_WORDS(ReportState, W{E::draft, "draft", "草稿", "draft"}, W{E::submitted, "submitted", "已上报", "submitted"},
         W{E::approved, "approved", "已批准", "approved"});
ZH_WORDS(ReportAction, W{E::edit, "edit", "修改", "edit"}, W{E::submit, "submit", "上报", "submit"},
         W{E::approve, "approve", "批准", "approve"}, W{E::send_back, "send_back", "退回", "send back"});

#undef ZH_WORDS
