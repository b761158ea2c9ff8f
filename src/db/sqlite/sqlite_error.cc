// What SQLite's result codes mean to a caller and to a person.
#include <fmt/format.h>

#include "db/sqlite/sqlite.h"

namespace zh::db::detail {

namespace {

struct Meaning {
  ErrorCode code;
  Text text;  // with what SQLite said behind it
};

Meaning meaning_of(int primary) {
  switch (primary) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {ErrorCode::unavailable,
              {.zh = "数据库正被另一进程写入，请稍后重试",
               .en = "the database is locked by another writer, try again later"}};
    case SQLITE_FULL:
      return {ErrorCode::unavailable,
              {.zh = "磁盘已满，未存储任何内容；请腾出空间后重试",
               .en = "the disk is full, nothing was stored; free some space and try again"}};
    case SQLITE_IOERR:
      return {ErrorCode::unavailable,
              {.zh = "数据库文件读写失败，请检查磁盘",
               .en = "the database file cannot be read or written, check the disk"}};
    case SQLITE_CANTOPEN:
      return {ErrorCode::unavailable,
              {.zh = "无法打开数据库文件，请检查目录与权限",
               .en = "the database file cannot be opened, check its folder and permissions"}};
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return {
          ErrorCode::unavailable,
          {.zh = "数据库文件不可写，请检查权限", .en = "the database file cannot be written, check its permissions"}};
    case SQLITE_CONSTRAINT:
      return {ErrorCode::conflict, {.zh = "数据违反了数据库约束", .en = "the data break a constraint of the database"}};
    case SQLITE_CORRUPT:
      return {ErrorCode::corrupt,
              {.zh = "数据库文件已损坏，请从备份恢复", .en = "the database file is damaged, restore it from a backup"}};
    case SQLITE_NOTADB:
      return {ErrorCode::corrupt, {.zh = "该文件不是 SQLite 数据库", .en = "the file is not an SQLite database"}};
    case SQLITE_TOOBIG:
      return {ErrorCode::limit, {.zh = "内容过大，无法存储", .en = "the content is too large to be stored"}};
    case SQLITE_NOMEM:
      return {ErrorCode::unavailable, {.zh = "内存不足", .en = "there is not enough memory"}};
    case SQLITE_INTERRUPT:
      return {
          ErrorCode::cancelled,
          {.zh = "已按要求停止，本步未存储任何内容", .en = "stopped as requested; nothing of this step was stored"}};
    default:
      return {ErrorCode::internal, {.zh = "数据库语句出错", .en = "a database statement failed"}};
  }
}

}  // namespace

Error sqlite_error(sqlite3* handle, int code) {
  const int primary = code & 0xff;
  auto [kind, text] = meaning_of(primary);
  const std::string said = handle != nullptr ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
  text.zh += fmt::format("（SQLite：{}）", said);
  text.en += fmt::format(" (SQLite: {})", said);
  return error(kind, std::move(text));
}

}  // namespace zh::db::detail
