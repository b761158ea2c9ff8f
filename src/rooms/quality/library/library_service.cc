#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/json.h"
#include "base/utf8.h"
#include "ledger/audit.h"
#include "rooms/contacts/extent.h"
#include "rooms/contacts/transcript_code.h"
#include "rooms/people/people_store.h"
#include "rooms/quality/library/library.h"
#include "rooms/quality/library/library_store.h"
#include "rooms/quality/library/masked_sound.h"
#include "rooms/quality/library/masking.h"
#include "vault/seal.h"

namespace zh::quality::library {

namespace {

Status audit(db::Transaction& tx, std::string_view action, const Entry& entry, const By& by) {
  ZH_TRY([[maybe_unused]] const auto written,
         ledger::append_audit(tx, {.at = by.now,
                                   .actor = by.account,
                                   .action = std::string(action),
                                   .object = fmt::format("library entry {}", entry.number),
                                   .detail = json::Object{{"contact", entry.contact}}}));
  return {};
}

// ---- rules

Error bad(Text message) { return invalid(std::move(message)); }

Status check_text(const std::string& text, std::size_t most, const Text& what) {
  if (!utf8::is_valid(text) || text.find('\0') != std::string::npos) {
    return bad({.zh = what.zh + "不是文字", .en = what.en + " is no text"});
  }
  if (utf8::length(text) <= most) return {};
  return bad({.zh = fmt::format("{}最多 {} 个字符", what.zh, most),
              .en = fmt::format("{} has at most {} characters", what.en, most)});
}

Status check_about(const About& about) {
  if (about.title.empty()) return bad({.zh = "请填写标题", .en = "the title is missing"});
  ZH_CHECK(check_text(about.title, kTitleMax, {.zh = "标题", .en = "the title"}));
  ZH_CHECK(check_text(about.note, kNoteMax, {.zh = "说明", .en = "the note"}));
  if (about.tags.size() > kTagsMax) {
    return bad({.zh = fmt::format("最多 {} 个标签", kTagsMax), .en = fmt::format("at most {} tags", kTagsMax)});
  }
  for (const std::string& tag : about.tags) {
    if (tag.empty()) return bad({.zh = "标签不能为空", .en = "a tag is not empty"});
    ZH_CHECK(check_text(tag, kTagMax, {.zh = "标签", .en = "a tag"}));
  }
  return {};
}

About tidy(About about) {
  std::ranges::sort(about.tags);
  about.tags.erase(std::unique(about.tags.begin(), about.tags.end()), about.tags.end());
  return about;
}

Status check_cuts(const std::vector<Cut>& cuts, const std::vector<contacts::Turn>& turns) {
  if (cuts.size() > kCutsMax) {
    return bad({.zh = fmt::format("最多 {} 处", kCutsMax), .en = fmt::format("at most {} cuts", kCutsMax)});
  }
  const Cut* before = nullptr;
  for (const Cut& cut : cuts) {
    const bool there = cut.turn >= 0 && std::cmp_less(cut.turn, turns.size());
    const auto length =
        there ? static_cast<std::int64_t>(utf8::length(turns[static_cast<std::size_t>(cut.turn)].text)) : 0;
    if (!there || cut.from < 0 || cut.until <= cut.from || cut.until > length) {
      return bad(
          {.zh = fmt::format("第 {} 轮 {}–{} 不在记录之内", cut.turn + 1, cut.from, cut.until),
           .en = fmt::format("turn {}, {}–{} does not lie within the record", cut.turn + 1, cut.from, cut.until)});
    }
    if (before != nullptr && before->turn == cut.turn && cut.from < before->until) {
      return bad({.zh = fmt::format("第 {} 轮有两处重叠", cut.turn + 1),
                  .en = fmt::format("two cuts of turn {} overlap", cut.turn + 1)});
    }
    before = &cut;
  }
  return {};
}

Result<audio::Spans> tidy_silences(const audio::Spans& silences, std::int64_t duration_ms) {
  audio::Spans united;
  for (const audio::Span& span : silences) {
    if (span.start_ms < 0 || span.end_ms <= span.start_ms || span.end_ms > duration_ms) {
      return bad({.zh = fmt::format("{}–{} 毫秒不在录音之内", span.start_ms, span.end_ms),
                  .en = fmt::format("{}–{} ms does not lie within the recording", span.start_ms, span.end_ms)});
    }
    united = audio::united(united, {span});
  }
  return united;
}

Status check_step(const Entry& entry, Step step) {
  if (find_transition(std::span(kEntrySteps), entry.state, step)) return {};
  return error(ErrorCode::conflict,
               {.zh = fmt::format("录音库第 {} 条已{}", entry.number, entry.state == State::shared ? "分享" : "撤下"),
                .en = fmt::format("library entry {} is {}", entry.number, name_of(entry.state))});
}

// ---- what a draft is made from

struct Record {
  std::string channel;
  std::vector<contacts::Turn> turns;
  std::vector<contacts::Recording> recordings;  // that are not removed
  std::string customer;
};

Result<Record> record_of(db::Transaction& tx, const vault::Keys& keys, std::string_view source_id) {
  const contacts::ContactName name = contacts::contact_name(source_id);
  Record record;
  ZH_TRY(const auto stored, contacts::transcript_of(tx, name.call, name.number));
  if (stored) {
    ZH_TRY(contacts::Transcript opened, contacts::open_transcript(*stored, keys));
    record.channel = contacts::name_of(opened.channel);
    record.turns = std::move(opened.turns);
    record.customer = stored->contact.customer;
  }
  ZH_TRY(record.recordings, contacts::recordings_of(tx, name.call, name.number));
  std::erase_if(record.recordings, [](const contacts::Recording& one) { return one.removed_at.has_value(); });
  if (record.channel.empty()) record.channel = contacts::name_of(contacts::Channel::call);
  return record;
}

Result<Known> known_in(db::Transaction& tx, const Record& record) {
  ZH_TRY(const people::People everybody, people::load_people(tx));
  Known known;
  for (const people::Person& person : everybody.all()) {
    for (const people::PersonRow& row : person.history()) known.names.push_back(row.name);
  }
  std::ranges::sort(known.names);
  known.names.erase(std::unique(known.names.begin(), known.names.end()), known.names.end());
  if (!record.customer.empty()) known.numbers.push_back(record.customer);
  return known;
}

// The name a shared text is sealed under: it opens as this entry's and no other's.
Hash text_name(int number) { return Hasher().field("library entry").field(std::int64_t{number}).finish(); }

Entry changed(Entry entry) {
  ++entry.change;
  return entry;
}

}  // namespace

std::vector<std::string> names_of(const people::People& everybody) {
  std::vector<std::string> names;
  for (const people::Person& person : everybody.all()) {
    for (const people::PersonRow& row : person.history()) names.push_back(row.name);
  }
  std::ranges::sort(names);
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

std::string_view name_of(Kind kind) { return kind == Kind::outstanding ? "outstanding" : "typical"; }

std::string_view name_of(State state) {
  switch (state) {
    case State::draft:
      return "draft";
    case State::shared:
      return "shared";
    case State::withdrawn:
      break;
  }
  return "withdrawn";
}

Result<Entry> add(db::Transaction& tx, const vault::Keys& keys, std::string_view source_id, const About& about,
                  const By& by) {
  ZH_CHECK(check_about(about));
  ZH_CHECK(tx.lock("library"));
  ZH_TRY(const auto living, store::living_entry_of(tx, source_id));
  if (living) {
    return error(ErrorCode::conflict, {.zh = fmt::format("该联络已是录音库第 {} 条", *living),
                                       .en = fmt::format("this contact is library entry {} already", *living)});
  }
  ZH_TRY(const Record record, record_of(tx, keys, source_id));
  if (record.turns.empty() && record.recordings.empty()) {
    return error(ErrorCode::not_found, {.zh = "这条联络没有对话文本，也没有录音",
                                        .en = "there is neither a transcript nor a recording of this contact"});
  }
  ZH_TRY(const Known known, known_in(tx, record));
  ZH_TRY(const int last, store::last_number(tx));
  const Entry entry{.number = last + 1,
                    .about = tidy(about),
                    .contact = std::string(source_id),
                    .channel = record.channel,
                    .added_by = by.account,
                    .added_at = by.now};
  ZH_CHECK(store::insert(tx, entry));
  ZH_CHECK(store::replace_masking(tx, entry.number, {.cuts = identifying(record.turns, known)}));
  ZH_CHECK(audit(tx, "add_to_library", entry, by));
  return entry;
}

Result<Entry> find(db::Transaction& tx, int number) {
  ZH_TRY(auto found, store::find(tx, number));
  if (found) return *std::move(found);
  return error(ErrorCode::not_found, {.zh = fmt::format("录音库没有第 {} 条", number),
                                      .en = fmt::format("there is no library entry {}", number)});
}

Result<std::vector<Entry>> list(db::Transaction& tx, const Filter& filter) { return store::list(tx, filter); }
Result<std::vector<std::string>> tags(db::Transaction& tx) { return store::shared_tags(tx); }
Result<Masking> masking_of(db::Transaction& tx, int number) { return store::masking(tx, number); }

Result<Source> source_of(db::Transaction& tx, const vault::Keys& keys, const Entry& entry) {
  ZH_TRY(Record record, record_of(tx, keys, entry.contact));
  ZH_TRY(const contacts::Extent extent, contacts::extent_of(tx, contacts::contact_name(entry.contact)));
  return Source{.turns = std::move(record.turns),
                .duration_ms = extent.duration_ms.value_or(0),
                .has_sound = !record.recordings.empty()};
}

Result<Entry> edit(db::Transaction& tx, const vault::Keys& keys, const Entry& read, const About& about,
                   const Masking& masking, const By& by) {
  ZH_CHECK(check_step(read, Step::edit));
  ZH_CHECK(check_about(about));
  ZH_TRY(const Source source, source_of(tx, keys, read));
  Masking kept = masking;
  std::ranges::sort(kept.cuts);
  ZH_CHECK(check_cuts(kept.cuts, source.turns));
  ZH_TRY(kept.silences, tidy_silences(masking.silences, std::max(source.duration_ms, kSoundMsMax)));
  Entry entry = changed(read);
  entry.about = tidy(about);
  ZH_CHECK(store::update(tx, entry));
  ZH_CHECK(store::replace_masking(tx, entry.number, kept));
  ZH_CHECK(audit(tx, "edit_library", entry, by));
  return entry;
}

Result<Entry> describe(db::Transaction& tx, const Entry& read, const About& about, const By& by) {
  ZH_CHECK(check_step(read, Step::describe));
  ZH_CHECK(check_about(about));
  Entry entry = changed(read);
  entry.about = tidy(about);
  ZH_CHECK(store::update(tx, entry));
  ZH_CHECK(audit(tx, "describe_in_library", entry, by));
  return entry;
}

Result<std::string> sound_of(db::Transaction& tx, vault::Contents& contents, const Entry& draft) {
  ZH_TRY(const Record record, record_of(tx, contents.keys(), draft.contact));
  ZH_TRY(const Masking masking, store::masking(tx, draft.number));
  const auto spoken = silences_for(record.turns, masking.cuts, kSoundMsMax);
  if (!spoken) {
    return bad({.zh = "对话文本没有时间，无法在录音中找到需隐去的话；请只分享文字，或先去掉这些遮盖并用静音段代替",
                .en =
                    "the transcript has no times, so the words to be left out cannot be found in the sound; share the "
                    "text alone, or silence them by their time instead"});
  }
  return masked_sound(contents, record.recordings, audio::united(*spoken, masking.silences));
}

Result<Entry> share(db::Transaction& tx, const vault::Keys& keys, const Entry& read, const std::optional<Hash>& sound,
                    const By& by) {
  ZH_CHECK(check_step(read, Step::share));
  ZH_TRY(const Record record, record_of(tx, keys, read.contact));
  if (record.turns.empty() && !sound) {
    return bad({.zh = "没有可以分享的文字，也没有录音", .en = "there is neither text nor sound to share"});
  }
  ZH_TRY(const Masking masking, store::masking(tx, read.number));
  // A transcript that was corrected since may be shorter than what was looked through.
  ZH_CHECK(check_cuts(masking.cuts, record.turns));
  Entry entry = changed(read);
  entry.state = State::shared;
  entry.shared_by = by.account;
  entry.shared_at = by.now;
  entry.sound = sound;
  ZH_CHECK(store::update(tx, entry));
  const contacts::Transcript copy{.turns = masked(record.turns, masking.cuts)};
  ZH_CHECK(store::keep_text(tx, entry.number, vault::seal(keys, text_name(entry.number), contacts::encode(copy))));
  ZH_CHECK(audit(tx, "share_in_library", entry, by));
  return entry;
}

Result<std::vector<contacts::Turn>> shared_turns(db::Transaction& tx, const vault::Keys& keys, const Entry& entry) {
  ZH_TRY(const auto sealed, store::text(tx, entry.number));
  if (!sealed) {
    return error(ErrorCode::not_found, {.zh = fmt::format("录音库第 {} 条没有分享", entry.number),
                                        .en = fmt::format("library entry {} is not shared", entry.number)});
  }
  ZH_TRY(const std::string bytes, vault::unseal(keys, text_name(entry.number), *sealed));
  ZH_TRY(contacts::Transcript copy, contacts::decode_transcript(bytes));
  return std::move(copy.turns);
}

Result<Entry> withdraw(db::Transaction& tx, const Entry& read, const By& by) {
  ZH_CHECK(check_step(read, Step::withdraw));
  Entry entry = changed(read);
  entry.state = State::withdrawn;
  entry.sound.reset();
  ZH_CHECK(store::update(tx, entry));
  ZH_CHECK(store::drop_copies(tx, entry.number));
  ZH_CHECK(store::replace_masking(tx, entry.number, {}));
  ZH_CHECK(audit(tx, "withdraw_from_library", entry, by));
  return entry;
}

Result<bool> is_needed(db::Transaction& tx, const Hash& content) { return store::has_sound(tx, content); }

}  // namespace zh::quality::library
