#include "vault/contents.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>

namespace zh::vault {

namespace {

constexpr std::string_view kMagic = "ZHVAULT1";
constexpr std::size_t kIdAt = kMagic.size();
constexpr std::size_t kSizeAt = kIdAt + sizeof(KeyId::bytes);
constexpr std::size_t kSaltAt = kSizeAt + 8;
constexpr std::size_t kSaltBytes = 16;
constexpr std::size_t kHeaderBytes = kSaltAt + kSaltBytes;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(kSaltBytes + 8 == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);

unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }
const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

void append_number(std::string& text, std::uint64_t number) {
  for (int shift = 0; shift < 64; shift += 8) text += static_cast<char>((number >> shift) & 0xFF);
}

std::uint64_t number_at(std::string_view text, std::size_t at) {
  std::uint64_t number = 0;
  for (std::size_t i = 8; i-- > 0;) number = number << 8 | static_cast<unsigned char>(text[at + i]);
  return number;
}

std::uint64_t chunks_of(std::uint64_t size) { return size == 0 ? 1 : (size - 1) / kChunkBytes + 1; }

std::uint64_t stored_size(std::uint64_t size) { return kHeaderBytes + size + chunks_of(size) * kTagBytes; }

std::string new_header(const KeyId& key, std::uint64_t size) {
  std::string header(kMagic);
  header.append(reinterpret_cast<const char*>(key.bytes.data()), key.bytes.size());
  append_number(header, size);
  header.resize(kHeaderBytes);
  randombytes_buf(bytes_of(header) + kSaltAt, kSaltBytes);
  return header;
}

// What a chunk is bound to besides the key.
struct Binding {
  std::string nonce;
  std::string data;

  Binding(std::string_view header, const Hash& name, std::uint64_t number, bool last)
      : nonce(header.substr(kSaltAt, kSaltBytes)), data(header) {
    append_number(nonce, number);
    data.append(reinterpret_cast<const char*>(name.bytes.data()), name.bytes.size());
    append_number(data, number);
    data += last ? '\1' : '\0';
  }
};

Error no_such_content(const Hash& name) {
  return error(ErrorCode::not_found,
               {.zh = fmt::format("存储中没有内容 {}；请从备份恢复", name.hex()),
                .en = fmt::format("the content {} is not in the store; restore it from a backup", name.hex())});
}

Error damaged(const Hash& name, std::uint64_t chunk) {
  return error(ErrorCode::corrupt,
               {.zh = fmt::format("内容 {} 的第 {} 块已损坏；请从备份恢复，或重新导入原文件", name.hex(), chunk + 1),
                .en = fmt::format("chunk {} of the content {} is damaged; restore it from a backup, or import the "
                                  "original file again",
                                  chunk + 1, name.hex())});
}

Error damaged_whole(const Hash& name) {
  return error(ErrorCode::corrupt,
               {.zh = fmt::format("内容 {} 的文件头或长度不对；请从备份恢复，或重新导入原文件", name.hex()),
                .en = fmt::format("the header or the length of the content {} is wrong; restore it from a backup, or "
                                  "import the original file again",
                                  name.hex())});
}

// Fills the buffer from the source, short only at its end.
Result<std::string> next_chunk(ByteSource& source) {
  std::string chunk(kChunkBytes, '\0');
  std::size_t size = 0;
  while (size < chunk.size()) {
    ZH_TRY(const std::size_t got, source.read({chunk.data() + size, chunk.size() - size}));
    if (got == 0) break;
    size += got;
  }
  chunk.resize(size);
  return chunk;
}

}  // namespace

Result<std::string> ContentReader::chunk(std::uint64_t number) {
  const bool last = number + 1 == chunks_of(size_);
  const std::size_t length = last ? size_ - number * kChunkBytes : kChunkBytes;
  ZH_TRY(const std::string hidden, thing_->read(kHeaderBytes + number * (kChunkBytes + kTagBytes), length + kTagBytes));
  if (hidden.size() != length + kTagBytes) return damaged(name_, number);
  const Binding binding(header_, name_, number, last);
  std::string plain(length, '\0');
  const int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(
      bytes_of(plain), nullptr, nullptr, bytes_of(std::string_view(hidden)), hidden.size(),
      bytes_of(std::string_view(binding.data)), binding.data.size(), bytes_of(std::string_view(binding.nonce)),
      secret_.data());
  if (failed != 0) return damaged(name_, number);
  return plain;
}

Result<std::string> ContentReader::read(std::uint64_t offset, std::size_t length) {
  std::string bytes;
  if (offset >= size_) return bytes;
  const std::uint64_t until = std::min<std::uint64_t>(size_, offset + length);
  for (std::uint64_t number = offset / kChunkBytes; number * kChunkBytes < until; ++number) {
    ZH_TRY(const std::string plain, chunk(number));
    const std::uint64_t begin = number * kChunkBytes;
    const std::uint64_t from = std::max(offset, begin) - begin;
    bytes.append(plain, from, std::min<std::uint64_t>(until - begin, plain.size()) - from);
  }
  return bytes;
}

Result<ContentReader> Contents::open(const Hash& name) {
  ContentReader reader;
  ZH_TRY(reader.thing_, shelf_.find(name));
  if (reader.thing_ == nullptr) return no_such_content(name);
  ZH_TRY(reader.header_, reader.thing_->read(0, kHeaderBytes));
  if (reader.header_.size() != kHeaderBytes || !reader.header_.starts_with(kMagic)) return damaged_whole(name);
  KeyId id;
  std::copy_n(bytes_of(std::string_view(reader.header_)) + kIdAt, id.bytes.size(), id.bytes.begin());
  ZH_TRY(const Keys::Seal* const key, keys_.find(id));
  reader.name_ = name;
  reader.secret_ = key->secret;
  reader.size_ = number_at(reader.header_, kSizeAt);
  const std::uint64_t stored = reader.thing_->size();
  if (reader.size_ > stored || stored_size(reader.size_) != stored) return damaged_whole(name);
  return reader;
}

Status Contents::verify(const Hash& name) {
  ZH_TRY(ContentReader reader, open(name));
  // Also an empty content has its one chunk.
  for (std::uint64_t number = 0; number < chunks_of(reader.size()); ++number) {
    ZH_TRY([[maybe_unused]] const std::string plain, reader.chunk(number));
  }
  return {};
}

Result<Put> Contents::put(const OpenSource& open_source) {
  Put put;
  {
    ZH_TRY(const auto source, open_source());
    NameHasher hasher(keys_);
    for (;;) {
      ZH_TRY(const std::string chunk, next_chunk(*source));
      if (chunk.empty()) break;
      hasher.add(chunk);
      put.bytes += chunk.size();
    }
    put.name = hasher.finish();
  }
  if (verify(put.name).ok()) return put;
  ZH_CHECK(write(put.name, put.bytes, open_source));
  put.is_new = true;
  return put;
}

Status Contents::write(const Hash& name, std::uint64_t size, const OpenSource& open_source) {
  const Keys::Seal& key = keys_.current();
  const std::string header = new_header(key.id, size);
  ZH_TRY(const auto incoming, shelf_.create(name));
  ZH_CHECK(incoming->write(header));
  ZH_TRY(const auto source, open_source());
  NameHasher again(keys_);
  std::string hidden;
  for (std::uint64_t number = 0; number < chunks_of(size); ++number) {
    ZH_TRY(const std::string plain, next_chunk(*source));
    again.add(plain);
    const Binding binding(header, name, number, number + 1 == chunks_of(size));
    hidden.resize(plain.size() + kTagBytes);
    crypto_aead_xchacha20poly1305_ietf_encrypt(bytes_of(hidden), nullptr, bytes_of(std::string_view(plain)),
                                               plain.size(), bytes_of(std::string_view(binding.data)),
                                               binding.data.size(), nullptr, bytes_of(std::string_view(binding.nonce)),
                                               key.secret.data());
    ZH_CHECK(incoming->write(hidden));
  }
  if (again.finish() != name) {
    return error(ErrorCode::conflict, {.zh = "文件在读取时被改动；请稍后再导入",
                                       .en = "the file was changed while it was read; import it again later"});
  }
  return incoming->keep();
}

}  // namespace zh::vault
