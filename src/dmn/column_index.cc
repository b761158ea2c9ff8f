#include "dmn/table.h"

namespace zh::dmn::internal {

namespace {

constexpr std::size_t kWordBits = 64;

void set_bit(std::uint64_t* words, std::size_t bit) { words[bit / kWordBits] |= std::uint64_t{1} << (bit % kWordBits); }

}  // namespace

ColumnIndex::ColumnIndex(const std::vector<feel::UnaryTests>& cells)
    : axis_(cells), words_((cells.size() + kWordBits - 1) / kWordBits) {
  const std::size_t buckets = axis_.bucket_count();
  taken_.resize(buckets * words_);
  general_.resize(words_);
  for (std::size_t cell = 0; cell < cells.size(); ++cell) {
    const auto kind = axis_.kind(cell);
    const auto taken = kind == CellKind::constant ? axis_.taken(cell) : std::vector<bool>(buckets, true);
    for (std::size_t bucket = 0; bucket < buckets; ++bucket) {
      if (taken[bucket]) set_bit(&taken_[bucket * words_], cell);
    }
    if (kind == CellKind::general) {
      has_general_ = true;
      set_bit(general_.data(), cell);
    }
  }
}

const std::uint64_t* ColumnIndex::find(const feel::Value& value) const {
  // Without a constant cell there is one bucket, which every value is in.
  if (axis_.value_kind() == feel::Kind::null) return taken_.data();
  const auto bucket = axis_.bucket_of(value);
  return bucket ? &taken_[*bucket * words_] : nullptr;
}

}  // namespace zh::dmn::internal
