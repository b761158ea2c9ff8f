#include "rooms/inspection/judging/judging.h"

#include <fmt/format.h>

#include <random>

#include "base/utf8.h"
#include "jobs/jobs.h"
#include "ledger/audit.h"
#include "outbound/later.h"
#include "policy/checks/check_set.h"
#include "rooms/contacts/acoustics/acoustics.h"
#include "rooms/inspection/conversation.h"
#include "rooms/inspection/judging/judging_store.h"

namespace zh::inspection {

namespace {

using contacts::ContactPlace;
using contacts::StoredTranscript;
using PackPtr = std::shared_ptr<const policy::Pack>;

constexpr int kPage = 32;  // contacts looked at between two questions to the database

double chance() {
  thread_local std::mt19937_64 random{std::random_device{}()};
  return std::uniform_real_distribution<double>{0.0, 1.0}(random);
}

// What waits: contacts of the last so many days, today and what is dated later included.
Interval lately(const Zone& zone, const JudgingLimits& limits, Instant now) {
  return {zone.start_of(zone.date_of(now).plus_days(-limits.days)), kAllTime.until};
}

// A contact on its way through a run.
struct Task {
  StoredTranscript stored;
  std::optional<Judging> before;
  contacts::Transcript transcript = {};
  std::vector<const policy::Check*> asking = {};
  PackPtr pack = {};  // holds what `asking` points to
  judge::Inquiry inquiry = {};
  Judging after = {};
};

class JudgingTask {
 public:
  JudgingTask(db::Database& database, const JudgingOrder& order, const text::Normaliser& normaliser)
      : database_(database), order_(order), normaliser_(normaliser) {}

  Result<JudgingRun> go() {
    const Instant now = order_.now();
    store::JudgingStretch stretch{.offered = order_.offered.value_or(lately(order_.zone, order_.limits, now))};
    if (!order_.offered) stretch.waiting_at = now;
    for (bool more = true; more && !done_;) {
      ZH_TRY(const std::vector<ContactPlace> page, next_page(stretch));
      for (const ContactPlace& place : page) {
        if (order_.stop.stop_requested()) return error(ErrorCode::cancelled, {.zh = "已取消", .en = "cancelled"});
        ZH_CHECK(take(place));
        if (order_.progress) order_.progress(++looked_at_);
        if (done_) break;
      }
      more = page.size() == kPage;
      if (!page.empty()) stretch.before = page.back();
    }
    ZH_CHECK(tell_audit());
    return run_;
  }

 private:
  Result<std::vector<ContactPlace>> next_page(const store::JudgingStretch& stretch) {
    ZH_TRY(auto tx, database_.read(order_.stop));
    return store::to_be_judged(tx, stretch, kPage);
  }

  Status take(const ContactPlace& place) {
    ZH_TRY(auto tx, database_.read(order_.stop));
    ZH_TRY(auto stored, contacts::transcript_of(tx, place.call, place.number));
    if (!stored) return {};  // taken back meanwhile
    ZH_TRY(auto before, store::find_judging(tx, {.call = place.call, .number = place.number}));
    ZH_TRY(const auto sound, contacts::acoustics_of(tx, place.call, place.number));
    ZH_CHECK(tx.commit());
    Task task{.stored = *std::move(stored), .before = std::move(before)};
    task.after = {.contact = contacts::place_of(task.stored.contact),
                  .transcript = task.stored.content,
                  .due = order_.now(),
                  .model = order_.judge.model()};
    if (!order_.offered && !is_in_share(order_.limits.share, {.call = place.call, .number = place.number})) {
      ++run_.left_out;
      return end(task, JudgingState::left_out);
    }
    auto opened = contacts::open_transcript(task.stored, order_.keys);
    if (!opened.ok()) return give_up(task, opened.error());
    task.transcript = std::move(opened).value();
    ZH_CHECK(find_questions(task, sound ? &sound->measures : nullptr));
    if (task.asking.empty()) {
      ++run_.no_question;
      return end(task, JudgingState::done);
    }
    return put(task);
  }

  // Which checks of the day's pack ask about the contact.
  Status find_questions(Task& task, const audio::CallMeasures* heard) {
    auto found = pack_on(order_.zone.date_of(task.stored.contact.offered_at));
    if (!found.ok() && found.error().code == ErrorCode::not_found) return {};
    ZH_TRY(task.pack, std::move(found));
    task.after.pack = task.pack->version;
    if (task.pack->checks == nullptr) return {};
    contacts::make_spoken(task.transcript, normaliser_, spoken_);
    const ContactConversation contact = conversation_of(task.stored.contact, spoken_, heard, order_.zone);
    task.asking = task.pack->checks->asking(contact.conversation, workspace_);
    for (const policy::Check* const check : task.asking) {
      task.inquiry.questions.push_back({.id = check->id, .text = check->question});
    }
    return {};
  }

  Result<PackPtr> pack_on(Date day) {
    const auto known = by_day_.find(day);
    if (known != by_day_.end()) return known->second;
    ZH_TRY(PackPtr pack, order_.packs(day));
    by_day_.emplace(day, pack);
    return pack;
  }

  Status put(Task& task) {
    const std::int64_t most = order_.limits.characters_max;
    std::int64_t characters = 0;
    for (const contacts::Turn& turn : task.transcript.turns) {
      characters += static_cast<std::int64_t>(utf8::length(turn.text));
    }
    if (characters > most) {
      return give_up(task,
                     error(ErrorCode::limit,
                           {.zh = fmt::format("对话有 {} 个字符，超过 judge: characters {}", characters, most),
                            .en = fmt::format("the conversation has {} characters, more than judge: characters {}",
                                              characters, most)}));
    }
    const std::vector<std::string> masked = order_.mask(task.stored.contact, task.transcript.turns);
    for (std::size_t i = 0; i < masked.size(); ++i) {
      task.inquiry.lines.push_back({name_of(task.transcript.turns[i].role), utf8::sanitized(masked[i])});
    }
    const std::string request = order_.judge.request(task.inquiry);
    task.after.input = sha256(request);
    const bool same = task.before && task.before->input == task.after.input;
    if (same && task.before->state == JudgingState::done) {
      ++run_.unchanged;
      task.after.questions = std::move(task.before->questions);
      return end(task, JudgingState::done);
    }
    const bool goes_on = same && task.before->state == JudgingState::waiting;
    task.after.attempts = (goes_on ? task.before->attempts : 0) + 1;
    ZH_TRY(const bool begun, begin(task, request, characters));
    return begun ? ask(task, request) : Status();
  }

  // Whether another run has taken the contact since this one looked.
  static bool is_another(const std::optional<Judging>& standing, const std::optional<Judging>& before) {
    if (!standing || !before) return standing.has_value() != before.has_value();
    return standing->input != before->input || standing->attempts != before->attempts ||
           standing->state != before->state;
  }

  // Notes what is about to be sent, before it is: a run that is killed then has tried, and has been counted. False
  // where it is not to be sent now.
  Result<bool> begin(Task& task, const std::string& request, std::int64_t characters) {
    const JudgingUsage wanted{.contacts = 1, .tokens = order_.judge.tokens_at_most(request)};
    const Instant now = order_.now();
    const Date today = order_.zone.date_of(now);
    ZH_TRY(auto tx, database_.write(order_.stop));
    ZH_CHECK(tx.lock("judging"));
    const contacts::ContactPlace& place = task.after.contact;
    ZH_TRY(const auto standing, store::find_judging(tx, {.call = place.call, .number = place.number}));
    if (is_another(standing, task.before)) return false;
    ZH_TRY(const JudgingUsage used, store::judging_usage(tx, today));
    if (!has_room(order_.limits, used, wanted)) {
      run_.budget_is_used_up = done_ = true;
      return false;
    }
    ZH_CHECK(store::add_judging_usage(tx, today, wanted));
    Judging trying = task.after;
    trying.due = outbound::after_failure(order_.limits.attempts, ErrorCode::unavailable, trying.attempts, now, 0).due;
    trying.changed_at = now;
    ZH_CHECK(store::keep_judging(tx, trying));
    ZH_TRY([[maybe_unused]] const auto entry,
           ledger::append_audit(
               tx, {.at = now,
                    .actor = order_.actor,
                    .action = "send_transcript",
                    .object = "contact " + task.stored.contact.source_id(),
                    .detail = json::Object{{"to", order_.judge.name()},
                                           {"questions", static_cast<std::int64_t>(task.inquiry.questions.size())},
                                           {"characters", characters},
                                           {"consent", order_.consent}}}));
    ZH_CHECK(tx.commit());
    ++run_.asked.contacts;
    run_.asked.tokens += wanted.tokens;
    return true;
  }

  Status ask(Task& task, const std::string& request) {
    const auto answer = order_.judge.ask(request, task.inquiry.questions, order_.stop);
    if (!answer.ok()) return failed(task, answer.error());
    failures_ = 0;
    ++run_.judged;
    judge::Evidence evidence(task.inquiry.lines, normaliser_);
    for (const judge::Opinion& opinion : answer->opinions) {
      task.after.questions.push_back(question_of(task, opinion, evidence.of(opinion)));
      count(task.after.questions.back());
    }
    return end(task, JudgingState::done, tokens_left(request, *answer));
  }

  // How many of the tokens that were counted before it was asked were not needed after all; negative: how many more.
  std::int64_t tokens_left(const std::string& request, const judge::Answer& answer) {
    const std::int64_t counted = order_.judge.tokens_at_most(request);
    const std::int64_t left = counted - answer.tokens.value_or(counted);
    run_.asked.tokens -= left;
    return left;
  }

  static JudgedQuestion question_of(const Task& task, const judge::Opinion& opinion, judge::Proved proved) {
    JudgedQuestion question{
        .check = opinion.question, .found = opinion.found, .places = {}, .dropped = std::move(proved.dropped)};
    for (const judge::QuotePlace& place : proved.places) {
      const contacts::Turn& turn = task.transcript.turns[static_cast<std::size_t>(place.turn)];
      Finding finding;
      finding.check = opinion.question;
      finding.turn = place.turn;
      finding.from = place.characters.from;
      finding.to = place.characters.to;
      finding.start_ms = turn.start_ms;
      finding.end_ms = turn.end_ms;
      question.places.push_back(std::move(finding));
    }
    return question;
  }

  void count(const JudgedQuestion& question) {
    if (!question.places.empty()) ++run_.proposals;
    if (question.is_dropped()) ++run_.dropped;
    for (const auto& [reason, quotes] : question.dropped) run_.quotes_dropped[reason] += quotes;
  }

  Status failed(Task& task, const Error& why) {
    if (why.code == ErrorCode::cancelled) return why;
    const auto next =
        outbound::after_failure(order_.limits.attempts, why.code, task.after.attempts, order_.now(), chance());
    if (outbound::is_away(why.code) && ++failures_ == outbound::kFailuresInARow) {
      run_.away = why;
      done_ = true;
    }
    if (next.gives_up) return give_up(task, why);
    ++run_.failed;
    task.after.due = next.due;
    task.after.told = told_of(why);
    return end(task, JudgingState::waiting);
  }

  Status give_up(Task& task, const Error& why) {
    ++run_.given_up;
    task.after.told = told_of(why);
    return end(task, JudgingState::given_up);
  }

  static Text told_of(const Error& why) {
    return {.zh = why.to_string(Language::zh), .en = why.to_string(Language::en)};
  }

  Status end(Task& task, JudgingState state, std::int64_t tokens_left = 0) {
    const Instant now = order_.now();
    task.after.state = state;
    task.after.changed_at = now;
    ZH_TRY(auto tx, database_.write(order_.stop));
    ZH_CHECK(store::keep_judging(tx, task.after));
    if (tokens_left != 0) {
      ZH_CHECK(store::add_judging_usage(tx, order_.zone.date_of(now), {.contacts = 0, .tokens = -tokens_left}));
    }
    return tx.commit();
  }

  // What the run has sent, in one entry; every contact has its own besides.
  Status tell_audit() {
    if (run_.asked.contacts == 0) return {};
    ZH_TRY(auto tx, database_.write(order_.stop));
    ZH_TRY([[maybe_unused]] const auto entry,
           ledger::append_audit(tx, {.at = order_.now(),
                                     .actor = order_.actor,
                                     .action = "judge_contacts",
                                     .object = "judge " + order_.judge.model(),
                                     .detail = json::Object{{"to", order_.judge.name()},
                                                            {"contacts", run_.asked.contacts},
                                                            {"tokens", run_.asked.tokens},
                                                            {"proposals", run_.proposals},
                                                            {"dropped", run_.dropped},
                                                            {"failed", run_.failed},
                                                            {"given_up", run_.given_up}}}));
    return tx.commit();
  }

  db::Database& database_;
  const JudgingOrder& order_;
  const text::Normaliser& normaliser_;
  contacts::Spoken spoken_;
  policy::CheckSet::Workspace workspace_;
  std::map<Date, PackPtr> by_day_;
  JudgingRun run_;
  std::int64_t looked_at_ = 0;
  int failures_ = 0;  // of the judge, in a row
  bool done_ = false;
};

}  // namespace

Result<JudgingRun> judge_contacts(db::Database& database, const JudgingOrder& order) {
  ZH_TRY(const text::Normaliser* const normaliser, text::Normaliser::shared());
  return JudgingTask(database, order, *normaliser).go();
}

Status queue_judging(db::Transaction& tx, const Zone& zone, const JudgingLimits& limits, Instant now) {
  ZH_TRY(const auto waiting, store::to_be_judged(tx, {.offered = lately(zone, limits, now), .waiting_at = now}, 1));
  if (waiting.empty()) return {};
  ZH_TRY([[maybe_unused]] const auto queued,
         jobs::enqueue(tx, {.kind = std::string(kJudgingJob), .unique_key = std::string(kJudgingJob)}, now));
  return {};
}

}  // namespace zh::inspection
