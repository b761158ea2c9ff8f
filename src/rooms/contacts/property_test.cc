// Random logs: figures against an oracle that only counts lines, and what does not matter as properties.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "rooms/contacts/assembly.h"
#include "rooms/contacts/queue_log.h"
#include "tests/support/contacts.h"

namespace zh::contacts {
namespace {

constexpr std::int64_t kNine = 1'791'766'800;  // 2026-10-12 09:00 in Shanghai
constexpr const char* kQueues[] = {"sales", "support", "loans"};
constexpr const char* kMembers[] = {"Agent/1", "Agent/2", "PJSIP/3"};
constexpr const char* kReasons[] = {"lunch", "break", ""};

int upto(int most) { return *rc::gen::inRange(0, most + 1); }

struct LogLineAt {
  std::int64_t at;
  std::string text;
};

// Writes the calls and pauses of a log as Asterisk would.
class LogWriter {
 public:
  void call(int number) {
    call_ = std::to_string(kNine) + "." + std::to_string(number);
    std::int64_t at = kNine + upto(600);
    for (int stay = 0; stay < 3; ++stay) {
      const std::string queue = kQueues[upto(2)];
      write(at, queue, "NONE", "ENTERQUEUE||139" + std::to_string(number) + "|1");
      const int wait = upto(25);
      for (int ring = upto(2); ring > 0; --ring) {
        write(at + std::min(ring, wait), queue, kMembers[upto(2)], "RINGNOANSWER|" + std::to_string(upto(3) * 1000));
      }
      if (upto(3) == 0) return leave(at + wait, queue, wait);
      const std::string member = kMembers[upto(2)];
      const int talk = upto(300);
      write(at + wait, queue, member, "CONNECT|" + std::to_string(wait) + "|x|" + std::to_string(upto(15)));
      at += wait + talk;
      const std::string times = std::to_string(wait) + "|" + std::to_string(talk) + "|1";
      if (upto(2) > 0) return write(at, queue, member, (upto(1) ? "COMPLETEAGENT|" : "COMPLETECALLER|") + times);
      write(at, queue, member, (upto(1) ? "BLINDTRANSFER|2000|x|" : "ATTENDEDTRANSFER|BRIDGE|x|") + times);
    }
  }

  void pauses() {
    for (const char* member : kMembers) {
      std::int64_t at = kNine;
      call_ = "NONE";
      for (int changes = upto(6); changes > 0; --changes) {
        at += 1 + upto(100);
        const std::string queue = kQueues[upto(1)];
        switch (upto(3)) {
          case 0:
            write(at, queue, member, "UNPAUSE|");
            break;
          case 1:
            write(at, queue, member, "REMOVEMEMBER|");
            break;
          default:
            write(at, queue, member, std::string("PAUSE|") + kReasons[upto(2)]);
        }
      }
    }
  }

  std::vector<LogLineAt> lines() const {
    auto sorted = lines_;
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
    return sorted;
  }

 private:
  void leave(std::int64_t at, const std::string& queue, int wait) {
    const std::string seconds = std::to_string(wait);
    switch (upto(3)) {
      case 0:
        return write(at, queue, "NONE", "ABANDON|1|1|" + seconds);
      case 1:
        return write(at, queue, "NONE", "EXITWITHTIMEOUT|1|1|" + seconds);
      case 2:
        return write(at, queue, "NONE", "EXITWITHKEY|1|1|1|" + seconds);
      default:
        return write(at, queue, "NONE", "EXITEMPTY|1|1|" + seconds);
    }
  }
  void write(std::int64_t at, const std::string& queue, const std::string& member, const std::string& rest) {
    lines_.push_back({at, std::to_string(at) + "|" + call_ + "|" + queue + "|" + member + "|" + rest});
  }

  std::string call_;
  std::vector<LogLineAt> lines_;
};

std::vector<LogLineAt> random_log() {
  LogWriter writer;
  const int calls = upto(8);
  for (int number = 0; number < calls; ++number) writer.call(number);
  writer.pauses();
  auto lines = writer.lines();
  // FORMATS: identical lines of one second are one event; the oracle counts lines, so each stands once.
  std::vector<LogLineAt> once;
  for (const LogLineAt& line : lines) {
    const bool seen = std::any_of(once.begin(), once.end(), [&](const auto& other) { return other.text == line.text; });
    if (!seen) once.push_back(line);
  }
  return once;
}

std::string text_of(const std::vector<LogLineAt>& lines) {
  std::string text;
  for (const LogLineAt& line : lines) text += line.text + "\n";
  return text;
}

// Lines of each second in any order.
std::vector<LogLineAt> shuffled_within_seconds(std::vector<LogLineAt> lines) {
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    if (lines[i].at == lines[i + 1].at && upto(1) == 1) std::swap(lines[i], lines[i + 1]);
  }
  return lines;
}

std::vector<std::string> fields_of(const std::string& line) {
  std::vector<std::string> fields(1);
  for (const char c : line) {
    if (c == '|') {
      fields.emplace_back();
    } else {
      fields.back() += c;
    }
  }
  return fields;
}

// The oracle: adds up lines, and knows nothing of calls.
struct Counted {
  std::map<std::string, Sums> queues;
  std::map<std::string, Sums> members;
};

Counted counted(const std::vector<LogLineAt>& lines) {
  Counted result;
  const auto add = [&](const std::vector<std::string>& f, const Sums& sums) {
    result.queues[f[2]] += sums;
    if (f[3] != "NONE") result.members[f[3]] += sums;
  };
  for (const LogLineAt& line : lines) {
    const auto f = fields_of(line.text);
    const auto number = [&](std::size_t field) { return std::stoll(f.at(field)); };
    const std::string& event = f[4];
    const auto talked = [&](std::size_t field) {
      add(f, {.talked = 1, .talk_ms = number(field) * 1000, .ended_by_agent = event == "COMPLETEAGENT"});
    };
    if (event == "ENTERQUEUE") add(f, {.offered = 1});
    if (event == "CONNECT") {
      add(f, {.answered = 1,
              .waited = 1,
              .wait_ms = number(5) * 1000,
              .waited_within_10s = number(5) <= 10,
              .rung = 1,
              .ring_ms = number(7) * 1000,
              .rung_within_10s = number(7) <= 10});
    }
    if (event == "RINGNOANSWER" && number(5) > 0) add(f, {.missed = 1});
    if (event == "ABANDON") add(f, {.abandoned = 1});
    if (event == "EXITWITHTIMEOUT") add(f, {.timeout = 1});
    if (event == "EXITWITHKEY") add(f, {.exit_key = 1});
    if (event == "COMPLETEAGENT" || event == "COMPLETECALLER") talked(6);
    if (event == "BLINDTRANSFER" || event == "ATTENDEDTRANSFER") talked(8);
  }
  return result;
}

// Calls as the room assembles them, summed up by queue and member, offers and contacts left out for members.
Counted assembled(const std::vector<LogLineAt>& lines) {
  const Zone zone = Zone::find("Asia/Shanghai").value();
  std::map<std::string, std::string> records;
  for (const LogLineAt& line : lines) {
    const LogLine parsed = parse_queue_log_line(line.text, zone);
    const auto* event = std::get_if<LogEvent>(&parsed);
    RC_ASSERT(event != nullptr);
    if (!is_of_call(event->kind)) continue;
    std::string& record = records[std::string(event->call)];
    append_kept_line(record, line.text, *event);
    record += '\n';
  }
  Rollups rollups;
  for (const auto& [call, record] : records) {
    const KeptLines share[] = {record};
    for (const Contact& contact : assemble(call, merged_lines(share))) add_to(rollups, contact, zone);
  }
  Counted result;
  for (const auto& [key, stored] : rollups) {
    Sums sums = stored;
    sums.contacts = 0;
    result.queues[key.queue] += sums;
    sums.offered = 0;
    if (!key.member.empty()) result.members[key.member] += sums;
  }
  return result;
}

TEST(RandomLogs, FiguresEqualCountingLines) {
  EXPECT_TRUE(rc::check("assembled equals counted, whatever the order within a second", [] {
    const auto lines = random_log();
    Counted wanted = counted(lines);
    std::erase_if(wanted.queues, [](const auto& entry) { return entry.second == Sums{}; });
    for (const auto& given : {lines, shuffled_within_seconds(lines)}) {
      Counted got = assembled(given);
      std::erase_if(got.queues, [](const auto& entry) { return entry.second == Sums{}; });
      RC_ASSERT(got.queues == wanted.queues);
      for (const char* member : kMembers) RC_ASSERT(got.members[member] == wanted.members[member]);
    }
  }));
}

// The oracle of pauses: each queue's second after second.
TEST(RandomLogs, PausesEqualASlowClock) {
  EXPECT_TRUE(rc::check("paused seconds by reason", [] {
    LogWriter writer;
    writer.pauses();
    const auto lines = writer.lines();
    const std::int64_t end = kNine + 600;
    std::map<std::string, std::set<std::int64_t>> wanted;
    for (const char* queue : {"sales", "support"}) {
      std::optional<std::string> reason;
      for (std::int64_t second = kNine; second < end; ++second) {
        for (const LogLineAt& line : lines) {
          const auto f = fields_of(line.text);
          if (line.at != second || f[3] != kMembers[0] || f[2] != queue) continue;
          reason = f[4] == "PAUSE" ? std::optional(f[5]) : std::nullopt;
        }
        if (reason.has_value()) wanted[*reason].insert(second);
      }
    }

    std::vector<AgentChange> changes;
    for (const LogLineAt& line : lines) {
      const auto f = fields_of(line.text);
      if (f[3] != kMembers[0]) continue;
      const Change change = f[4] == "PAUSE" ? Change::pause : f[4] == "UNPAUSE" ? Change::unpause : Change::sign_out;
      changes.push_back({Instant::from_seconds(line.at), f[3], f[2], change, f[4] == "PAUSE" ? f[5] : ""});
    }
    std::map<std::string, std::vector<Interval>> got;
    const Interval day{Instant::from_seconds(kNine), Instant::from_seconds(kNine + 86'400)};
    for (const AgentState& state :
         states_of({.day = day, .log_end = Instant::from_seconds(end), .changes = std::move(changes)})) {
      if (state.paused) got[state.reason].push_back(state.during);
    }
    for (const char* reason : kReasons) {
      RC_ASSERT(union_us(got[reason]) == static_cast<std::int64_t>(wanted[reason].size()) * 1'000'000);
    }
  }));
}

class RandomImports : public ContactsTest {};
ZH_ON_BOTH_DATABASES(RandomImports);

// Files that overlap, in any order, some taken back again, give what one file of all their lines gives; and what is
// kept is what would be rebuilt.
TEST_P(RandomImports, OverlapOrderAndUndoDoNotMatter) {
  const auto property = [this] {
    clear();
    const auto lines = random_log();
    const auto share = [&] {
      const auto from = static_cast<std::ptrdiff_t>(upto(static_cast<int>(lines.size())));
      const auto to = static_cast<std::ptrdiff_t>(upto(static_cast<int>(lines.size())));
      return std::vector<LogLineAt>(lines.begin() + std::min(from, to), lines.begin() + std::max(from, to));
    };
    const auto taken_back = share();
    const std::vector<std::vector<LogLineAt>> files{share(), lines, share()};

    import_log(text_of(lines));
    const std::string wanted = everything();
    clear();
    import_log(text_of(files[0]));
    const ImportResult undone = import_log(text_of(taken_back));
    import_log(text_of(files[1]));
    if (undone.batch.has_value()) undo_batch(*undone.batch);
    import_log(text_of(files[2]));
    RC_ASSERT(everything() == wanted);
    rebuild_all(zone());
    RC_ASSERT(everything() == wanted);
  };
  // A database takes its time: fewer cases than RapidCheck's hundred.
  rc::detail::TestParams params = rc::detail::configuration().testParams;
  params.maxSuccess = 12;
  const auto result = rc::detail::checkTestable(property, rc::detail::TestMetadata{}, params);
  std::ostringstream told;
  rc::detail::printResultMessage(result, told);
  EXPECT_TRUE(result.is<rc::detail::SuccessResult>()) << told.str();
}

}  // namespace
}  // namespace zh::contacts
