#include "app/demo/dialogues.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>
#include <span>
#include <vector>

#include "app/demo/cast.h"
#include "app/demo/random.h"
#include "base/json.h"
#include "base/utf8.h"

namespace zh::app::demo {

namespace {

constexpr int kEveryCall = 120;  // one answered call in so many has a transcript
constexpr int kEnglishPermille = 250;
constexpr int kChatsADay = 3;
constexpr int kMailsADay = 1;

enum class Who { agent, customer };

struct Line {
  Who who;
  std::string_view zh;
  std::string_view en;
};

// The middle of a conversation about one queue's business.
struct Topic {
  std::string_view queue;
  std::span<const Line> lines;
};

constexpr std::array kEnquiry{
    Line{Who::customer, "我想问一下，会员积分什么时候到期？", "I would like to know when my points expire."},
    Line{Who::agent, "好的，请您稍等，我帮您查一下。", "Certainly, one moment please, I will look it up for you."},
    Line{Who::customer, "嗯，好。", "Fine."},
    Line{Who::agent, "您的积分有效期到今年十二月底，您现在还有八百分可以使用。",
         "They are valid until the end of December; you have eight hundred left."},
    Line{Who::customer, "那我可以换什么？", "What can I get for them?"},
    Line{Who::agent, "您可以在会员中心换购物券，一百分换一元。",
         "You can change them into vouchers on the members' page, a hundred points for one yuan."},
};
constexpr std::array kOrder{
    Line{Who::customer, "我昨天下的单，地址写错了，能改吗？",
         "The address on yesterday's order is wrong; can you change it?"},
    Line{Who::agent, "可以的，请问您的订单尾号是多少？", "Yes, may I have the last digits of the order number?"},
    Line{Who::customer, "三五七九。", "Three five seven nine."},
    Line{Who::agent, "谢谢您。订单还没有发货，请您说一下新的地址。",
         "Thank you. It has not been sent yet; please tell me the new address."},
    Line{Who::customer, "幸福路十八号，还是寄给我本人。", "Eighteen Park Road, still to myself."},
    Line{Who::agent, "已经为您改好了，预计后天送到。",
         "That is changed; it should be with you the day after tomorrow."},
};
constexpr std::array kAftersale{
    Line{Who::customer, "上周买的水壶漏水，怎么办？", "The kettle I bought last week leaks. What now?"},
    Line{Who::agent, "非常抱歉给您带来不便，请问您方便拍一张照片吗？",
         "I am very sorry for the trouble. Could you take a photograph of it?"},
    Line{Who::customer, "照片可以，但是我不想再等一个星期。", "I can, but I do not want to wait another week."},
    Line{Who::agent, "我理解您的心情。我现在为您登记换货，快递明天上门取件。",
         "I understand. I am registering an exchange now, and it will be collected tomorrow."},
    Line{Who::customer, "好，那我等快递。", "All right, I will wait for that."},
};
constexpr std::array kBilling{
    Line{Who::customer, "这个月的账单多收了我三十块。", "This month's bill is thirty yuan too high."},
    Line{Who::agent, "请您别着急，我为您核对一下明细。", "Please do not worry, I will check the items for you."},
    Line{Who::customer, "我的电话是 1000 1234567。", "My number is 1000 1234567."},
    Line{Who::agent, "谢谢。多收的是一笔重复的配送费，三个工作日内退回您的账户。",
         "Thank you. A delivery was charged twice; it will be paid back within three working days."},
    Line{Who::customer, "行，到时候我再看。", "Good, I will look then."},
};
constexpr std::array kComplaint{
    Line{Who::customer, "我要投诉！送货的人把东西扔在楼下就走了。",
         "I want to complain! The driver left my parcel downstairs and went away."},
    Line{Who::agent, "非常抱歉，让您有这样的体验是我们没有做好。",
         "I am very sorry. That is not how it should have been."},
    Line{Who::customer, "光说抱歉有什么用？里面的杯子都碎了。", "Sorry does not help. The cups in it are broken."},
    Line{Who::agent, "我马上为您补发一套，并且请配送主管在今天下午五点前给您回电。",
         "I am sending you another set now, and the delivery manager will call you before five this afternoon."},
    Line{Who::customer, "好，五点前，我等着。", "Before five, then. I will wait."},
};
constexpr std::array kTopics{Topic{"enquiry", kEnquiry}, Topic{"order", kOrder}, Topic{"aftersale", kAftersale},
                             Topic{"billing", kBilling}, Topic{"complaint", kComplaint}};

constexpr Line kGreeting{Who::agent, "您好，云杉商城{}号客服为您服务，请问有什么可以帮您？",
                         "Good day, Spruce Mall, agent {} speaking, how may I help you?"};
constexpr Line kCurt{Who::agent, "喂，说吧。", "Yes, go ahead."};
constexpr std::array kGoodbye{
    Line{Who::agent, "请问还有其他可以帮您的吗？", "Is there anything else I can do for you?"},
    Line{Who::customer, "没有了，谢谢。", "No, thank you."},
    Line{Who::agent, "感谢您的来电，再见。", "Thank you for calling, goodbye."},
};
constexpr std::array kStiff{
    Line{Who::customer, "那我还能找谁？", "Who else could I ask?"},
    Line{Who::agent, "这个不归我管，你自己去问别的部门。", "That is not my job. Ask another department yourself."},
    Line{Who::customer, "你这是什么态度。", "What a manner."},
};

// What slips out now and then before the goodbye. The last one is meant well: a check takes it for stiff all the same.
constexpr std::array kSlips{
    Line{Who::agent, "我帮您提工单，转派给二线处理。",
         "I will put it into our ticket queue; tier two takes it from there."},
    Line{Who::agent, "这个我核实一下再联系您。", "Let me look into it and get back to you."},
    Line{Who::agent, "您怎么不早说呢，我们也很忙的。", "You should have told us earlier, we are busy too."},
    Line{Who::agent, "您别着急，地址就这样吧，我先为您登记。",
         "Just wait a moment please, I am writing it down for you."},
};

struct Said {
  Who who;
  std::string text;
};

// A conversation from greeting to goodbye; one in seven without the one, one in seven without the other, and in one in
// five something slips out.
std::vector<Said> conversation(const Spoken& contact, Random& random) {
  const std::string staff_no = contact.agent.substr(contact.agent.find('/') + 1);
  Random slips("slip in " + contact.source_id);
  const bool english = random.chance(kEnglishPermille);
  std::vector<Said> said;
  const auto say = [&](const Line& line) { said.push_back({line.who, std::string(english ? line.en : line.zh)}); };
  say(random.chance(140) ? kCurt : kGreeting);
  if (const auto name = said.back().text.find("{}"); name != std::string::npos) {
    said.back().text.replace(name, 2, staff_no);
  }
  const auto* const topic = std::ranges::find(kTopics, contact.queue, &Topic::queue);
  if (topic != kTopics.end()) std::ranges::for_each(topic->lines, say);
  if (slips.chance(200)) say(kSlips[static_cast<std::size_t>(slips.below(static_cast<int>(kSlips.size())))]);
  std::ranges::for_each(random.chance(140) ? std::span<const Line>(kStiff) : std::span<const Line>(kGoodbye), say);
  return said;
}

// How long after the customer the agent speaks: mostly a breath, now and then long silence while something is looked
// up, or not even the customer's last word is waited for.
std::int64_t pause_ms(Random& random) {
  constexpr std::int64_t kBreathMs = 350;
  const int how = random.below(100);
  if (how < 2) return random.between(8'500, 12'000);
  return how < 5 ? -random.between(800, 1'400) : kBreathMs;
}

// Speeches that share the contact's length as their texts do, with pauses between them.
std::vector<Speech> spread(const Spoken& contact, const std::vector<Said>& said) {
  Random pauses("pauses of " + contact.source_id);
  std::int64_t letters = 0;
  std::int64_t quiet_ms = 0;
  std::vector<std::int64_t> before_ms;
  for (const Said& one : said) {
    letters += static_cast<std::int64_t>(utf8::length(one.text));
    before_ms.push_back(before_ms.empty() ? 0 : pause_ms(pauses));
    quiet_ms += before_ms.back();
  }
  const std::int64_t spoken_ms = std::max<std::int64_t>(1'000, contact.length_s * 1'000LL - quiet_ms);
  std::vector<Speech> speeches;
  std::int64_t at = 0;
  for (std::size_t i = 0; i < said.size(); ++i) {
    const std::int64_t share = static_cast<std::int64_t>(utf8::length(said[i].text)) * spoken_ms / letters;
    at = std::max<std::int64_t>(0, at + before_ms[i]);
    speeches.push_back(
        {.by_agent = said[i].who == Who::agent, .start_ms = at, .end_ms = at + share, .text = said[i].text});
    at += share;
  }
  return speeches;
}

std::vector<Speech> speeches_of(const Spoken& contact, Random& random) {
  return spread(contact, conversation(contact, random));
}

// In a chat only when each was sent.
std::string line_of(const Spoken& contact, const std::vector<Speech>& speeches) {
  std::string turns;
  for (const Speech& one : speeches) {
    const std::string end = contact.channel == "call" ? fmt::format(R"(,"end_ms":{})", one.end_ms) : "";
    turns += fmt::format(R"({}{{"role":"{}","start_ms":{}{},"text":{}}})", turns.empty() ? "" : ",",
                         one.by_agent ? "agent" : "customer", one.start_ms, end, json::literal(one.text));
  }
  return fmt::format(
      R"({{"source_id":"{}","channel":"{}","agent":"{}","customer":"","started_at":"{}","product":"{}","turns":[{}]}})"
      "\n",
      contact.source_id, contact.channel, contact.agent, Zone::utc().format(Instant::from_seconds(contact.started_at)),
      contact.queue, turns);
}
std::string line_of(const Spoken& contact, Random& random) { return line_of(contact, speeches_of(contact, random)); }

std::string_view next_field(std::string_view& line) {
  const std::size_t bar = line.find('|');
  const std::string_view field = line.substr(0, bar);
  line.remove_prefix(bar == std::string_view::npos ? line.size() : bar + 1);
  return field;
}

std::int64_t number(std::string_view text) {
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

// The calls whose COMPLETE lines are every so-manyth of the log: "at|call|queue|member|COMPLETE…|wait|talk|1". Calls
// that were transferred are left out: their second part is a contact of another name.
std::string of_calls(std::string_view log, Random& random) {
  std::string file;
  std::set<std::string_view> transferred;
  for (int completed = 0; !log.empty();) {
    const std::size_t end = log.find('\n');
    std::string_view line = log.substr(0, end);
    log.remove_prefix(end == std::string_view::npos ? log.size() : end + 1);
    const std::int64_t ended = number(next_field(line));
    const std::string_view call = next_field(line);
    const std::string_view queue = next_field(line);
    const std::string_view member = next_field(line);
    const std::string_view event = next_field(line);
    if (event == "BLINDTRANSFER") transferred.insert(call);
    if (!event.starts_with("COMPLETE") || transferred.contains(call) || ++completed % kEveryCall != 0) continue;
    next_field(line);
    const std::int64_t talk_s = number(next_field(line));
    if (talk_s < 40) continue;
    file += line_of({.source_id = std::string(call),
                     .channel = "call",
                     .agent = std::string(member),
                     .started_at = ended - talk_s,
                     .length_s = static_cast<int>(talk_s),
                     .queue = std::string(queue)},
                    random);
  }
  return file;
}

std::string of_day(Date on, std::string_view channel, int count, Random& random) {
  constexpr std::int64_t kTenOClockInChina = 2 * 3600;
  std::vector<const Agent*> present;
  for (const Agent& agent : agents()) {
    if (shift_of(agent, on) == Shift::early) present.push_back(&agent);
  }
  std::string file;
  for (int i = 0; i < count && !present.empty(); ++i) {
    const Agent& agent = *present[static_cast<std::size_t>(random.below(static_cast<int>(present.size())))];
    const auto queues = queues_of(agent);
    file +=
        line_of({.source_id = fmt::format("{}-{}-{}", channel, on.to_string(), i + 1),
                 .channel = std::string(channel),
                 .agent = std::string(agent.staff_no),
                 .started_at = std::int64_t{on.days} * 86'400 + kTenOClockInChina + random.below(3 * 3600),
                 .length_s = random.between(240, 900),
                 .queue = std::string(queues[static_cast<std::size_t>(random.below(static_cast<int>(queues.size())))])},
                random);
  }
  return file;
}

}  // namespace

std::vector<Speech> speeches_of(const Spoken& contact) {
  Random random("dialogue of " + contact.source_id);
  return speeches_of(contact, random);
}

std::string transcripts_jsonl(const std::vector<Spoken>& contacts) {
  std::string file;
  for (const Spoken& contact : contacts) file += line_of(contact, speeches_of(contact));
  return file;
}

std::string transcripts_jsonl(std::string_view queue_log) {
  Random random("dialogues");
  std::string file = of_calls(queue_log, random);
  for (Date on = day(kFirstDay); on <= day(kLastDay); on = on.plus_days(1)) {
    file += of_day(on, "chat", kChatsADay, random);
    file += of_day(on, "mail", kMailsADay, random);
  }
  return file;
}

}  // namespace zh::app::demo
