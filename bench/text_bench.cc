// Scanning texts in memory: Hyperscan alone with all phrases and patterns (the baseline of `inspect`); our automaton
// for the phrases and Hyperscan for the patterns, text by text and ten at a time, as `inspect` scans a contact; both on
// two threads; and normalising. Processor seconds of one thread, and MB/s.
//
//   bench_text DIR       DIR as make_inspection.py writes it
#include <fmt/format.h>
#include <hs.h>

#include <chrono>
#include <ctime>
#include <fstream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "analysis/text/normalise.h"
#include "analysis/text/patterns.h"
#include "analysis/text/phrases.h"

namespace {

using zh::text::Match;

std::vector<std::string> lines_of(const std::string& path) {
  std::ifstream in(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

template <class Work>
double measured(const std::string& name, std::size_t bytes, const Work& work) {
  const std::clock_t begin = std::clock();
  const std::size_t found = work();
  const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  fmt::print("{:<22} {:8.3f} s {:8.0f} MB/s {:10} matches\n", name, seconds, static_cast<double>(bytes) / seconds / 1e6,
             found);
  return seconds;
}

template <class Work>
double wall(const Work& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

constexpr std::size_t kTurnsPerContact = 10;

// Each so many lines as one text, as a contact is scanned.
std::vector<std::string> joined(const std::vector<std::string>& texts, std::size_t each) {
  std::vector<std::string> result;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (i % each == 0) result.emplace_back();
    result.back() += texts[i] + "\n";
  }
  return result;
}

std::string literal(const std::string& phrase) {
  std::string escaped;
  for (const char c : phrase)
    escaped += static_cast<unsigned char>(c) < 0x80 ? std::string("\\") + c : std::string(1, c);
  return escaped;
}

std::size_t scan_with_hyperscan(const std::vector<std::string>& texts, const hs_database_t* database,
                                hs_scratch_t* scratch) {
  std::size_t found = 0;
  const auto count = [](unsigned, unsigned long long, unsigned long long, unsigned, void* context) {
    ++*static_cast<std::size_t*>(context);
    return 0;
  };
  for (const std::string& text : texts) {
    hs_scan(database, text.data(), static_cast<unsigned>(text.size()), 0, scratch, count, &found);
  }
  return found;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const std::string folder = std::string(argv[1]) + "/";
  const auto shared = zh::text::Normaliser::shared();
  if (!shared.ok()) return 1;
  const zh::text::Normaliser& normaliser = **shared;
  std::vector<std::string> phrases = lines_of(folder + "phrases.txt");
  std::vector<std::string> patterns = lines_of(folder + "patterns.txt");
  for (std::string& phrase : phrases) phrase = normaliser.normalise(phrase);
  for (std::string& pattern : patterns) pattern = normaliser.normalise_pattern(pattern);
  std::vector<std::string> texts = lines_of(folder + "turns.txt");
  std::size_t bytes = 0;
  for (const std::string& text : texts) bytes += text.size();

  measured("normalise", bytes, [&] {
    for (std::string& text : texts) text = normaliser.normalise(text);
    return std::size_t{0};
  });

  std::vector<std::string> all = patterns;
  for (const std::string& phrase : phrases) all.push_back(literal(phrase));
  std::vector<const char*> expressions;
  std::vector<unsigned> numbers;
  for (const std::string& it : all) {
    numbers.push_back(static_cast<unsigned>(expressions.size()));
    expressions.push_back(it.c_str());
  }
  const std::vector<unsigned> flags(all.size(), HS_FLAG_CASELESS | HS_FLAG_UTF8);
  hs_database_t* database = nullptr;
  hs_compile_error_t* failure = nullptr;
  hs_scratch_t* scratch = nullptr;
  if (hs_compile_multi(expressions.data(), flags.data(), numbers.data(), static_cast<unsigned>(all.size()),
                       HS_MODE_BLOCK, nullptr, &database, &failure) != HS_SUCCESS ||
      hs_alloc_scratch(database, &scratch) != HS_SUCCESS) {
    return 1;
  }
  measured("hyperscan alone", bytes, [&] { return scan_with_hyperscan(texts, database, scratch); });
  hs_free_scratch(scratch);
  hs_free_database(database);

  const auto set = zh::text::PhraseSet::compile(phrases);
  std::vector<zh::text::PatternFault> faults;
  const auto compiled = zh::text::PatternSet::compile(patterns, faults);
  if (!set.ok() || !compiled.ok()) return 1;
  const auto scan_stage = [&](const std::vector<std::string>& of, std::size_t first, std::size_t last) {
    zh::text::PatternSet::Scratch own;
    std::vector<Match> matches;
    std::size_t found = 0;
    for (std::size_t i = first; i < last; ++i) {
      set->scan(of[i], matches);
      found += matches.size();
      compiled->scan(of[i], own, matches);
      found += matches.size();
    }
    return found;
  };
  const std::vector<std::string> contacts = joined(texts, kTurnsPerContact);
  std::vector<Match> matches;
  zh::text::PatternSet::Scratch mine;
  for (const std::vector<std::string>* of : {&std::as_const(texts), &contacts}) {
    const std::string each = of == &texts ? "turns" : "contacts";
    measured("phrases of " + each, bytes, [&] {
      std::size_t found = 0;
      for (const std::string& text : *of) {
        set->scan(text, matches);
        found += matches.size();
      }
      return found;
    });
    measured("patterns of " + each, bytes, [&] {
      std::size_t found = 0;
      for (const std::string& text : *of) {
        compiled->scan(text, mine, matches);
        found += matches.size();
      }
      return found;
    });
  }
  const std::size_t half = contacts.size() / 2;
  const double one = wall([&] { scan_stage(contacts, 0, contacts.size()); });
  const double two = wall([&] {
    const std::jthread other([&] { scan_stage(contacts, half, contacts.size()); });
    scan_stage(contacts, 0, half);
  });
  fmt::print("scan stage, one thread {:8.3f} s, two {:8.3f} s: {:.2f} × (goal 1.6)\n", one, two, one / two);
  return 0;
}
