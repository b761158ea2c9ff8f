#include "vault/seal.h"

#include <sodium.h>

#include <algorithm>

namespace zh::vault {

namespace {

constexpr char kVersion = 1;
constexpr std::size_t kIdBytes = sizeof(KeyId::bytes);
constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t kHeadBytes = 1 + kIdBytes + kNonceBytes;

unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }
const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

Error damaged() {
  return error(ErrorCode::corrupt, {.zh = "加密保存的文本已损坏；请从备份恢复",
                                    .en = "an encrypted text is damaged; restore it from a backup"});
}

}  // namespace

std::string seal(const Keys& keys, const Hash& name, std::string_view text) {
  const Keys::Seal& key = keys.current();
  std::string sealed(kHeadBytes + text.size() + kTagBytes, '\0');
  sealed.front() = kVersion;
  std::ranges::copy(key.id.bytes, bytes_of(sealed) + 1);
  unsigned char* const nonce = bytes_of(sealed) + 1 + kIdBytes;
  randombytes_buf(nonce, kNonceBytes);
  crypto_aead_xchacha20poly1305_ietf_encrypt(bytes_of(sealed) + kHeadBytes, nullptr, bytes_of(text), text.size(),
                                             name.bytes.data(), name.bytes.size(), nullptr, nonce, key.secret.data());
  return sealed;
}

Result<std::string> unseal(const Keys& keys, const Hash& name, std::string_view sealed) {
  if (sealed.size() < kHeadBytes + kTagBytes || sealed.front() != kVersion) return damaged();
  KeyId id;
  std::copy_n(bytes_of(sealed) + 1, kIdBytes, id.bytes.begin());
  ZH_TRY(const Keys::Seal* const key, keys.find(id));
  const std::string_view hidden = sealed.substr(kHeadBytes);
  std::string text(hidden.size() - kTagBytes, '\0');
  const int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(bytes_of(text), nullptr, nullptr, bytes_of(hidden),
                                                                hidden.size(), name.bytes.data(), name.bytes.size(),
                                                                bytes_of(sealed) + 1 + kIdBytes, key->secret.data());
  if (failed != 0) return damaged();
  return text;
}

}  // namespace zh::vault
