// Bulk loads: COPY in PostgreSQL's binary format.
#include <fmt/format.h>

#include <utility>

#include "db/postgres/postgres.h"

namespace zh::db::detail {

namespace {

// Sent in pieces of this size.
constexpr std::size_t kPiece = std::size_t{128} << 10;

constexpr std::string_view kCopyHeader{"PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19};

class PostgresLoader final : public Loader {
 public:
  // `target` is what COPY fills: the table itself, or a temporary one from which new rows are merged.
  PostgresLoader(PostgresConnection& connection, Into into, OnConflict on_conflict, std::string target)
      : connection_(connection), into_(into), merges_(on_conflict == OnConflict::skip), target_(std::move(target)) {
    buffer_.reserve(kPiece + (kPiece >> 2));
    buffer_ = kCopyHeader;
    connection_.set_loading(true);
  }
  ~PostgresLoader() override {
    if (finished_) return;
    connection_.set_failed();
    connection_.set_loading(false);
    if (!connection_.usable()) return;
    PQputCopyEnd(connection_.handle(), "not finished");
    while (true) {
      auto result = connection_.next_result();
      if (!result.ok() || *result == nullptr) return;
    }
  }
  PostgresLoader(const PostgresLoader&) = delete;
  PostgresLoader& operator=(const PostgresLoader&) = delete;

  Status add(std::span<const Param> values) override {
    put(values.size(), 2);
    for (const Param& value : values) {
      if (auto status = std::visit(Writer{*this}, value.data()); !status.ok()) {
        connection_.set_failed();
        return status;
      }
    }
    return buffer_.size() < kPiece ? Status() : flush();
  }

  Result<std::int64_t> finish() override {
    put(0xffff, 2);
    ZH_CHECK(flush());
    finished_ = true;
    connection_.set_loading(false);
    if (PQputCopyEnd(connection_.handle(), nullptr) != 1) return failed(connection_.failure(nullptr));
    ZH_TRY(const std::int64_t copied, copied_rows());
    return merges_ ? merge() : Result<std::int64_t>(copied);
  }

 private:
  struct Writer {
    PostgresLoader& loader;
    Status operator()(std::monostate) const {
      loader.put(0xffffffff, 4);
      return {};
    }
    Status operator()(std::int64_t number) const {
      loader.put(8, 4);
      loader.put(static_cast<std::uint64_t>(number), 8);
      return {};
    }
    Status operator()(std::string_view text) const {
      ZH_CHECK(check_text(text));
      return bytes(text);
    }
    Status operator()(const std::string& text) const { return (*this)(std::string_view(text)); }
    Status operator()(Blob blob) const { return bytes(blob.bytes); }
    Status bytes(std::string_view bytes) const {
      constexpr std::size_t kLongest = std::size_t{1} << 30;
      if (bytes.size() >= kLongest) {
        return error(ErrorCode::limit, {.zh = "内容过大，无法存储", .en = "the content is too large to be stored"});
      }
      loader.put(bytes.size(), 4);
      loader.buffer_ += bytes;
      return {};
    }
  };

  void put(std::uint64_t number, int width) {
    for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) buffer_ += static_cast<char>((number >> shift) & 0xff);
  }

  Status flush() {
    const int sent = PQputCopyData(connection_.handle(), buffer_.data(), static_cast<int>(buffer_.size()));
    buffer_.clear();
    return sent == 1 ? Status() : Status(failed(connection_.failure(nullptr)));
  }

  Result<std::int64_t> copied_rows() {
    std::int64_t rows = 0;
    std::optional<Error> problem;
    while (true) {
      ZH_TRY(const PostgresResult result, connection_.next_result());
      if (result == nullptr) break;
      if (PQresultStatus(result.get()) == PGRES_COMMAND_OK) {
        rows = std::strtoll(PQcmdTuples(result.get()), nullptr, 10);
      } else {
        problem = connection_.failure(result.get());
      }
    }
    if (problem.has_value()) return failed(*std::move(problem));
    return rows;
  }

  Result<std::int64_t> merge() {
    auto merged = connection_.run(fmt::format("INSERT INTO {0} ({1}) SELECT {1} FROM {2} ON CONFLICT DO NOTHING",
                                              into_.table(), into_.columns(), target_));
    if (!merged.ok()) return failed(std::move(merged).error());
    const std::int64_t rows = std::strtoll(PQcmdTuples(merged->get()), nullptr, 10);
    ZH_CHECK(connection_.run(fmt::format("DROP TABLE {}", target_)));
    return rows;
  }

  Error failed(Error problem) {
    connection_.set_failed();
    return problem;
  }

  PostgresConnection& connection_;
  Into into_;
  bool merges_;
  std::string target_;
  std::string buffer_;
  bool finished_ = false;
};

}  // namespace

Result<std::unique_ptr<Loader>> PostgresConnection::load(Into into, OnConflict on_conflict) {
  std::string target(into.table());
  if (on_conflict == OnConflict::skip) {
    // COPY knows no ON CONFLICT: the rows go through a temporary table without constraints.
    target = fmt::format("load_{}", into.table());
    ZH_CHECK(script(fmt::format("CREATE TEMP TABLE {} ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA", target,
                                into.columns(), into.table())));
  }
  ZH_CHECK(make_free());
  const std::string copy = fmt::format("COPY {} ({}) FROM STDIN (FORMAT binary)", target, into.columns());
  if (PQsendQuery(handle_.get(), copy.c_str()) == 0) return failure(nullptr);
  ZH_TRY(const PostgresResult result, next_result());
  if (PQresultStatus(result.get()) == PGRES_COPY_IN) {
    return std::unique_ptr<Loader>(std::make_unique<PostgresLoader>(*this, into, on_conflict, std::move(target)));
  }
  const Error problem = failure(result.get());
  while (PostgresResult(PQgetResult(handle_.get())) != nullptr) {
  }
  return problem;
}

}  // namespace zh::db::detail
