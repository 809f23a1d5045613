#include "text/font_set.hpp"
#include <algorithm>
#include <array>
#include <fmt/core.h>
#include <set>

namespace deckle::text {
namespace fs = std::filesystem;
namespace {

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return out;
}

/// A family as a Debian package installs it; `stem` + style + `extension` is the file.
struct Family {
    char const* name;
    char const* stem;
    char const* extension;
    enum class Styles { nine_weights, four, regular } styles;
    unsigned index = 0;
};

constexpr std::array standard_families{
    Family{"inter", "/usr/share/fonts/opentype/inter/Inter-", ".otf", Family::Styles::nine_weights},
    Family{"inter display", "/usr/share/fonts/opentype/inter/InterDisplay-", ".otf", Family::Styles::nine_weights},
    Family{"liberation sans", "/usr/share/fonts/truetype/liberation/LiberationSans-", ".ttf", Family::Styles::four},
    Family{"liberation serif", "/usr/share/fonts/truetype/liberation/LiberationSerif-", ".ttf", Family::Styles::four},
    Family{"liberation mono", "/usr/share/fonts/truetype/liberation/LiberationMono-", ".ttf", Family::Styles::four},
    Family{"liberation sans narrow", "/usr/share/fonts/truetype/liberation/LiberationSansNarrow-", ".ttf",
           Family::Styles::four},
    Family{"liberation sans", "/usr/share/fonts/truetype/liberation2/LiberationSans-", ".ttf", Family::Styles::four},
    Family{"liberation serif", "/usr/share/fonts/truetype/liberation2/LiberationSerif-", ".ttf", Family::Styles::four},
    Family{"liberation mono", "/usr/share/fonts/truetype/liberation2/LiberationMono-", ".ttf", Family::Styles::four},
    Family{"dejavu sans", "/usr/share/fonts/truetype/dejavu/DejaVuSans", ".ttf", Family::Styles::four},
    Family{"dejavu serif", "/usr/share/fonts/truetype/dejavu/DejaVuSerif", ".ttf", Family::Styles::four},
    Family{"dejavu sans mono", "/usr/share/fonts/truetype/dejavu/DejaVuSansMono", ".ttf", Family::Styles::four},
    Family{"noto sans", "/usr/share/fonts/truetype/noto/NotoSans-", ".ttf", Family::Styles::four},
    Family{"noto serif", "/usr/share/fonts/truetype/noto/NotoSerif-", ".ttf", Family::Styles::four},
    Family{"noto sans arabic", "/usr/share/fonts/truetype/noto/NotoSansArabic-", ".ttf", Family::Styles::four},
    Family{"noto sans hebrew", "/usr/share/fonts/truetype/noto/NotoSansHebrew-", ".ttf", Family::Styles::four},
    Family{"noto sans devanagari", "/usr/share/fonts/truetype/noto/NotoSansDevanagari-", ".ttf", Family::Styles::four},
    Family{"lohit devanagari", "/usr/share/fonts/truetype/lohit-devanagari/Lohit-Devanagari", ".ttf",
           Family::Styles::regular},
    Family{"ipagothic", "/usr/share/fonts/opentype/ipafont-gothic/ipag", ".ttf", Family::Styles::regular},
    Family{"ipapgothic", "/usr/share/fonts/opentype/ipafont-gothic/ipagp", ".ttf", Family::Styles::regular},
    Family{"noto sans cjk jp", "/usr/share/fonts/opentype/noto/NotoSansCJK-", ".ttc", Family::Styles::four, 0},
    Family{"noto sans cjk kr", "/usr/share/fonts/opentype/noto/NotoSansCJK-", ".ttc", Family::Styles::four, 1},
    Family{"noto sans cjk sc", "/usr/share/fonts/opentype/noto/NotoSansCJK-", ".ttc", Family::Styles::four, 2},
    Family{"noto sans cjk tc", "/usr/share/fonts/opentype/noto/NotoSansCJK-", ".ttc", Family::Styles::four, 3},
};

struct StyleName {
    char const* suffix;
    int weight;
    bool italic;
};
constexpr std::array nine_weights{
    StyleName{"Regular", 400, false},    StyleName{"Italic", 400, true},
    StyleName{"Medium", 500, false},     StyleName{"MediumItalic", 500, true},
    StyleName{"SemiBold", 600, false},   StyleName{"SemiBoldItalic", 600, true},
    StyleName{"Bold", 700, false},       StyleName{"BoldItalic", 700, true},
    StyleName{"ExtraBold", 800, false},  StyleName{"ExtraBoldItalic", 800, true},
    StyleName{"Black", 900, false},      StyleName{"BlackItalic", 900, true},
    StyleName{"Light", 300, false},      StyleName{"LightItalic", 300, true},
    StyleName{"ExtraLight", 200, false}, StyleName{"ExtraLightItalic", 200, true},
    StyleName{"Thin", 100, false},       StyleName{"ThinItalic", 100, true},
};
constexpr std::array four_styles{StyleName{"Regular", 400, false}, StyleName{"Bold", 700, false},
                                 StyleName{"Italic", 400, true}, StyleName{"BoldItalic", 700, true}};
constexpr std::array dejavu_styles{StyleName{"", 400, false},        StyleName{"-Bold", 700, false},
                                   StyleName{"-Oblique", 400, true}, StyleName{"-BoldOblique", 700, true},
                                   StyleName{"-Italic", 400, true},  StyleName{"-BoldItalic", 700, true}};

/// Generic families, and names whose metrics a free family has.
struct Alias {
    char const* name;
    std::array<char const*, 3> families;
};
constexpr std::array aliases{
    Alias{"sans-serif", {"inter", "liberation sans", "dejavu sans"}},
    Alias{"system-ui", {"inter", "liberation sans", "dejavu sans"}},
    Alias{"ui-sans-serif", {"inter", "liberation sans", "dejavu sans"}},
    Alias{"serif", {"liberation serif", "dejavu serif", "noto serif"}},
    Alias{"ui-serif", {"liberation serif", "dejavu serif", "noto serif"}},
    Alias{"monospace", {"liberation mono", "dejavu sans mono", nullptr}},
    Alias{"ui-monospace", {"liberation mono", "dejavu sans mono", nullptr}},
    Alias{"cursive", {"inter", "liberation sans", "dejavu sans"}},
    Alias{"fantasy", {"inter", "liberation sans", "dejavu sans"}},
    Alias{"arial", {"liberation sans", nullptr, nullptr}},
    Alias{"helvetica", {"liberation sans", nullptr, nullptr}},
    Alias{"arial narrow", {"liberation sans narrow", nullptr, nullptr}},
    Alias{"times new roman", {"liberation serif", nullptr, nullptr}},
    Alias{"times", {"liberation serif", nullptr, nullptr}},
    Alias{"courier new", {"liberation mono", nullptr, nullptr}},
    Alias{"courier", {"liberation mono", nullptr, nullptr}},
};

/// Tried for what the asked families lack.
constexpr std::array fallbacks{"inter",
                               "liberation sans",
                               "dejavu sans",
                               "noto sans",
                               "noto sans arabic",
                               "noto sans hebrew",
                               "noto sans devanagari",
                               "lohit devanagari",
                               "ipagothic",
                               "noto sans cjk jp",
                               "noto sans cjk sc",
                               "noto sans cjk tc",
                               "noto sans cjk kr"};

Alias const* find_alias(std::string_view family) {
    auto const it = std::ranges::find_if(aliases, [&](Alias const& a) { return family == a.name; });
    return it == aliases.end() ? nullptr : &*it;
}

/// How far a face's weight is from the wanted one: smaller is better.
/// https://www.w3.org/TR/css-fonts-4/#font-style-matching
int weight_distance(int wanted, int weight) {
    constexpr int other_side = 10'000;
    if (wanted >= 400 && wanted <= 500) {
        if (weight >= wanted && weight <= 500) return weight - wanted;
        if (weight < wanted) return other_side + wanted - weight;
        return 2 * other_side + weight - wanted;
    }
    if (wanted < 400) return weight <= wanted ? wanted - weight : other_side + weight - wanted;
    return weight >= wanted ? weight - wanted : other_side + wanted - weight;
}

} // namespace

bool FontSet::Entry::covers(char32_t character) const {
    return ranges.empty() ||
           std::ranges::any_of(ranges, [&](auto const& r) { return character >= r.first && character <= r.second; });
}

Face const* Font::face_for(char32_t character) const {
    for (std::size_t const entry : chain_) {
        if (!set_->entries_[entry].covers(character)) continue;
        if (Face const* const face = set_->open(entry); face->glyph(character) != 0) return face;
    }
    return nullptr;
}

// Entries are copied, opened faces are shared.
void FontSet::leave_shared() {
    if (shared_ == nullptr) return;
    FontSet const* from = shared_;
    while (from->shared_ != nullptr) from = from->shared_;
    entries_ = from->entries_;
    shared_ = nullptr;
}

void FontSet::add_standard() {
    leave_shared();
    std::set<std::string, std::less<>> complete;
    for (Family const& family : standard_families) {
        if (complete.contains(family.name)) continue;
        auto const add = [&](StyleName const& style) {
            fs::path path = fmt::format("{}{}{}", family.stem, style.suffix, family.extension);
            std::error_code error;
            if (!fs::is_regular_file(path, error)) return;
            entries_.push_back({family.name, style.weight, style.italic, std::move(path), family.index, nullptr, {}});
            complete.insert(family.name);
        };
        std::string_view const stem = family.stem;
        if (family.styles == Family::Styles::regular)
            add({"", 400, false});
        else if (family.styles == Family::Styles::nine_weights)
            std::ranges::for_each(nine_weights, add);
        else if (stem.back() == '-')
            std::ranges::for_each(four_styles, add);
        else
            std::ranges::for_each(dejavu_styles, add);
    }
}

Face const& FontSet::add_file(fs::path const& path) {
    auto face = Face::open(path);
    std::string family = face->family();
    return add_face(std::move(face), std::move(family));
}

Face const& FontSet::add_face(std::unique_ptr<Face> face, std::string family, std::optional<int> weight,
                              std::optional<bool> italic, CharacterRanges ranges) {
    leave_shared();
    Face const& added = *face;
    Entry entry;
    entry.family = lower(family);
    entry.weight = weight.value_or(face->weight());
    entry.italic = italic.value_or(face->italic());
    entry.path = face->path();
    face->declare(entry.weight, entry.italic);
    entry.face = std::move(face);
    entry.ranges = std::move(ranges);
    entries_.push_back(std::move(entry));
    by_request_.clear();
    return added;
}

void FontSet::add_folder(fs::path const& folder, Diagnostics& diagnostics) {
    std::vector<fs::path> paths;
    std::error_code error;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        std::string const extension = lower(it->path().extension().string());
        if (extension == ".ttf" || extension == ".otf" || extension == ".ttc") paths.push_back(it->path());
    }
    if (error)
        diagnostics.warning("font-folder",
                            fmt::format("cannot read the font folder {}: {}", folder.string(), error.message()));
    std::ranges::sort(paths);
    for (fs::path const& path : paths) {
        try {
            if (add_file(path).is_variable())
                diagnostics.note("font-variable",
                                 fmt::format("{} is a variable font, of which only the default style is "
                                             "used: put its static files beside it for other weights",
                                             path.string()));
        } catch (Error const& problem) {
            diagnostics.warning("font-unusable", problem.to_string());
        }
    }
}

bool FontSet::has_family(std::string_view family) const {
    if (shared_ != nullptr) return shared_->has_family(family);
    std::string const name = lower(family);
    auto const exists = [this](std::string_view wanted) {
        return std::ranges::any_of(entries_, [&](Entry const& e) { return e.family == wanted; });
    };
    if (exists(name)) return true;
    Alias const* const alias = find_alias(name);
    return alias != nullptr &&
           std::ranges::any_of(alias->families, [&](char const* f) { return f != nullptr && exists(f); });
}

Face const* FontSet::open(std::size_t entry) {
    Entry& e = entries_[entry];
    if (e.face == nullptr) e.face = Face::open(e.path, e.index);
    return e.face.get();
}

void FontSet::match_family(std::string_view family, FontRequest const& request, std::vector<std::size_t>& chain) const {
    std::size_t best = entries_.size();
    int best_distance = 0;
    auto const add = [&](std::size_t entry) {
        if (std::ranges::find(chain, entry) == chain.end()) chain.push_back(entry);
    };
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        Entry const& e = entries_[i];
        if (e.family != family) continue;
        int const distance = weight_distance(request.weight, e.weight) + (e.italic == request.italic ? 0 : 100'000);
        // The later of two equal ones wins: what a document or workspace adds comes after what is installed.
        if (best == entries_.size() || distance <= best_distance) {
            best = i;
            best_distance = distance;
        }
    }
    if (best == entries_.size()) return;
    add(best);
    // A family may be made of faces for different characters.
    if (entries_[best].ranges.empty()) return;
    for (std::size_t i = entries_.size(); i-- > 0;)
        if (entries_[i].family == family && entries_[i].weight == entries_[best].weight &&
            entries_[i].italic == entries_[best].italic)
            add(i);
}

Font const& FontSet::font(FontRequest const& request) {
    if (shared_ != nullptr) return shared_->font(request);
    if (auto const it = by_request_.find(request); it != by_request_.end()) return *it->second;
    if (entries_.empty())
        throw Error(ErrorCode::failed,
                    "no font is installed: install the Debian packages fonts-inter and fonts-liberation");
    std::vector<std::size_t> chain;
    auto const add = [&](std::string_view family) {
        match_family(family, request, chain);
        if (Alias const* const alias = find_alias(family))
            for (char const* const real : alias->families)
                if (real != nullptr) match_family(real, request, chain);
    };
    for (std::string const& family : request.families) add(lower(family));
    std::string_view const language = std::string_view(request.language).substr(0, 2);
    if (language == "zh")
        add(request.language.find("TW") != std::string::npos ? "noto sans cjk tc" : "noto sans cjk sc");
    if (language == "ko") add("noto sans cjk kr");
    for (char const* const family : fallbacks) add(family);
    for (Entry const& entry : entries_) match_family(entry.family, request, chain);

    Font font;
    font.set_ = this;
    font.request_ = request;
    font.id_ = static_cast<unsigned>(fonts_.size());
    // https://www.w3.org/TR/css-fonts-4/#first-available-font
    auto const first = std::ranges::find_if(chain, [this](std::size_t i) { return entries_[i].covers(U' '); });
    std::size_t const primary = first == chain.end() ? chain.front() : *first;
    font.primary_ = open(primary);
    font.partial_ = primary != chain.front() || !entries_[primary].ranges.empty();
    font.chain_ = std::move(chain);
    fonts_.push_back(std::move(font));
    by_request_.emplace(request, &fonts_.back());
    return fonts_.back();
}

} // namespace deckle::text
