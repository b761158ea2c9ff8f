// Which numbers of the room's enums are stored (db/stored_enum.h): for its stores.
#pragma once

#include "db/stored_enum.h"
#include "rooms/quality/appeal/appeal.h"
#include "rooms/quality/notice/notice.h"
#include "rooms/quality/plan/plan.h"
#include "rooms/quality/process_states.h"
#include "rooms/quality/proposal/proposal.h"
#include "rooms/quality/review/talk.h"
#include "rooms/quality/rubric/scoring.h"

namespace zh::db {

template <>
struct Stored<quality::PlanState> : FromTo<quality::PlanState::draft, quality::PlanState::closed> {};
template <>
struct Stored<quality::InspectionMethod>
    : FromTo<quality::InspectionMethod::recording, quality::InspectionMethod::on_site> {};
template <>
struct Stored<quality::InspectionState> : FromTo<quality::InspectionState::assigned, quality::InspectionState::voided> {
};
template <>
struct Stored<quality::BatchState> : FromTo<quality::BatchState::collecting, quality::BatchState::closed> {};
template <>
struct Stored<quality::TalkState> : FromTo<quality::TalkState::due, quality::TalkState::dropped> {};
template <>
struct Stored<quality::Talk::About>
    : FromTo<quality::Talk::About::severe_finding, quality::Talk::About::poor_rectification> {};
template <>
struct Stored<quality::AppealState> : FromTo<quality::AppealState::filed, quality::AppealState::lapsed> {};
template <>
struct Stored<quality::AppealOutcome> : FromTo<quality::AppealOutcome::accepted, quality::AppealOutcome::rejected> {};
template <>
struct Stored<quality::RectificationState>
    : FromTo<quality::RectificationState::open, quality::RectificationState::dropped> {};
template <>
struct Stored<quality::ReportState> : FromTo<quality::ReportState::draft, quality::ReportState::approved> {};
template <>
struct Stored<quality::ProposalState> : FromTo<quality::ProposalState::open, quality::ProposalState::rejected> {};
template <>
struct Stored<quality::Span::Of> : FromTo<quality::Span::Of::whole, quality::Span::Of::text> {};
template <>
struct Stored<quality::Addressee::Kind> : FromTo<quality::Addressee::Kind::person, quality::Addressee::Kind::leaders> {
};
template <>
struct Stored<quality::NoticeAbout>
    : FromTo<quality::NoticeAbout::result_published, quality::NoticeAbout::report_returned> {};

}  // namespace zh::db
