// What was said in some of the demo centre's calls, and its chats and mails: put together from sentences in Chinese and
// English, most of them as they should be, some not, so that inspections and checks find something.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace zh::app::demo {

// A contact in which something was said.
struct Spoken {
  std::string source_id;
  std::string channel;
  std::string agent;            // staff number or phone id
  std::int64_t started_at = 0;  // seconds since 1970
  int length_s = 0;
  std::string queue;
};
struct Speech {
  bool by_agent = false;
  std::int64_t start_ms = 0;
  std::int64_t end_ms = 0;
  std::string text;
};
// What was said in it, the same for the same source id.
std::vector<Speech> speeches_of(const Spoken& contact);
// Their transcripts.
std::string transcripts_jsonl(const std::vector<Spoken>& contacts);

// The transcripts file (JSON lines): some of the answered calls of that queue_log, and chats and mails of the same
// days.
std::string transcripts_jsonl(std::string_view queue_log);

}  // namespace zh::app::demo
