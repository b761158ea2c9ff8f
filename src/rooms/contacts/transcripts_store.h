// All SQL of transcripts. Everything takes the caller's transaction; nothing here decides.
#pragma once

#include <string>
#include <vector>

#include "db/db.h"
#include "rooms/contacts/contacts_store.h"
#include "rooms/contacts/transcripts.h"

namespace zh::contacts::store {

// A transcript's text on its way in, encrypted.
struct Text {
  std::string source_id;
  Hash content;
  std::string sealed;
  std::string extent;  // encode_extent()
  std::string spoken;  // as checks read it, encrypted
};
// Makes the temporary table of texts, or empties it. In a stage transaction of the workspace.
Status make_text_staging(db::Transaction& tx);
Status stage_texts(db::Transaction& tx, const std::vector<Text>& texts);
// Keeps the staged texts that are not kept already. In a write transaction of the same workspace.
Status enter_staged_texts(db::Transaction& tx);

// Which transcript counts for a source id.
struct Standing {
  std::string source_id;
  ContactName of;
  Hash content;
};
// Replaces what stood for the page's source ids. Their texts are entered before.
Status replace_standing(db::Transaction& tx, const KeyPage& page, const std::vector<Standing>& standing);

struct TextName {
  std::string source_id;
  Hash content;
  friend auto operator<=>(const TextName&, const TextName&) = default;
};
// The kept texts of the page's source ids, in their order.
Result<std::vector<TextName>> kept_texts(db::Transaction& tx, const KeyPage& page);
Status drop_text(db::Transaction& tx, const TextName& text);

}  // namespace zh::contacts::store
