// The question thread of a sheet: the person asks, whoever leads or settles answers. Never closed by a deadline (Q7.1).
// Private to the api.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "base/instant.h"
#include "db/db.h"

namespace zh::pay::api {

inline constexpr std::size_t kMessageLengthMax = 2000;  // code points
inline constexpr int kMessagesMax = 500;                // per sheet

struct SheetKey {
  Month period;
  std::string staff_no;
};

struct Message {
  int number = 0;    // 1, 2, 3 … within the sheet
  std::string item;  // an item or pay line; empty: the whole sheet
  std::string author;
  bool by_subject = false;
  Instant at;
  std::string text;
};

// In their order.
Result<std::vector<Message>> messages_of(db::Transaction& tx, const SheetKey& sheet);
// Adds it at the end (its number is not read) and gives the number. Fails: invalid (no text, or one that is too long),
// limit (the thread is full).
Result<int> add_message(db::Transaction& tx, const SheetKey& sheet, const Message& message);

// The names of the people whose accounts wrote in it, by account; accounts that are nobody's are not in it.
Result<std::map<std::string, std::string, std::less<>>> authors_of(db::Transaction& tx, const SheetKey& sheet);

struct Thread {
  std::string staff_no;
  int messages = 0;
  bool open = false;  // the last word is the person's
  Instant last_at;
};
// Every thread of the month, by staff_no.
Result<std::vector<Thread>> threads_of(db::Transaction& tx, Month period);

}  // namespace zh::pay::api
