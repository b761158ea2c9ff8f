#include "rooms/people/accounts/secrets.h"

#include <sodium.h>

#include <array>
#include <chrono>
#include <semaphore>

namespace zh::people {

namespace {

// sodium_init is idempotent and thread-safe; the generator may not be used before it.
void need_sodium() {
  static const int ready = sodium_init();
  if (ready < 0) std::abort();  // no source of randomness: nothing here could be trusted
}

// The places for password hashes; see secrets.h.
constexpr int kHashesAtOnce = 2;
constexpr std::chrono::seconds kHashWaitMax{5};
std::counting_semaphore<kHashesAtOnce> hash_places(kHashesAtOnce);

class Place {
 public:
  Place() : taken_(hash_places.try_acquire_for(kHashWaitMax)) {}
  ~Place() {
    if (taken_) hash_places.release();
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  bool taken() const { return taken_; }

 private:
  const bool taken_;
};

Error too_many_at_once() {
  return error(ErrorCode::unavailable,
               {.zh = "同时登录的人太多，请稍后再试", .en = "too many people sign in at once; try again shortly"});
}

}  // namespace

Result<std::string> hash_password(std::string_view password) {
  need_sodium();
  const Place place;
  if (!place.taken()) return too_many_at_once();
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  if (crypto_pwhash_str(hash.data(), password.data(), password.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                        crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0) {
    return error(ErrorCode::unavailable,
                 {.zh = "内存不足，无法计算密码哈希", .en = "there is not enough memory to hash the password"});
  }
  return std::string(hash.data());
}

Result<bool> password_matches(std::string_view hash, std::string_view password) {
  need_sodium();
  const Place place;
  if (!place.taken()) return too_many_at_once();
  const std::string terminated(hash);
  return crypto_pwhash_str_verify(terminated.c_str(), password.data(), password.size()) == 0;
}

Status check_nothing() {
  static const auto decoy = hash_password("nobody's password");
  if (!decoy.ok()) return decoy.error();
  ZH_TRY(const bool matches, password_matches(*decoy, "somebody's guess"));
  (void)matches;
  return {};
}

std::string random_secret() {
  need_sodium();
  std::array<unsigned char, 32> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  std::string text(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  text.pop_back();  // the terminating NUL
  return text;
}

Hash hash_of_secret(std::string_view value) { return sha256(value); }

std::string generated_password() {
  need_sodium();
  constexpr std::string_view kLetters = "abcdefghjkmnpqrstuvwxyz23456789";
  std::string password;
  for (int i = 0; i < 20; ++i) {
    if (i > 0 && i % 5 == 0) password += '-';
    password += kLetters[randombytes_uniform(static_cast<std::uint32_t>(kLetters.size()))];
  }
  return password;
}

std::string random_id() {
  need_sodium();
  std::array<unsigned char, 8> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const unsigned char byte : bytes) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

}  // namespace zh::people
