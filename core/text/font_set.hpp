/// Which fonts exist, and which of them a style means.
#pragma once
#include "base/diagnostics.hpp"
#include "text/face.hpp"
#include <deque>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace deckle::text {

class FontSet;

using CharacterRanges = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

/// An OpenType feature setting: {"tnum", 1}.
struct Feature {
    std::string tag; // four characters
    unsigned value = 1;
    friend auto operator<=>(Feature const&, Feature const&) = default;
};

/// What CSS says about a font, size aside.
struct FontRequest {
    std::vector<std::string> families; // names without quotes, and generic families, in order
    int weight = 400;                  // 1..1000
    bool italic = false;
    std::vector<Feature> features; // in CSS order; the last of a tag wins
    std::string language;          // BCP 47, may be empty
    friend auto operator<=>(FontRequest const&, FontRequest const&) = default;
};

/// A request resolved to a chain of faces: the first that has a character draws it. Made and owned by the FontSet; the
/// same request gives the same object, so pointers may be compared.
class Font {
public:
    /// The face that gives the line its metrics.
    [[nodiscard]] Face const& primary() const { return *primary_; }
    [[nodiscard]] FaceMetrics const& metrics() const { return primary_->metrics(); }
    [[nodiscard]] FontRequest const& request() const { return request_; }
    [[nodiscard]] unsigned id() const { return id_; }
    /// False when @font-face restricts the primary face to a range of characters.
    [[nodiscard]] bool primary_is_general() const { return !partial_; }
    /// The face of the chain that has the character, nullptr when none has it. Opens files as needed.
    [[nodiscard]] Face const* face_for(char32_t character) const;

private:
    friend class FontSet;
    FontSet* set_ = nullptr;
    FontRequest request_;
    unsigned id_ = 0;
    Face const* primary_ = nullptr;
    std::vector<std::size_t> chain_; // entries of the set, by preference
    bool partial_ = false;           // the primary face is to be used for some characters only
};

struct WordStore; // word_cache.hpp

/// Fonts, and the words shaped with them. Files are opened when first needed. Not thread-safe: one per thread.
class FontSet {
public:
    /// Empty: only what is added exists.
    FontSet() = default;
    /// The fonts of one document, on top of `shared` ones, which must outlive it: what is added here stays here. Many
    /// documents of one thread open files and shape words once.
    explicit FontSet(FontSet& shared) : shared_(&shared) {}
    FontSet(FontSet const&) = delete;
    FontSet& operator=(FontSet const&) = delete;

    /// The families that Debian's packages install at their usual places, as far as they are there. No fontconfig: the
    /// same machine image gives the same choice.
    void add_standard();
    /// Adds a font under its own names; of equal ones the last added wins. Throws as Face::open.
    Face const& add_file(std::filesystem::path const& path);
    /// Adds a font under a given name (@font-face); weight and style from the file unless given.
    /// With `ranges` (first and last character) it draws only those: unicode-range.
    Face const& add_face(std::unique_ptr<Face> face, std::string family, std::optional<int> weight = {},
                         std::optional<bool> italic = {}, CharacterRanges ranges = {});
    /// Adds all .ttf, .otf and .ttc files of a folder (not below it), in order of name; an unusable one is a warning,
    /// a variable one a note.
    void add_folder(std::filesystem::path const& folder, Diagnostics& diagnostics);

    [[nodiscard]] bool has_family(std::string_view family) const;
    /// Never fails while one font exists (throws Error{failed} naming the packages to install when none does).
    /// Weight matching: https://www.w3.org/TR/css-fonts-4/#font-style-matching
    [[nodiscard]] Font const& font(FontRequest const& request);
    /// Words shaped with these fonts; for WordCache alone.
    [[nodiscard]] std::shared_ptr<WordStore>& words() { return shared_ != nullptr ? shared_->words() : words_; }

private:
    friend class Font;
    struct Entry {
        std::string family; // lower case
        int weight = 400;
        bool italic = false;
        std::filesystem::path path;
        unsigned index = 0;         // in a collection
        std::shared_ptr<Face> face; // opened
        CharacterRanges ranges;     // empty = all

        [[nodiscard]] bool covers(char32_t character) const;
    };
    Face const* open(std::size_t entry);
    void leave_shared();
    void match_family(std::string_view family, FontRequest const& request, std::vector<std::size_t>& chain) const;

    FontSet* shared_ = nullptr; // null as soon as something is added here
    std::shared_ptr<WordStore> words_;
    std::vector<Entry> entries_;
    std::deque<Font> fonts_;
    std::map<FontRequest, Font const*> by_request_;
};

} // namespace deckle::text
