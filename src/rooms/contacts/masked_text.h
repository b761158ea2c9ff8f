// Telephone, card and identity numbers in what was said, hidden letter for letter. Pure.
#pragma once

#include <string>
#include <string_view>

namespace zh::contacts {

// Seven digits and more, single spaces or hyphens between them allowed, keep their first three and last four (shorter
// than eleven: first two and last two); each digit between becomes one '*', so that places in the text stay what they
// are. "我的号码是 139 1234 3479" → "我的号码是 139 **** 3479"
std::string masked_text(std::string_view text);

}  // namespace zh::contacts
