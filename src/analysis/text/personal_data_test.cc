#include "analysis/text/personal_data.h"

#include <gtest/gtest.h>

namespace zh::text {
namespace {

// "kind:words" of each place.
std::string found(std::string_view text) {
  std::vector<PersonalPlace> places;
  find_personal_data(text, places);
  std::string result;
  for (const PersonalPlace& it : places) {
    result += (result.empty() ? "" : "; ") + std::string(name_of(it.kind)) + ":" +
              std::string(text.substr(it.from, it.to - it.from));
  }
  return result;
}

TEST(PersonalData, telephone_numbers_however_they_are_said) {
  EXPECT_EQ(found("我的电话13812345678,谢谢"), "phone:13812345678");
  EXPECT_EQ(found("138-1234-5678"), "phone:138-1234-5678");
  EXPECT_EQ(found("一三八一二三四五六七八"), "phone:一三八一二三四五六七八");
  EXPECT_EQ(found("幺三八 零零零零 幺二三四"), "phone:幺三八 零零零零 幺二三四");
  EXPECT_EQ(found("it is one three eight double two three four five six seven eight, ok"),
            "phone:one three eight double two three four five six seven eight");
  EXPECT_EQ(found("订单12812345678"), "");  // no such prefix
  EXPECT_EQ(found("1381234567"), "");       // ten digits
  EXPECT_EQ(found("138123456789"), "");     // twelve
  EXPECT_EQ(found("138,, 12345678"), "");   // not one number
}

TEST(PersonalData, identity_numbers_by_their_check_digit) {
  EXPECT_EQ(found("身份证11010519491231002x"), "id_number:11010519491231002x");
  EXPECT_EQ(found("440524188001010049"), "");  // fits, but nobody is that old
  EXPECT_EQ(found("110105194912310021"), "");
}

TEST(PersonalData, bank_cards_by_their_check_digit) {
  EXPECT_EQ(found("4111 1111 1111 1111"), "bank_card:4111 1111 1111 1111");
  EXPECT_EQ(found("4111 1111 1111 1112"), "");
  EXPECT_EQ(found("0000000000000000"), "");
  EXPECT_EQ(found("four one one one one one one one one one one one one one one one"),
            "bank_card:four one one one one one one one one one one one one one one one");
}

TEST(PersonalData, mail_addresses) {
  EXPECT_EQ(found("发到wang.lei@example.com。"), "email:wang.lei@example.com");
  EXPECT_EQ(found("a@b.cn, c@d.org."), "email:a@b.cn; email:c@d.org");
  EXPECT_EQ(found("13812345678@qq.com"), "email:13812345678@qq.com");  // one thing, not two
  EXPECT_EQ(found("@home a@b @.com a@.cn"), "");
}

TEST(PersonalData, nothing_where_there_is_nothing) {
  EXPECT_EQ(found(""), "");
  EXPECT_EQ(found("double"), "");
  EXPECT_EQ(found("triple x"), "");
  EXPECT_EQ(found("一"), "");
  EXPECT_EQ(found("\xFF@\xFF"), "");
}

TEST(PersonalData, names) {
  EXPECT_EQ(personal_data_named("bank_card"), PersonalData::bank_card);
  EXPECT_EQ(personal_data_named("shoe_size"), std::nullopt);
}

}  // namespace
}  // namespace zh::text
