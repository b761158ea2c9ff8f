// Passwords, session values and tokens: made, hashed and compared with libsodium. Private to accounts.
//
// A password's hash takes 64 MiB and about a tenth of a second on purpose, so at most two are made at a time, whatever
// the number of people who sign in: who waits longer than a few seconds for one is refused (unavailable).
#pragma once

#include <string>
#include <string_view>

#include "base/hash.h"
#include "base/result.h"

namespace zh::people {

// argon2id with libsodium's interactive limits (64 MiB, two passes). Fails (unavailable) when the memory cannot be had.
Result<std::string> hash_password(std::string_view password);
// In constant time for equal lengths; false also for a hash that is none. Fails (unavailable) as above.
Result<bool> password_matches(std::string_view hash, std::string_view password);
// A check that takes as long as a real one, for names that are no account's.
Status check_nothing();

// 256 random bits as 43 characters of base64url: a session value or token.
std::string random_secret();
// How such a value is kept.
Hash hash_of_secret(std::string_view value);
// Easy to read aloud and type: four groups of five from letters and digits that cannot be mistaken, about 99 bits.
std::string generated_password();
// 64 random bits in hexadecimal: a public id.
std::string random_id();

}  // namespace zh::people
