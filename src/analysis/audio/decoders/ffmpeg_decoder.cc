// Everything else by FFmpeg: its formats and codecs for sound as telephone systems write it, and no protocol at all –
// the bytes come from one open file.
extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/channel_layout.h>
#include <libswresample/swresample.h>
}

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>
#include <string_view>
#include <vector>

#include "analysis/audio/decoders/decoder.h"

namespace zh::audio {

namespace {

constexpr char kFormats[] =
    "wav,w64,aiff,au,mp3,aac,ogg,flac,mov,mp4,m4a,3gp,matroska,webm,amr,amrnb,amrwb,gsm,caf,asf,avi,alaw,mulaw,s16le,"
    "g722,g729,adts,mpegts";
constexpr char kCodecs[] =
    "pcm_s16le,pcm_s16be,pcm_u8,pcm_s8,pcm_s24le,pcm_s24be,pcm_s32le,pcm_s32be,pcm_f32le,pcm_f32be,pcm_f64le,pcm_f64be,"
    "pcm_alaw,pcm_mulaw,gsm,gsm_ms,adpcm_ms,adpcm_ima_wav,adpcm_g722,adpcm_g726,adpcm_g726le,g729,g723_1,truespeech,"
    "mp1,mp1float,mp2,mp2float,mp3,mp3float,aac,aac_fixed,aac_latm,opus,libopus,vorbis,libvorbis,speex,libspeex,flac,"
    "alac,amrnb,amrwb,libopencore_amrnb,libopencore_amrwb,ilbc,wmav1,wmav2,ac3,eac3";
constexpr int kIoBytes = 1 << 16;
constexpr std::int64_t kProbeBytes = 1 << 20;
constexpr int kStreamsMost = 16;
constexpr int kErrorsMost = 10'000;         // packets that cannot be decoded
constexpr double kShortfallSeconds = 0.25;  // what a sound file may lack of the length it states

struct HeaderlessFormat {
  std::string_view extension;
  const char* demuxer;
  const char* rate;
};
constexpr std::array<HeaderlessFormat, 12> kHeaderless{{{"ulaw", "mulaw", "8000"},
                                                        {"ul", "mulaw", "8000"},
                                                        {"pcmu", "mulaw", "8000"},
                                                        {"mulaw", "mulaw", "8000"},
                                                        {"alaw", "alaw", "8000"},
                                                        {"al", "alaw", "8000"},
                                                        {"pcma", "alaw", "8000"},
                                                        {"sln", "s16le", "8000"},
                                                        {"raw", "s16le", "8000"},
                                                        {"sln16", "s16le", "16000"},
                                                        {"g722", "g722", nullptr},
                                                        {"g729", "g729", nullptr}}};

// --- owners of FFmpeg's objects
// ---------------------------------------------------------------------------------------

struct Free {
  void operator()(AVFormatContext* context) const { avformat_close_input(&context); }
  void operator()(AVCodecContext* context) const { avcodec_free_context(&context); }
  void operator()(AVFrame* frame) const { av_frame_free(&frame); }
  void operator()(AVPacket* packet) const { av_packet_free(&packet); }
  void operator()(SwrContext* context) const { swr_free(&context); }
  void operator()(AVIOContext* context) const {
    av_freep(&context->buffer);
    avio_context_free(&context);
  }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

// --- reading
// ----------------------------------------------------------------------------------------------------------

struct Cursor {
  const Media& media;
  std::int64_t position = 0;
};

int read(void* user, std::uint8_t* room, int size) {
  auto& cursor = *static_cast<Cursor*>(user);
  const std::int64_t got = read_at(cursor.media, cursor.position, {room, static_cast<std::size_t>(std::max(size, 0))});
  cursor.position += got;
  return got > 0 ? static_cast<int>(got) : AVERROR_EOF;
}

std::int64_t seek(void* user, std::int64_t offset, int whence) {
  auto& cursor = *static_cast<Cursor*>(user);
  if ((whence & AVSEEK_SIZE) != 0) return cursor.media.size;
  const std::int64_t target = seek_to(cursor.media, cursor.position, offset, whence & ~AVSEEK_FORCE);
  if (target >= 0) cursor.position = target;
  return target;
}

Owned<AVIOContext> reader_of(Cursor& cursor) {
  auto* const buffer = static_cast<unsigned char*>(av_malloc(kIoBytes));
  return Owned<AVIOContext>(avio_alloc_context(buffer, kIoBytes, 0, &cursor, read, nullptr, seek));
}

const HeaderlessFormat* headerless(const Media& media) {
  const auto* const found = std::find_if(kHeaderless.begin(), kHeaderless.end(),
                                         [&](const auto& one) { return one.extension == media.headerless; });
  return found == kHeaderless.end() ? nullptr : found;
}

// The opened file with its streams described, or nothing.
Owned<AVFormatContext> open_input(const Media& media, AVIOContext& reader) {
  AVFormatContext* context = avformat_alloc_context();
  context->pb = &reader;
  context->format_whitelist = av_strdup(kFormats);
  context->codec_whitelist = av_strdup(kCodecs);
  context->protocol_whitelist = av_strdup("none");
  context->probesize = kProbeBytes;
  context->max_streams = kStreamsMost;
  AVDictionary* options = nullptr;
  const AVInputFormat* format = nullptr;
  if (const auto* const known = headerless(media)) {
    format = av_find_input_format(known->demuxer);
    if (known->rate != nullptr) av_dict_set(&options, "sample_rate", known->rate, 0);
  }
  // On failure the context is freed by the call.
  const int status = avformat_open_input(&context, nullptr, format, &options);
  av_dict_free(&options);
  if (status < 0) return nullptr;
  Owned<AVFormatContext> opened(context);
  if (avformat_find_stream_info(context, nullptr) < 0) return nullptr;
  return opened;
}

Owned<AVCodecContext> open_codec(const AVCodecParameters& parameters) {
  const AVCodec* const codec = avcodec_find_decoder(parameters.codec_id);
  if (codec == nullptr) return nullptr;
  Owned<AVCodecContext> context(avcodec_alloc_context3(codec));
  if (avcodec_parameters_to_context(context.get(), &parameters) < 0) return nullptr;
  context->thread_count = 1;
  context->codec_whitelist = av_strdup(kCodecs);
  if (avcodec_open2(context.get(), codec, nullptr) < 0) return nullptr;
  return context;
}

// --- samples
// ----------------------------------------------------------------------------------------------------------

// What a decoded frame must be for the conversion at hand to fit it.
struct Shape {
  int format = AV_SAMPLE_FMT_NONE;
  int rate = 0;
  int channels = 0;
  friend bool operator==(const Shape&, const Shape&) = default;
};

// Decoded frames as what the sink takes: the first frame's rate, one or two channels, 16 bits.
class Converter {
 public:
  explicit Converter(Sink& sink) : sink_(sink) {}

  bool started() const { return rate_ > 0; }
  double seconds() const { return started() ? static_cast<double>(frames_) / rate_ : 0.0; }

  // False = enough: the sink listens no more, or these frames cannot be converted.
  bool add(const AVFrame& frame) {
    const Shape shape{.format = frame.format, .rate = frame.sample_rate, .channels = frame.ch_layout.nb_channels};
    if (!started() && !start(shape)) return false;
    if (shape != shape_ && !adapt(shape)) return false;
    const int most = swr_get_out_samples(swr_.get(), frame.nb_samples);
    if (most < 0) return false;
    samples_.resize(static_cast<std::size_t>(most) * static_cast<std::size_t>(channels_));
    auto* out = reinterpret_cast<std::uint8_t*>(samples_.data());
    // swr_convert only reads its input; its signature is older than const.
    auto** const in = const_cast<const std::uint8_t**>(frame.extended_data);
    const int got = swr_convert(swr_.get(), &out, most, in, frame.nb_samples);
    if (got < 0) return false;
    frames_ += got;
    return got == 0 ||
           sink_.pcm(std::span(samples_).first(static_cast<std::size_t>(got) * static_cast<std::size_t>(channels_)));
  }

 private:
  bool start(const Shape& shape) {
    if (shape.rate < static_cast<int>(wire::kRateMin) || shape.rate > static_cast<int>(wire::kRateMax)) return false;
    if (shape.channels < 1) return false;
    rate_ = shape.rate;
    channels_ = std::min(shape.channels, 2);
    sink_.format({.rate = static_cast<std::uint32_t>(rate_), .channels = static_cast<std::uint32_t>(channels_)});
    if (shape.channels > channels_) sink_.note(DiagnosticCode::channels_dropped);
    return true;
  }

  // A stream may change its shape on the way; what goes out does not.
  bool adapt(const Shape& shape) {
    if (shape.rate <= 0 || shape.channels < 1) return false;
    AVChannelLayout in{};
    AVChannelLayout out{};
    av_channel_layout_default(&in, shape.channels);
    av_channel_layout_default(&out, channels_);
    SwrContext* context = nullptr;
    const int status = swr_alloc_set_opts2(&context, &out, AV_SAMPLE_FMT_S16, rate_, &in,
                                           static_cast<AVSampleFormat>(shape.format), shape.rate, 0, nullptr);
    swr_.reset(context);
    if (status < 0 || !pick_channels(shape.channels) || swr_init(swr_.get()) < 0) return false;
    shape_ = shape;
    return true;
  }

  // The first channels as they are: they are the parties of a call, whatever loudspeakers they are labelled for.
  bool pick_channels(int given) {
    if (given == channels_) return true;
    std::vector<double> weights(static_cast<std::size_t>(channels_) * static_cast<std::size_t>(given), 0.0);
    for (int channel = 0; channel < channels_; ++channel) {
      weights[static_cast<std::size_t>(channel * given + std::min(channel, given - 1))] = 1.0;
    }
    return swr_set_matrix(swr_.get(), weights.data(), given) >= 0;
  }

  Sink& sink_;
  Owned<SwrContext> swr_;
  Shape shape_;
  std::vector<std::int16_t> samples_;
  int rate_ = 0;
  int channels_ = 0;
  std::int64_t frames_ = 0;
};

// --- the loop
// ---------------------------------------------------------------------------------------------------------

class Decoding {
 public:
  Decoding(AVFormatContext& input, AVCodecContext& codec, int stream, Sink& sink)
      : input_(input), codec_(codec), stream_(stream), sink_(sink), converter_(sink) {}

  void run() {
    int status = 0;
    while (going_ && (status = av_read_frame(&input_, packet_.get())) >= 0) {
      if (packet_->stream_index == stream_) decode(packet_.get());
      av_packet_unref(packet_.get());
    }
    if (going_) decode(nullptr);
    if (!converter_.started()) return;
    if (errors_ > 0 || (going_ && status != AVERROR_EOF)) sink_.note(DiagnosticCode::damaged);
    if (going_ && falls_short()) sink_.note(DiagnosticCode::truncated);
  }

 private:
  // Null asks for what the codec still holds.
  void decode(const AVPacket* packet) {
    if (avcodec_send_packet(&codec_, packet) < 0 && packet != nullptr) count_error();
    int status = 0;
    while (going_ && (status = avcodec_receive_frame(&codec_, frame_.get())) >= 0) {
      going_ = converter_.add(*frame_);
      av_frame_unref(frame_.get());
    }
    if (going_ && status != AVERROR(EAGAIN) && status != AVERROR_EOF) count_error();
  }

  void count_error() {
    if (++errors_ >= kErrorsMost) going_ = false;
  }

  // Durations that FFmpeg guesses from the bit rate state nothing.
  bool falls_short() const {
    if (input_.duration == AV_NOPTS_VALUE || input_.duration_estimation_method == AVFMT_DURATION_FROM_BITRATE) {
      return false;
    }
    return converter_.seconds() + kShortfallSeconds < static_cast<double>(input_.duration) / AV_TIME_BASE;
  }

  AVFormatContext& input_;
  AVCodecContext& codec_;
  int stream_;
  Sink& sink_;
  Converter converter_;
  Owned<AVPacket> packet_{av_packet_alloc()};
  Owned<AVFrame> frame_{av_frame_alloc()};
  bool going_ = true;
  int errors_ = 0;
};

}  // namespace

void decode_with_ffmpeg(const Media& media, Sink& sink) {
  av_log_set_level(AV_LOG_QUIET);
  Cursor cursor{.media = media};
  const Owned<AVIOContext> reader = reader_of(cursor);
  if (!reader) return;
  const Owned<AVFormatContext> input = open_input(media, *reader);
  if (!input) return;
  const int stream = av_find_best_stream(input.get(), AVMEDIA_TYPE_AUDIO, -1, -1, nullptr, 0);
  if (stream < 0) return;
  for (unsigned i = 0; i < input->nb_streams; ++i) {
    if (static_cast<int>(i) != stream) input->streams[i]->discard = AVDISCARD_ALL;
  }
  const Owned<AVCodecContext> codec = open_codec(*input->streams[stream]->codecpar);
  if (codec) Decoding(*input, *codec, stream, sink).run();
}

}  // namespace zh::audio
