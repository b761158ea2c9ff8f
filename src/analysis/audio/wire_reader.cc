#include "analysis/audio/wire_reader.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace zh::audio {

namespace {

constexpr std::size_t kBufferBytes = 4 * (std::size_t{wire::kBodyBytes} + sizeof(wire::Head));

bool is(const wire::Head& head, wire::Kind kind) { return head.kind == static_cast<std::uint32_t>(kind); }

// What a decoder itself may say.
bool is_note(std::uint32_t code) {
  return code == static_cast<std::uint32_t>(DiagnosticCode::truncated) ||
         code == static_cast<std::uint32_t>(DiagnosticCode::damaged) ||
         code == static_cast<std::uint32_t>(DiagnosticCode::channels_dropped);
}

Text message_of(DiagnosticCode code) {
  switch (code) {
    case DiagnosticCode::truncated:
      return {.zh = "文件在其文件头所述的结尾之前就断了：只计算已有部分",
              .en = "the file ends before its header says: what is there was measured"};
    case DiagnosticCode::damaged:
      return {.zh = "部分内容无法解码，已跳过", .en = "parts could not be decoded and were passed over"};
    case DiagnosticCode::too_long:
      return {.zh = "录音超过时长上限，其余部分未计算",
              .en = "the recording is longer than the limit: the rest is left out"};
    case DiagnosticCode::decoder_stuck:
      return {.zh = "解码程序停滞，已终止：只计算此前部分",
              .en = "the decoder hung and was stopped: what it gave until then was measured"};
    case DiagnosticCode::channels_dropped:
      return {.zh = "声道多于两个：只计算前两个", .en = "more than two channels: the first two were measured"};
    default:
      return {.zh = "解码程序异常终止：只计算此前部分",
              .en = "the decoder broke down: what it gave until then was measured"};
  }
}

}  // namespace

WireReader::WireReader(std::unique_ptr<ByteSource> output, std::chrono::milliseconds duration)
    : output_(std::move(output)), duration_(duration), buffer_(kBufferBytes / sizeof(std::int16_t)) {}

std::span<char> WireReader::bytes() { return {reinterpret_cast<char*>(buffer_.data()), kBufferBytes}; }

bool WireReader::begin() {
  const auto head = read_head();
  if (!head || !is(*head, wire::Kind::format) || head->size != sizeof format_) return false;
  std::memcpy(&format_, body(*head).data(), sizeof format_);
  return format_.rate >= wire::kRateMin && format_.rate <= wire::kRateMax &&
         (format_.channels == 1 || format_.channels == 2);
}

std::span<const std::int16_t> WireReader::next() {
  while (!ended_) {
    const auto head = read_head();
    if (!head) {
      end_with(stuck_ ? DiagnosticCode::decoder_stuck : DiagnosticCode::decoder_died);
    } else if (is(*head, wire::Kind::end)) {
      ended_ = true;
    } else if (is(*head, wire::Kind::note) && head->size == sizeof(std::uint32_t)) {
      take_note(body(*head));
    } else if (is(*head, wire::Kind::pcm) && head->size > 0 && head->size % frame_bytes() == 0) {
      const auto samples = within_limit(body(*head));
      if (!samples.empty()) return samples;
    } else {
      end_with(DiagnosticCode::decoder_died);
    }
  }
  return {};
}

// Makes `count` bytes stand at begin_; false when the decoder has no more.
bool WireReader::fill(std::size_t count) {
  if (kBufferBytes - begin_ < count) {
    std::memmove(bytes().data(), bytes().data() + begin_, end_ - begin_);
    end_ -= std::exchange(begin_, 0);
  }
  while (end_ - begin_ < count) {
    const auto got = output_->read(bytes().subspan(end_));
    stuck_ = !got.ok();
    if (stuck_ || *got == 0) return false;
    end_ += *got;
  }
  return true;
}

// The next head, its body already in the buffer; nothing when it does not come whole, is too large or odd.
std::optional<wire::Head> WireReader::read_head() {
  if (!fill(sizeof(wire::Head))) return std::nullopt;
  wire::Head head;
  std::memcpy(&head, bytes().data() + begin_, sizeof head);
  begin_ += sizeof head;
  if (head.size > wire::kBodyBytes || head.size % sizeof(std::int16_t) != 0 || !fill(head.size)) return std::nullopt;
  return head;
}

std::span<const char> WireReader::body(const wire::Head& head) {
  return bytes().subspan(std::exchange(begin_, begin_ + head.size), head.size);
}

void WireReader::take_note(std::span<const char> bytes) {
  std::uint32_t code = 0;
  std::memcpy(&code, bytes.data(), sizeof code);
  if (is_note(code)) {
    add(static_cast<DiagnosticCode>(code));
  } else {
    end_with(DiagnosticCode::decoder_died);
  }
}

std::span<const std::int16_t> WireReader::within_limit(std::span<const char> bytes) {
  const auto room = static_cast<std::uint64_t>(duration_.count()) * format_.rate / 1000 - frames_;
  if (bytes.size() / frame_bytes() > room) {
    bytes = bytes.first(room * frame_bytes());
    end_with(DiagnosticCode::too_long);
  }
  frames_ += bytes.size() / frame_bytes();
  return {reinterpret_cast<const std::int16_t*>(bytes.data()), bytes.size() / sizeof(std::int16_t)};
}

void WireReader::end_with(DiagnosticCode code) {
  ended_ = true;
  add(code);
}

void WireReader::add(DiagnosticCode code) {
  const bool known =
      std::any_of(diagnostics_.begin(), diagnostics_.end(), [&](const Diagnostic& one) { return one.code == code; });
  if (!known) diagnostics_.push_back({code, message_of(code)});
}

}  // namespace zh::audio
