// Importing transcripts.
#include "rooms/contacts/contacts_import.h"
#include "rooms/contacts/extent.h"
#include "rooms/contacts/import_run.h"
#include "rooms/contacts/lines.h"
#include "rooms/contacts/refusals.h"
#include "rooms/contacts/spoken.h"
#include "rooms/contacts/transcript_code.h"
#include "rooms/contacts/transcript_line.h"
#include "rooms/contacts/transcript_records.h"
#include "vault/seal.h"

namespace zh::contacts {

namespace {

class TranscriptImport {
 public:
  TranscriptImport(ImportRun& run, const Centre& centre, const vault::Keys& keys, const text::Normaliser& normaliser,
                   ImportFile& file, UnknownNames& names, Refusals& refusals)
      : run_(run),
        centre_(centre),
        keys_(keys),
        normaliser_(normaliser),
        file_(file),
        names_(names),
        refusals_(refusals),
        lines_(file.text, file.name, {.bytes = kTranscriptBytes, .may_hold_replacements = true}) {}

  Status read(ImportResult& result) {
    for (;;) {
      ZH_TRY(const LineStep step, lines_.next());
      if (step == LineStep::end) break;
      ++result.rows;
      ZH_CHECK(step == LineStep::line ? take(result) : reject(result, lines_.problem()));
      ZH_CHECK(run_.count_line());
    }
    names_.report(result);
    return {};
  }

 private:
  Status take(ImportResult& result) {
    auto transcript = parse_transcript(lines_.text(), centre_.zone);
    if (!transcript.ok()) {
      Error why = std::move(transcript).error();
      const int column = why.place.column;
      why.place = lines_.place();
      why.place.column = column;
      return reject(result, why);
    }
    ++result.accepted;
    refusals_.take_back(transcript->source_id);
    names_.agent(transcript->agent, transcript->started_at);
    const Contact contact = contact_of(*transcript);
    run_.state(store::About::call, Source::transcript, contact.call, kept_conversation(contact), false);
    const std::string bytes = encode(*transcript);
    const Hash content = keys_.name_of(bytes);
    make_spoken(*transcript, normaliser_, spoken_);
    run_.state(store::About::transcript, Source::transcript, transcript->source_id, kept_content(content));
    return run_.keep_text({.source_id = transcript->source_id,
                           .content = content,
                           .sealed = vault::seal(keys_, content, bytes),
                           .extent = encode_extent(*transcript),
                           .spoken = vault::seal(keys_, content, encode(spoken_))});
  }

  Status reject(ImportResult& result, const Error& why) {
    ++result.rejected;
    refusals_.add(source_id_in(lines_.text()), why);
    return file_.reject({why, lines_.text()});
  }

  ImportRun& run_;
  const Centre& centre_;
  const vault::Keys& keys_;
  const text::Normaliser& normaliser_;
  ImportFile& file_;
  UnknownNames& names_;
  Refusals& refusals_;
  LineReader lines_;
  Spoken spoken_;
};

}  // namespace

Result<ImportResult> import_transcripts(db::Database& database, const Centre& centre, const vault::Keys& keys,
                                        ImportFile& file) {
  ZH_TRY(const text::Normaliser* const normaliser, text::Normaliser::shared());
  ZH_TRY(UnknownNames names, UnknownNames::open(database, centre));
  ZH_TRY(ImportRun run, ImportRun::open(database));
  Refusals refusals(TroubleKind::transcript);
  ImportResult result;
  TranscriptImport transcripts(run, centre, keys, *normaliser, file, names, refusals);
  ZH_CHECK(transcripts.read(result));
  const BeforeEntering before = refusals.dated(file.before_entering);
  ZH_CHECK(run.enter(centre, {.before = before, .last = file.entering}, result));
  ZH_CHECK(refusals.tell(database));
  return result;
}

}  // namespace zh::contacts
