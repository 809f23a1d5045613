#include "layout/aggregates.hpp"
#include "layout/context.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <stdexcept>

namespace deckle::layout {
namespace {

using css::ContentItem;
using css::SumEntry;
using Extent = ContentItem::Extent;

std::string_view trimmed(std::string_view text) {
    constexpr char const* space = " \t\r\n\f";
    std::size_t const begin = text.find_first_not_of(space);
    return begin == std::string_view::npos ? "" : text.substr(begin, text.find_last_not_of(space) - begin + 1);
}

/// The index after those of all elements below.
std::uint32_t end_of(html::Element const& element) {
    html::Element const* at = &element;
    for (;;) {
        html::Element const* deeper = nullptr;
        for (html::Node const* node = at->last; node && !deeper; node = node->previous) deeper = node->as_element();
        if (!deeper) return at->index + 1;
        at = deeper;
    }
}

bool depends_on_pages(ContentItem const& item) {
    return item.extent != Extent::all && item.extent != Extent::running;
}

} // namespace

std::optional<Decimal> Aggregates::value_of(html::Element const& element, SumEntry const& entry) const {
    std::string text = entry.value;
    std::string what = "the value";
    if (entry.source == SumEntry::Source::attribute) {
        what = fmt::format("the attribute {}", entry.value);
        auto const value = element.attribute(entry.value);
        if (!value && entry.fallback.empty()) {
            source_.diagnostics.warning(
                "bad-sum-value",
                fmt::format("<{}> has no attribute {} to add to \"{}\"; attr({}, 0) allows that", element.name,
                            entry.value, entry.name, entry.value),
                source_.document.position(element));
            return std::nullopt;
        }
        text = value ? std::string(*value) : entry.fallback;
    } else if (entry.source == SumEntry::Source::content) {
        what = "the content";
        text = element.text_content();
    }
    auto const number = Decimal::parse(trimmed(text));
    if (!number) {
        source_.diagnostics.warning("bad-sum-value",
                                    fmt::format("{} of <{}> is no number and adds nothing to \"{}\": \"{}\"", what,
                                                element.name, entry.name, trimmed(text)),
                                    source_.document.position(element));
    }
    return number;
}

void Aggregates::add(html::Element const& element, css::ComputedStyle const& style) {
    if (style.visibility == css::Visibility::collapse) return; // a row that is not there
    for (SumEntry const& entry : style.sum_entries) {
        auto const value = value_of(element, entry);
        if (!value) continue;
        Name& name = names_[entry.name];
        try {
            Decimal& bound = value->is_negative() ? name.negative : name.positive;
            int const places = std::max(name.places, value->scale());
            bound = (bound + *value).rounded(places);
            // At the most places and together they must still fit: then every sum of some entries does.
            (void)(name.positive.rounded(places) - name.negative.rounded(places));
            name.places = places;
        } catch (std::overflow_error const&) {
            source_.diagnostics.error("bad-sum-value",
                                      fmt::format("\"{}\" grows beyond 38 digits; this value is left out", entry.name),
                                      source_.document.position(element));
            continue;
        }
        name.elements.push_back(element.index);
        name.values.push_back(*value);
    }
}

bool Aggregates::show(Box& box, ContentItem const& item, html::Element const& element) {
    uses_[&box] = {&item, &element, -1};
    shown_.push_back(&box);
    return depends_on_pages(item);
}

void Aggregates::settle(BoxTree& tree) {
    for (auto& [word, name] : names_) {
        name.placed.resize(name.values.size());
        name.before.resize(name.values.size() + 1);
    }
    for (Box* box : shown_) {
        std::string const now = text(*box); // what is wrong with it is said in any case
        if (!box->deferred) box->text = tree.keep(now);
    }
    shown_.clear();
}

/// The element whose subtree is added up; null: the whole report.
html::Element const* Aggregates::scope_of(ContentItem const& item, html::Element const* element) const {
    if (item.target.empty() || item.target == "report") return nullptr;
    for (html::Element const* at = element; at; at = at->parent) {
        css::ComputedStyle const& style = source_.cascade.style(*at);
        bool const found = item.target == "group" ? style.display == css::Display::table_row_group
                           : item.target == "table"
                               ? style.display == css::Display::table || style.display == css::Display::inline_table
                               : style.sum_scope == item.target;
        if (found) return at;
    }
    std::string const why = element ? fmt::format("no scope \"{}\" is around <{}>", item.target, element->name)
                                    : fmt::format("a margin box stands in no scope \"{}\"", item.target);
    source_.diagnostics.warning("unknown-sum-scope", why + "; the whole report is added up",
                                element ? source_.document.position(*element) : Position{});
    return nullptr;
}

Aggregates::Range Aggregates::range_of(Name const& name, ContentItem const& item, html::Element const* element) const {
    auto entry = [&](std::uint32_t index) {
        return static_cast<std::uint32_t>(std::lower_bound(name.elements.begin(), name.elements.end(), index) -
                                          name.elements.begin());
    };
    Range range{0, static_cast<std::uint32_t>(name.elements.size())};
    if (html::Element const* scope = scope_of(item, element)) range = {entry(scope->index), entry(end_of(*scope))};
    bool const running = item.extent == Extent::running || item.extent == Extent::running_page;
    if (running && element) range.second = std::clamp(entry(element->index + 1), range.first, range.second);
    return range;
}

Tally Aggregates::all(Name& name, Range range) {
    if (name.prefix.empty()) {
        name.prefix.resize(name.values.size() + 1);
        for (std::size_t i = 0; i < name.values.size(); ++i) name.prefix[i + 1] = name.prefix[i] + name.values[i];
    }
    return {name.prefix[range.second] - name.prefix[range.first], range.second - range.first};
}

Tally Aggregates::before(Name const& name, std::uint32_t end) {
    Tally tally;
    for (; end > 0; end &= end - 1) tally += name.before[end];
    return tally;
}

Tally Aggregates::here(Name& name, Range range) {
    if (name.sums.empty()) {
        std::sort(name.here.begin(), name.here.end());
        name.sums.resize(name.here.size() + 1);
        for (std::size_t i = 0; i < name.here.size(); ++i) {
            name.sums[i + 1] = name.sums[i];
            name.sums[i + 1] += {name.values[name.here[i]], 1};
        }
    }
    auto place = [&](std::uint32_t entry) {
        return std::lower_bound(name.here.begin(), name.here.end(), entry) - name.here.begin();
    };
    Tally const& to = name.sums[static_cast<std::size_t>(place(range.second))];
    Tally const& from = name.sums[static_cast<std::size_t>(place(range.first))];
    return {to.sum - from.sum, to.count - from.count};
}

Tally Aggregates::value(Name& name, ContentItem const& item, html::Element const* element) const {
    Range const range = range_of(name, item, element);
    auto earlier = [&] {
        Tally const to = before(name, range.second), from = before(name, range.first);
        return Tally{to.sum - from.sum, to.count - from.count};
    };
    switch (item.extent) {
    case Extent::page:
    case Extent::running_page:
        return here(name, range);
    case Extent::before_page:
        return earlier();
    case Extent::up_to_page: {
        Tally tally = earlier();
        return tally += here(name, range);
    }
    default:
        return all(name, range);
    }
}

void Aggregates::take(Fragment const& fragment) {
    if (fragment.repeated) return;
    Box const* box = fragment.box;
    bool const own = box && box->element && !box->pseudo && fragment.start && !box->continues;
    if (own && !box->style->sum_entries.empty()) {
        for (SumEntry const& entry : box->style->sum_entries) {
            auto const found = names_.find(entry.name);
            if (found == names_.end()) continue;
            Name& name = found->second;
            auto const [first, last] =
                std::equal_range(name.elements.begin(), name.elements.end(), box->element->index);
            for (auto at = first; at != last; ++at) {
                auto const i = static_cast<std::size_t>(at - name.elements.begin());
                if (name.placed[i]) continue;
                name.placed[i] = true;
                name.here.push_back(static_cast<std::uint32_t>(i));
                name.sums.clear();
            }
        }
    }
    for (Fragment const& child : fragment.children) take(child);
}

void Aggregates::take_page(Fragment const& fragment) {
    take(fragment);
}

void Aggregates::end_page() {
    for (auto& [word, name] : names_) {
        for (std::uint32_t const entry : name.here) {
            for (std::size_t at = entry + 1; at < name.before.size(); at += at & (~at + 1)) {
                name.before[at] += {name.values[entry], 1};
            }
        }
        name.here.clear();
        name.sums.clear();
    }
}

std::string Aggregates::formatted(Tally const& tally, Name const& name, ContentItem const& item,
                                  std::string const& language, Position const& position, bool widest) {
    bool const count = item.kind == ContentItem::Kind::count;
    std::string plain = "#,##0";
    if (!count && name.places > 0) plain += '.' + std::string(static_cast<std::size_t>(name.places), '0');
    Decimal const value = count ? Decimal(tally.count) : tally.sum;
    auto text = numbers_.text(value, item.text.empty() ? plain : item.text, language, widest);
    if (text) return *text;
    source_.diagnostics.warning("bad-number-pattern", fmt::format("\"{}\" is no pattern of a number", item.text),
                                position);
    return numbers_.text(value, plain, language, widest).value_or(value.to_string());
}

std::string Aggregates::text(ContentItem const& item, html::Element const* element, std::string const& language) {
    Position const position = element ? source_.document.position(*element) : Position{};
    auto const found = names_.find(item.name);
    if (found == names_.end()) {
        source_.diagnostics.warning("unknown-sum", fmt::format("nothing is added to \"{}\"", item.name), position);
        return formatted({}, {}, item, language, position, false);
    }
    return formatted(value(found->second, item, element), found->second, item, language, position, false);
}

std::string Aggregates::text(Box const& box) {
    Use const& use = uses_.at(&box);
    return text(*use.item, use.element, box.style->language);
}

std::pair<Decimal, Decimal> Aggregates::bounds(Name& name, Range range) const {
    if (range.first == 0 && range.second == name.values.size()) return {name.negative, name.positive};
    auto [entry, added] = name.bounds.try_emplace(range);
    if (added) {
        for (std::uint32_t i = range.first; i < range.second; ++i) {
            (name.values[i].is_negative() ? entry->second.first : entry->second.second) += name.values[i];
        }
    }
    return entry->second;
}

double Aggregates::width(Context& context, Box const& box) {
    Use& use = uses_.at(&box);
    if (use.width >= 0) return use.width;
    use.width = 0;
    LineMetrics const& metrics = context.metrics(*box.style);
    auto measure = [&](std::string const& sample) {
        text::StyledRun run;
        run.text = sample;
        run.font = metrics.font;
        run.size = metrics.size;
        run.letter_spacing = static_cast<float>(box.style->letter_spacing);
        use.width = std::max(use.width, context.shaper.measure({&run, 1}).max);
    };
    auto const found = names_.find(use.item->name);
    Name none;
    Name& name = found == names_.end() ? none : found->second;
    // Running values stand in every row: they share the bounds of their whole scope.
    ContentItem whole = *use.item;
    whole.extent = Extent::all;
    Range const range = range_of(name, whole, use.element);
    auto const [least, most] = bounds(name, range);
    Position const position = source_.document.position(*use.element);
    for (Decimal const& end : {least, most}) {
        std::string sample =
            formatted({end, range.second - range.first}, name, *use.item, box.style->language, position, true);
        for (char digit = '0'; digit <= '9'; ++digit) {
            for (char& c : sample) c = c >= '0' && c <= '9' ? digit : c;
            measure(sample);
        }
    }
    return use.width;
}

} // namespace deckle::layout
