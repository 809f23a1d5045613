/// Calendar dates in a locale's own order and words. The pattern of each style comes from ICU's skeletons and the month
/// names from its symbols; only days, months and years are filled in, so no zone is involved.
#pragma once
#include "model/formatter.hpp"
#include <array>
#include <memory>
#include <string>

namespace deckle::model {

class DatePatterns {
public:
    /// ICU locale with calendar=gregorian and numbers=latn. Nothing is loaded before the first date.
    explicit DatePatterns(std::string icu_locale);
    ~DatePatterns();

    [[nodiscard]] std::string format(Date day, DateStyle style) const;

private:
    struct Loaded;
    std::string locale_;
    mutable std::unique_ptr<Loaded> loaded_;
};

} // namespace deckle::model
