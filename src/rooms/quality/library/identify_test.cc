#include "rooms/quality/library/identify.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/utf8.h"
#include "rooms/quality/library/identify_rules.h"

namespace zh::quality::library {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// "phone 13912343479, name 王" of what is found in one turn.
std::vector<std::string> found(const std::string& text, const Known& known = {}) {
  const std::u32string words = rules::code_points(text);
  std::vector<std::string> list;
  for (const Cut& cut : identifying({{.role = contacts::Role::agent, .text = text}}, known)) {
    std::string what = std::string(name_of(cut.thing)) + " ";
    for (auto at = cut.from; at < cut.until; ++at) utf8::append(what, words[static_cast<std::size_t>(at)]);
    list.push_back(what);
  }
  return list;
}

TEST(Identify, NumbersAreToldByWhatTheyLookLike) {
  EXPECT_THAT(found("我的号码是13912343479。"), ElementsAre("phone 13912343479"));
  EXPECT_THAT(found("139 1234 3479"), ElementsAre("phone 139 1234 3479"));
  EXPECT_THAT(found("call +44 20 7946 0958"), ElementsAre("phone +44 20 7946 0958"));
  EXPECT_THAT(found("010-65529988"), ElementsAre("phone 010-65529988"));
  EXPECT_THAT(found("身份证11010119900307123X"), ElementsAre("id 11010119900307123X"));
  EXPECT_THAT(found("卡号 4111 1111 1111 1111"), ElementsAre("card 4111 1111 1111 1111"));
  EXPECT_THAT(found("工单 202613374455662"), ElementsAre("number 202613374455662"));
  EXPECT_THAT(found("１３９１２３４３４７９"), ElementsAre("phone １３９１２３４３４７９"));
}

TEST(Identify, SpokenNumbersAreNumbers) {
  EXPECT_THAT(found("幺三九一二三四三四七九"), ElementsAre("phone 幺三九一二三四三四七九"));
  EXPECT_THAT(found("it is five five five, oh one two three"), ElementsAre("phone five five five, oh one two three"));
  // A few of them are a quantity.
  EXPECT_THAT(found("一二三四五"), IsEmpty());
  EXPECT_THAT(found("one two three four five"), IsEmpty());
}

TEST(Identify, FiguresThatAreNobodysStay) {
  for (const std::string text :
       {"一共 330000.50 元", "100000元", "2026-10-12 到账", "20261012", "2026-10", "12345", "房间 1203"}) {
    EXPECT_THAT(found(text), IsEmpty()) << text;
  }
}

TEST(Identify, MailPlatesAndIds) {
  EXPECT_THAT(found("发到 anna.smith@example.com. 谢谢"), ElementsAre("email anna.smith@example.com"));
  EXPECT_THAT(found("写 a@b 就行"), IsEmpty());
  EXPECT_THAT(found("车牌川A12345"), ElementsAre("plate 川A12345"));
  EXPECT_THAT(found("川A·D12345"), ElementsAre("plate 川A·D12345"));
  EXPECT_THAT(found("passport E1234567X"), ElementsAre("id E1234567X"));
}

TEST(Identify, NamesAreToldByTheWordsAroundThem) {
  EXPECT_THAT(found("我叫王小明，您好"), ElementsAre("name 王小明"));
  EXPECT_THAT(found("免贵姓李"), ElementsAre("name 李"));
  EXPECT_THAT(found("好的，张先生"), ElementsAre("name 张"));
  EXPECT_THAT(found("欧阳小明女士"), ElementsAre("name 欧阳小明"));
  EXPECT_THAT(found("My name is Anna Smith and I call"), ElementsAre("name Anna Smith"));
  EXPECT_THAT(found("thank you Mr. Brown"), ElementsAre("name Brown"));
  EXPECT_THAT(found("this is about my bill"), IsEmpty());
  EXPECT_THAT(found("先生您好"), IsEmpty());
}

TEST(Identify, AddressesOfTwoPartsAndMore) {
  EXPECT_THAT(found("我住在成都市武侯区人民南路12号3栋"), ElementsAre("address 成都市武侯区人民南路12号3栋"));
  EXPECT_THAT(found("I live at 12 Baker Street"), ElementsAre("address 12 Baker Street"));
  EXPECT_THAT(found("成都市的天气"), IsEmpty());
  EXPECT_THAT(found("12 people on the street"), IsEmpty());
}

TEST(Identify, WhatIsKnownIsFoundWhereverItStands) {
  const Known known{.names = {"林青", "Ann", "李"}, .numbers = {"6552"}};
  EXPECT_THAT(found("我是客服林青，尾号6552", known), ElementsAre("name 林青", "phone 6552"));
  EXPECT_THAT(found("ANN said the plan is fine", known), ElementsAre("name ANN"));  // not within another word
  EXPECT_THAT(found("行李", known), IsEmpty());  // one character is too little to go by
}

TEST(Identify, ANameToldOnceIsFoundInEveryTurn) {
  const auto cuts = identifying({{.role = contacts::Role::customer, .text = "我叫王小明"},
                                 {.role = contacts::Role::agent, .text = "王小明您好，王小明"}},
                                {});
  ASSERT_EQ(cuts.size(), 3U);
  EXPECT_EQ(cuts[1], (Cut{.turn = 1, .from = 0, .until = 3, .thing = Thing::name}));
  EXPECT_EQ(cuts[2].from, 6);
}

TEST(Identify, TextThatIsNoneIsRead) {
  EXPECT_THAT(found(""), IsEmpty());
  EXPECT_THAT(found("\xFF\xFE 13912343479"), ElementsAre("phone 13912343479"));
  EXPECT_THAT(found("姓"), IsEmpty());
  EXPECT_THAT(found("@"), IsEmpty());
}

}  // namespace
}  // namespace zh::quality::library
