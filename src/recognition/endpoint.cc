#include "recognition/endpoint.h"

#include <fmt/format.h>

#include <random>

namespace zh::recognition {

namespace {

// A line that the file does not hold: 128 random bits.
std::string new_boundary() {
  std::random_device random;
  std::string boundary = "zhiheng-";
  for (int i = 0; i < 4; ++i) boundary += fmt::format("{:08x}", random());
  return boundary;
}

std::string field(const std::string& boundary, std::string_view name, std::string_view value) {
  return fmt::format("--{}\r\nContent-Disposition: form-data; name=\"{}\"\r\n\r\n{}\r\n", boundary, name, value);
}

}  // namespace

std::string Endpoint::name() const {
  return fmt::format("endpoint {} ({})", options_.address.authority(), options_.model);
}

Result<std::vector<Segment>> Endpoint::transcribe(const Voice& voice, const std::stop_token& stop) {
  const std::string boundary = new_boundary();
  std::string form = field(boundary, "model", options_.model) + field(boundary, "response_format", "verbose_json") +
                     field(boundary, "temperature", "0");
  if (!options_.language.empty()) form += field(boundary, "language", options_.language);
  form += fmt::format(
      "--{}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"voice.wav\"\r\n"
      "Content-Type: audio/wav\r\n\r\n",
      boundary);
  form += voice.wav;
  form += fmt::format("\r\n--{}--\r\n", boundary);
  outbound::Headers headers{{"Content-Type", "multipart/form-data; boundary=" + boundary}};
  if (!options_.api_key.empty()) headers.push_back({"Authorization", "Bearer " + options_.api_key});
  const std::chrono::seconds patience(options_.timeout_seconds);
  ZH_TRY(const outbound::Answer answer,
         client_.ask(options_.address,
                     {.method = outbound::Method::post,
                      .target = options_.address.path + "/audio/transcriptions",
                      .headers = std::move(headers),
                      .body = outbound::text_body(std::move(form)),
                      .repeatable = false,
                      .limits = {.idle = patience, .whole = patience, .body = kAnswerBytes}},
                     stop));
  if (answer.status != 200) return outbound::answer_problem(options_.address, answer);
  return parse_segments(answer.body, voice.duration_ms);
}

}  // namespace zh::recognition
