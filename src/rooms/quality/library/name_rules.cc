// Names by what is said around them: "我叫王小明", "免贵姓李", "张先生"; "my name is Anna Smith", "Mr. Brown".
#include <algorithm>
#include <array>

#include "rooms/quality/library/identify_rules.h"

namespace zh::quality::library::rules {

namespace {

// The surnames of nine in ten people, and those of two characters.
constexpr std::u32string_view kSurnames =
    U"王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟"
    U"汪"
    U"田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛"
    U"温"
    U"芦季俞章鲁葛伍韦申尤毕聂焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈"
    U"鲍"
    U"位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜";
constexpr std::array<std::u32string_view, 10> kLongSurnames{U"欧阳", U"上官", U"司马", U"诸葛", U"司徒",
                                                            U"东方", U"皇甫", U"尉迟", U"公孙", U"慕容"};
constexpr std::array<std::u32string_view, 6> kBeforeName{U"我叫",   U"名字叫", U"名字是",
                                                         U"姓名是", U"户名是", U"联系人是"};
constexpr std::array<std::u32string_view, 11> kTitles{U"先生", U"女士", U"小姐", U"太太", U"老师", U"经理",
                                                      U"师傅", U"主任", U"阿姨", U"大哥", U"医生"};
constexpr std::array<std::u32string_view, 4> kBeforeEnglishName{U"my name is ", U"my name's ", U"i am called ",
                                                                U"this is "};
constexpr std::array<std::u32string_view, 9> kEnglishTitles{U"mr. ", U"mrs. ", U"ms. ", U"mr ", U"mrs ",
                                                            U"ms ",  U"miss ", U"dr. ", U"dr "};
constexpr std::size_t kGivenMax = 2;         // characters of a given name
constexpr std::size_t kEnglishNamesMax = 3;  // words of a name

std::size_t surname_at(std::u32string_view text, std::size_t at) {
  for (const std::u32string_view surname : kLongSurnames) {
    if (text.substr(at).starts_with(surname)) return surname.size();
  }
  return at < text.size() && kSurnames.find(text[at]) != std::u32string_view::npos ? 1 : 0;
}

template <std::size_t n>
bool begins_with_any(std::u32string_view text, const std::array<std::u32string_view, n>& words) {
  return std::ranges::any_of(words, [text](std::u32string_view word) { return text.starts_with(word); });
}

// What follows a name rather than belongs to it: a particle, a title, anything that is no character.
bool ends_name(std::u32string_view rest) {
  constexpr std::u32string_view kAfter = U"的了在是啊吧呢吗呀嘛和跟从您你我他她就也想要打这那";
  return !is_ideograph(rest.front()) || kAfter.find(rest.front()) != std::u32string_view::npos ||
         begins_with_any(rest, kTitles);
}

void add_name_at(std::u32string_view text, std::size_t at, Finds& finds) {
  const std::size_t surname = surname_at(text, at);
  if (surname == 0) return;
  std::size_t until = at + surname;
  while (until < text.size() && until < at + surname + kGivenMax && !ends_name(text.substr(until))) ++until;
  finds.push_back({at, until, Thing::name});
}

void find_told(std::u32string_view text, Finds& finds) {
  for (const std::u32string_view before : kBeforeName) {
    for (std::size_t at = text.find(before); at != std::u32string_view::npos; at = text.find(before, at + 1)) {
      add_name_at(text, at + before.size(), finds);
    }
  }
  for (std::size_t at = text.find(U'姓'); at != std::u32string_view::npos; at = text.find(U'姓', at + 1)) {
    if (const std::size_t length = surname_at(text, at + 1)) finds.push_back({at + 1, at + 1 + length, Thing::name});
  }
}

// "王先生", "欧阳小明女士": the nearest surname before the title, the longer one where two end there.
void find_titled(std::u32string_view text, Finds& finds) {
  for (const std::u32string_view title : kTitles) {
    for (std::size_t at = text.find(title); at != std::u32string_view::npos; at = text.find(title, at + 1)) {
      for (std::size_t length = 1; length <= kGivenMax + 2 && length <= at; ++length) {
        const std::size_t surname = surname_at(text, at - length);
        if (surname == 0 || surname > length || length - surname > kGivenMax) continue;
        const bool is_tail = length < at && begins_with_any(text.substr(at - length - 1), kLongSurnames);
        finds.push_back({at - length - (is_tail ? 1 : 0), at, Thing::name});
        break;
      }
    }
  }
}

bool is_capital(char32_t c) { return c >= U'A' && c <= U'Z'; }

// Words that begin with a capital letter, one after the other.
void add_words_at(std::u32string_view text, std::size_t from, Finds& finds) {
  std::size_t until = from;
  for (std::size_t at = from, words = 0; words < kEnglishNamesMax && at < text.size() && is_capital(text[at]);
       ++words) {
    while (at < text.size() && (is_latin(text[at]) || text[at] == U'-' || text[at] == U'\'')) ++at;
    until = at;
    if (at >= text.size() || text[at] != U' ') break;
    ++at;
  }
  if (until > from) finds.push_back({from, until, Thing::name});
}

template <std::size_t n>
void find_after(std::u32string_view text, const std::array<std::u32string_view, n>& before, Finds& finds) {
  std::u32string small(text);
  std::ranges::transform(small, small.begin(), lower);
  for (const std::u32string_view words : before) {
    for (std::size_t at = small.find(words); at != std::u32string::npos; at = small.find(words, at + 1)) {
      if (at == 0 || !is_latin(small[at - 1])) add_words_at(text, at + words.size(), finds);
    }
  }
}

}  // namespace

void find_names(std::u32string_view text, Finds& finds) {
  find_told(text, finds);
  find_titled(text, finds);
  find_after(text, kBeforeEnglishName, finds);
  find_after(text, kEnglishTitles, finds);
}

}  // namespace zh::quality::library::rules
