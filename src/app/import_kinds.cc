#include "app/import_kinds.h"

#include <array>

namespace zh::app {

std::span<const ImportKind> import_kinds() {
  static const std::array kinds{
      ImportKind{.name = "people", .label = {"人员", "people"}, .run = import_people},
      ImportKind{.name = "facts", .label = {"事实", "facts"}, .run = import_facts},
      ImportKind{.name = "queue-log",
                 .label = {"Asterisk 队列日志", "Asterisk queue_log"},
                 .takes_map = true,
                 .run = import_queue_log},
      ImportKind{.name = "cdr", .label = {"Asterisk 话单", "Asterisk CDR csv"}, .takes_map = true, .run = import_cdr},
      ImportKind{.name = "csv",
                 .label = {"任意话单，需映射文件", "any table of calls, with a map"},
                 .takes_map = true,
                 .needs_map = true,
                 .run = import_csv},
      ImportKind{.name = "transcripts",
                 .label = {"通话、聊天和邮件的文本", "what was said in calls, chats and mails"},
                 .run = import_transcripts},
      ImportKind{.name = "recordings",
                 .label = {"录音所在的目录", "a folder of recordings"},
                 .takes_folder = true,
                 .run = import_recordings},
  };
  return kinds;
}

}  // namespace zh::app
