// A content of the store as the body of an answer, decrypted as it is sent.
#pragma once

#include <algorithm>
#include <string>

#include "http/message.h"
#include "http/range.h"
#include "vault/contents.h"

namespace zh::contacts::api {

class Playing final : public http::Stream {
 public:
  Playing(vault::ContentReader reader, http::ByteRange range)
      : reader_(std::move(reader)), at_(range.first), until_(range.last + 1) {}

  Result<std::string> next() override {
    ZH_TRY(std::string piece, reader_.read(at_, std::min<std::uint64_t>(kPieceBytes, until_ - at_)));
    at_ += piece.size();
    return piece;
  }

 private:
  static constexpr std::size_t kPieceBytes = std::size_t{256} << 10;

  vault::ContentReader reader_;
  std::uint64_t at_;
  std::uint64_t until_;
};

}  // namespace zh::contacts::api
