#include "app/fact_book.h"

#include <fmt/format.h>

#include <unordered_map>

#include "base/utf8.h"

namespace zh::app {

namespace {

// Who was employed when, with a sentence for those who were not.
class Employment {
 public:
  explicit Employment(std::shared_ptr<const people::People> people) : people_(std::move(people)) {}

  Result<std::string_view> position_on(std::string_view staff_no, Date day) const {
    const people::Person* const person = people_->find(staff_no);
    if (person == nullptr) return unknown(staff_no);
    if (person->employed_on(day)) return people::name_of(person->on(day).position);
    const std::string hired = person->hired_on().to_string();
    const std::string left = person->left_on() ? person->left_on()->to_string() : "";
    if (day < person->hired_on()) {
      return invalid({.zh = fmt::format("{} 在 {} 尚未入职（入职日 {}）", staff_no, day.to_string(), hired),
                      .en = fmt::format("{} was not employed on {} (hired on {})", staff_no, day.to_string(), hired)});
    }
    return invalid({.zh = fmt::format("{} 在 {} 已离职（最后在职日 {}）", staff_no, day.to_string(), left),
                    .en = fmt::format("{} was not employed on {} (left on {})", staff_no, day.to_string(), left)});
  }

 private:
  // Looking for the nearest takes a while; a file that knows nobody must not take for ever.
  static constexpr std::size_t kSuggestions = 1000;

  Error unknown(std::string_view staff_no) const {
    std::string_view near;
    if (const auto told = nearest_.find(std::string(staff_no)); told != nearest_.end()) {
      near = told->second;
    } else if (nearest_.size() < kSuggestions) {
      near = nearest_.emplace(staff_no, people_->nearest_staff_no(staff_no)).first->second;
    }
    const std::string shown = utf8::shortened(staff_no, 40);
    if (near.empty()) {
      return error(ErrorCode::not_found,
                   {.zh = fmt::format("没有工号“{}”；请先导入人员", shown),
                    .en = fmt::format("there is no staff number \"{}\"; import people first", shown)});
    }
    return error(ErrorCode::not_found,
                 {.zh = fmt::format("没有工号“{}”；是否指“{}”？", shown, near),
                  .en = fmt::format("there is no staff number \"{}\"; did you mean \"{}\"?", shown, near)});
  }

  std::shared_ptr<const people::People> people_;
  mutable std::unordered_map<std::string, std::string_view> nearest_;
};

}  // namespace

Result<FactBook> FactBook::load(db::Transaction& tx, std::shared_ptr<const people::People> people) {
  ZH_TRY(FactLimitsByDay limits, FactLimitsByDay::load(tx));
  return FactBook(std::move(people), std::move(limits));
}

ledger::FactRules FactBook::rules(const Zone& zone) const {
  const auto employment = std::make_shared<const Employment>(people_);
  return {.zone = zone,
          .position_on = [employment](std::string_view staff_no,
                                      Date day) { return employment->position_on(staff_no, day); },
          .limits_on = [this](Date day) -> const ledger::FactLimits& { return limits_.on(day); }};
}

}  // namespace zh::app
