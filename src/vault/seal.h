// A text encrypted as a whole, for what lies in the database: transcripts. XChaCha20-Poly1305 with a random nonce; the
// key's id stands before it, so that keys can be rotated.
//
//   1 byte 0x01 · 8 bytes key id · 24 bytes nonce · the text · 16 bytes tag
#pragma once

#include <string>
#include <string_view>

#include "vault/keys.h"

namespace zh::vault {

// `name` binds the text to what it is: sealed bytes that are put in another's place do not open.
std::string seal(const Keys& keys, const Hash& name, std::string_view text);
// Fails: corrupt, when a byte was changed or the bytes belong to another name; not_found, when the key is gone.
Result<std::string> unseal(const Keys& keys, const Hash& name, std::string_view sealed);

}  // namespace zh::vault
