// The questions about a result and their answers: one thread per inspection, about a finding or the whole. No deadline
// ever closes it (Q7.1); it changes no score, the appeal does.
#pragma once

#include <string>
#include <vector>

#include "rooms/quality/inspection/inspection.h"

namespace zh::quality {

inline constexpr std::size_t kMessageLengthMax = 2000;  // code points
inline constexpr int kMessagesMax = 500;                // per inspection

struct Message {
  int number = 0;      // 1, 2, 3 … within the inspection
  int finding = 0;     // its number; 0: the whole result
  std::string author;  // account
  bool by_subject = false;
  Instant at;
  std::string text;
};

// Adds a question of the agent, or an answer, at the end. Requires that the caller may see the result. Fails: not_found
// (no such finding), conflict (not published), invalid (no text or too long), limit (the thread is full).
Result<Message> add_message(db::Transaction& tx, const InspectionKey& inspection, int finding, const std::string& text,
                            const By& by);
// In their order.
Result<std::vector<Message>> messages_of(db::Transaction& tx, const InspectionKey& inspection);

}  // namespace zh::quality
