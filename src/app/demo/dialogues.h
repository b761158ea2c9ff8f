// What was said in some of the demo centre's calls, and its chats and mails: put together from sentences in Chinese and
// English, most of them as they should be, some not, so that inspections and checks find something.
#pragma once

#include <string>
#include <string_view>

namespace zh::app::demo {

// The transcripts file (JSON lines): some of the answered calls of that queue_log, and chats and mails of the same
// days.
std::string transcripts_jsonl(std::string_view queue_log);

}  // namespace zh::app::demo
