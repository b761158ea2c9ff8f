// What the routes of samples and of what they say take and give. Private to the api.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rooms/quality/api/figures_json.h"

namespace zh::quality::api {

// ---- a round's sample

struct ReplacedJson {
  std::string staff_no = {};
  std::optional<std::string> name = {};
  std::int64_t place = 0;  // of the record that could not be used
  std::string contact = {};
  std::string reason = {};
  std::string by = {};  // the contact that stands in for it
};
struct PickJson {
  std::string staff_no = {};
  std::optional<std::string> name = {};
  std::int64_t place = 0;
  std::string contact = {};
  std::string probability = {};  // exact: "2/37"
  std::optional<std::int64_t> replaces = {};
};
struct DrawnJson {
  Instant drawn_at = {};
  Hash seed = {};
  Hash frame = {};
  std::int64_t strata = 0;
  std::int64_t contacts = 0;
  std::vector<PickJson> picks = {};
  std::vector<ReplacedJson> replaced = {};
};
struct SampleJson {
  Hash commitment = {};
  Instant committed_at = {};
  Date from = {};
  Date to = {};
  bool committed_before_period = false;
  std::optional<TextJson> warning = {};  // where the commitment came too late
  std::optional<DrawnJson> drawn = {};   // none before the draw: the seed is nobody's
};
struct SampleFindingJson {
  std::optional<std::string> staff_no = {};
  TextJson what = {};
};
struct VerificationJson {
  bool holds = false;
  bool committed_before_period = false;
  std::int64_t strata = 0;
  std::int64_t contacts = 0;
  std::vector<SampleFindingJson> findings = {};
};

// ---- an agent's own draws

struct OwnDrawJson {
  int plan = 0;
  int round = 0;
  std::string title = {};
  Month month = {};
  Hash commitment = {};
  Instant committed_at = {};
  bool committed_before_period = false;
  std::optional<Instant> drawn_at = {};
  std::optional<std::int64_t> contacts = {};  // own ones in the frame
  std::optional<std::int64_t> drawn = {};     // own ones in the sample
};
struct OwnContactJson {
  std::string contact = {};
  std::string channel = {};
  std::string product = {};
  std::string time_of_day = {};
  std::optional<Instant> occurred_at = {};  // none where its import was undone since
  bool drawn = false;
  std::string probability = {};
};
// The document that `zhiheng sample proof` writes, and what checking it here says.
struct OwnProofJson {
  Hash commitment = {};
  Hash seed = {};
  Hash frame = {};
  Hash salt = {};
  std::string stratum = {};
  std::int64_t index = 0;
  std::int64_t leaves = 0;
  std::vector<Hash> path = {};
  std::vector<std::string> drawn = {};
  bool holds = false;
  TextJson verdict = {};
  std::vector<OwnContactJson> contacts = {};
};

// ---- what the sample says

struct ComparisonJson {
  std::string staff_no = {};  // who is compared with
  std::string verdict = {};
  TextJson text = {};
  std::optional<Decimal> difference = {};
  std::optional<Decimal> low = {};
  std::optional<Decimal> high = {};
};
struct MeanJson {
  std::string staff_no = {};
  std::optional<std::string> name = {};
  std::string group = {};
  std::int64_t inspected = 0;
  std::int64_t contacts = 0;
  EstimateJson mean = {};
  EstimateJson severe = {};
  std::optional<ComparisonJson> versus_above = {};  // the next higher one of this list
};
struct ComparisonQuery {
  std::string first = {};
  std::string second = {};
};

// ---- an absent inspector

struct AbsenceBody {
  std::string from = {};
  std::vector<std::string> to = {};  // none: all others of the plan
};

}  // namespace zh::quality::api

ZH_RECORD(ReplacedJson, "ReplacedRecord", ZH_ABOUT(staff_no, "staff_no", Unit::none),
          ZH_ABOUT(name, "name", Unit::none), ZH_PLAIN(place, "place"), ZH_PLAIN(contact, "contact"),
          ZH_ABOUT(reason, "reason", Unit::none), ZH_PLAIN(by, "by"));
ZH_RECORD(PickJson, "SamplePick", ZH_ABOUT(staff_no, "staff_no", Unit::none), ZH_ABOUT(name, "name", Unit::none),
          ZH_PLAIN(place, "place"), ZH_PLAIN(contact, "contact"), ZH_PLAIN(probability, "probability"),
          ZH_PLAIN(replaces, "replaces"));
ZH_RECORD(DrawnJson, "DrawnSample", ZH_PLAIN(drawn_at, "drawn_at"), ZH_PLAIN(seed, "seed"), ZH_PLAIN(frame, "frame"),
          ZH_RULE(strata, "strata", Unit::count), ZH_RULE(contacts, "contacts", Unit::count), ZH_PLAIN(picks, "picks"),
          ZH_PLAIN(replaced, "replaced"));
ZH_RECORD(SampleJson, "Sample", ZH_PLAIN(commitment, "commitment"), ZH_PLAIN(committed_at, "committed_at"),
          ZH_PLAIN(from, "from"), ZH_PLAIN(to, "to"), ZH_PLAIN(committed_before_period, "committed_before_period"),
          ZH_PLAIN(warning, "warning"), ZH_PLAIN(drawn, "drawn"));
ZH_RECORD(SampleFindingJson, "SampleFinding", ZH_ABOUT(staff_no, "staff_no", Unit::none), ZH_PLAIN(what, "what"));
ZH_RECORD(VerificationJson, "SampleVerification", ZH_PLAIN(holds, "holds"),
          ZH_PLAIN(committed_before_period, "committed_before_period"), ZH_RULE(strata, "strata", Unit::count),
          ZH_RULE(contacts, "contacts", Unit::count), ZH_PLAIN(findings, "findings"));
ZH_RECORD(OwnDrawJson, "OwnDraw", ZH_PLAIN(plan, "plan"), ZH_PLAIN(round, "round"), ZH_PLAIN(title, "title"),
          ZH_PLAIN(month, "month"), ZH_PLAIN(commitment, "commitment"), ZH_PLAIN(committed_at, "committed_at"),
          ZH_PLAIN(committed_before_period, "committed_before_period"), ZH_PLAIN(drawn_at, "drawn_at"),
          ZH_ABOUT(contacts, "contacts", Unit::count), ZH_ABOUT(drawn, "drawn", Unit::count));
ZH_RECORD(OwnContactJson, "OwnContact", ZH_PLAIN(contact, "contact"), ZH_PLAIN(channel, "channel"),
          ZH_PLAIN(product, "product"), ZH_PLAIN(time_of_day, "time_of_day"), ZH_PLAIN(occurred_at, "occurred_at"),
          ZH_PLAIN(drawn, "drawn"), ZH_PLAIN(probability, "probability"));
ZH_RECORD(OwnProofJson, "OwnProof", ZH_PLAIN(commitment, "commitment"), ZH_PLAIN(seed, "seed"),
          ZH_PLAIN(frame, "frame"), ZH_PLAIN(salt, "salt"), ZH_ABOUT(stratum, "stratum", Unit::none),
          ZH_PLAIN(index, "index"), ZH_PLAIN(leaves, "leaves"), ZH_PLAIN(path, "path"), ZH_PLAIN(drawn, "drawn"),
          ZH_PLAIN(holds, "holds"), ZH_PLAIN(verdict, "verdict"), ZH_PLAIN(contacts, "contacts"));
ZH_RECORD(ComparisonJson, "MeanComparison", ZH_ABOUT(staff_no, "staff_no", Unit::none), ZH_PLAIN(verdict, "verdict"),
          ZH_PLAIN(text, "text"), ZH_ABOUT(difference, "difference", Unit::points), ZH_ABOUT(low, "low", Unit::points),
          ZH_ABOUT(high, "high", Unit::points));
ZH_RECORD(MeanJson, "AgentMean", ZH_ABOUT(staff_no, "staff_no", Unit::none), ZH_ABOUT(name, "name", Unit::none),
          ZH_PLAIN(group, "group"), ZH_ABOUT(inspected, "inspected", Unit::count),
          ZH_ABOUT(contacts, "contacts", Unit::count), ZH_ABOUT(mean, "mean", Unit::points),
          ZH_ABOUT(severe, "severe", Unit::none), ZH_ABOUT(versus_above, "versus_above", Unit::none));
ZH_RECORD(ComparisonQuery, "MeanComparisonQuery", http::input(&R::first, "first"), http::input(&R::second, "second"));
ZH_RECORD(AbsenceBody, "InspectorAbsence", http::input(&R::from, "from"), http::input(&R::to, "to"));
