// What PostgreSQL's SQLSTATE codes mean to a caller and to a person.
#include <fmt/format.h>

#include "base/utf8.h"
#include "db/postgres/postgres.h"

namespace zh::db::detail {

namespace {

struct Meaning {
  std::string_view state;  // a code, or the two digits of a class
  ErrorCode code;
  Text text;
};

const Meaning& meaning_of(std::string_view state) {
  static const Text kGone{.zh = "数据库服务器连接中断，本步未存储任何内容，请稍后重试",
                          .en =
                              "the connection to the database server was lost; nothing of this step was stored, "
                              "try again later"};
  static const Text kBusy{.zh = "数据库正被另一进程占用，请稍后重试",
                          .en = "the database is locked by another writer, try again later"};
  static const Text kFull{.zh = "数据库服务器磁盘已满，未存储任何内容；请腾出空间后重试",
                          .en =
                              "the database server's disk is full, nothing was stored; free some space and try "
                              "again"};
  static const Meaning kMeanings[] = {
      {"53100", ErrorCode::unavailable, kFull},
      {"53",
       ErrorCode::unavailable,
       {.zh = "数据库服务器资源不足", .en = "the database server has run out of a resource"}},
      {"55P03", ErrorCode::unavailable, kBusy},
      {"40P01", ErrorCode::unavailable, kBusy},
      {"40001", ErrorCode::unavailable, kBusy},
      {"57014", ErrorCode::cancelled, {.zh = "数据库语句被取消", .en = "the database statement was cancelled"}},
      {"57", ErrorCode::unavailable, kGone},
      {"08", ErrorCode::unavailable, kGone},
      {"58",
       ErrorCode::unavailable,
       {.zh = "数据库服务器读写失败，请检查其磁盘",
        .en = "the database server cannot read or write its files, check its disk"}},
      {"28",
       ErrorCode::unavailable,
       {.zh = "数据库服务器拒绝登录，请检查用户名与密码",
        .en = "the database server refuses the sign-in, check user and password"}},
      {"3D000",
       ErrorCode::unavailable,
       {.zh = "数据库服务器上没有这个数据库", .en = "the server has no database of that name"}},
      {"42501", ErrorCode::unavailable, {.zh = "数据库用户权限不足", .en = "the database user lacks a permission"}},
      {"42P06", ErrorCode::conflict, {.zh = "模式已存在", .en = "the schema exists already"}},
      {"23", ErrorCode::conflict, {.zh = "数据违反了数据库约束", .en = "the data break a constraint of the database"}},
      {"54", ErrorCode::limit, {.zh = "内容过大，无法存储", .en = "the content is too large to be stored"}},
      {"XX001",
       ErrorCode::corrupt,
       {.zh = "数据库文件已损坏，请从备份恢复", .en = "the database is damaged, restore it from a backup"}},
      {"XX002",
       ErrorCode::corrupt,
       {.zh = "数据库索引已损坏，请从备份恢复", .en = "an index of the database is damaged, restore a backup"}},
      {"", ErrorCode::internal, {.zh = "数据库语句出错", .en = "a database statement failed"}},
  };
  for (const Meaning& meaning : kMeanings) {
    if (state.starts_with(meaning.state)) return meaning;
  }
  return kMeanings[std::size(kMeanings) - 1];
}

}  // namespace

// Without a code from the server a connection that is no more tells enough.
Error postgres_error(std::string_view state, std::string_view said, bool connected) {
  const Meaning& meaning = meaning_of(state.empty() && !connected ? "08" : state);
  while (!said.empty() && said.back() == '\n') said.remove_suffix(1);
  // The server speaks the language and encoding of its own settings.
  const std::string words = utf8::shortened(utf8::sanitized(said), 300);
  return error(meaning.code, {.zh = fmt::format("{}（PostgreSQL：{}）", meaning.text.zh, words),
                              .en = fmt::format("{} (PostgreSQL: {})", meaning.text.en, words)});
}

}  // namespace zh::db::detail
