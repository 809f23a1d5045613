#include "drafts/text_file.hpp"
#include "base/error.hpp"
#include "base/nearest.hpp"
#include "drafts/count.hpp"
#include "model/formatter.hpp"
#include <charconv>
#include <fmt/format.h>
#include <sstream>

namespace deckle::drafts {

using model::Json;

std::string tidy(std::string_view text) {
    std::string out;
    std::string line;
    auto const end_line = [&] {
        line.erase(line.find_last_not_of(" \t\r") + 1);
        out += line + "\n";
        line.clear();
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n')))
            end_line();
        else
            line += text[i];
    }
    end_line();
    out.erase(out.find_last_not_of('\n') + 1);
    return out.substr(std::min(out.find_first_not_of('\n'), out.size()));
}

std::string write_text_file(store::Draft const& draft, std::map<std::string, store::DraftText> const& texts,
                            Json const& model, model::Formatter const& formatter) {
    std::string out = fmt::format("deckle draft {} version {}\n", draft.id, draft.version);
    for (Json const& field : model.value("fields", Json::array())) {
        std::string const id = field.at("id");
        std::string about = formatter.text(field.at("label"));
        if (auto const limit = field.find("limit"); limit != field.end())
            about += fmt::format(" (at most {} {})", limit->at("max").get<int>(),
                                 unit_words(unit_of(limit->at("unit").get<std::string>())));
        std::ranges::replace(about, '\n', ' ');
        out += fmt::format("\n=== {} === {}\n", id, about);
        auto const it = texts.find(id);
        std::istringstream lines(it != texts.end() ? it->second.value : field.at("value").get<std::string>());
        for (std::string line; std::getline(lines, line);)
            out += (line.starts_with("===") || line.starts_with("\\") ? "\\" : "") + line + "\n";
    }
    return out;
}

TextFile read_text_file(std::string_view text, store::Draft const& draft,
                        std::map<std::string, store::DraftText> const& known, std::string const& file) {
    TextFile read;
    std::istringstream lines{std::string(text)};
    std::string line;
    std::getline(lines, line);
    std::string const head = fmt::format("deckle draft {} version ", draft.id);
    auto const digits = line.starts_with(head) ? std::string_view(line).substr(head.size()) : std::string_view();
    if (std::from_chars(digits.data(), digits.data() + digits.size(), read.version).ec != std::errc() ||
        read.version <= 0)
        throw Error(ErrorCode::usage, fmt::format("the first line is not \"{}N\": leave it as it was", head),
                    {file, 1, 1});
    std::vector<std::string> ids;
    for (auto const& [id, ignored] : known) ids.push_back(id);
    std::string* now = nullptr;
    for (int number = 2; std::getline(lines, line); ++number) {
        if (line.starts_with("=== ")) {
            auto const end = line.find(" ===", 4);
            std::string const id = line.substr(4, end == std::string::npos ? end : end - 4);
            if (!known.contains(id))
                throw Error(ErrorCode::usage, fmt::format("the draft has no field '{}'{}", id, suggestion(id, ids)),
                            {file, number, 5});
            if (read.texts.contains(id))
                throw Error(ErrorCode::usage, fmt::format("the field '{}' comes twice", id), {file, number, 5});
            now = &read.texts[id];
        } else if (now != nullptr) {
            *now += (line.starts_with('\\') ? line.substr(1) : line) + "\n";
        } else if (line.find_first_not_of(" \t\r") != std::string::npos) {
            throw Error(ErrorCode::usage, "this line stands before the first field", {file, number, 1});
        }
    }
    for (auto& [id, value] : read.texts) value = tidy(value);
    return read;
}

namespace {

/// Words with the white space before each.
std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    bool inside = false;
    for (char const c : text) {
        bool const space = c == ' ' || c == '\n' || c == '\t';
        if (space && inside) {
            words.push_back(std::move(word));
            word.clear();
        }
        inside = !space;
        word += c;
    }
    if (!word.empty()) words.push_back(std::move(word));
    return words;
}

} // namespace

std::string word_diff(std::string_view before, std::string_view after) {
    auto const a = words_of(before);
    auto const b = words_of(after);
    std::size_t first = 0;
    while (first < a.size() && first < b.size() && a[first] == b[first]) ++first;
    std::size_t last = 0;
    while (last < a.size() - first && last < b.size() - first && a[a.size() - 1 - last] == b[b.size() - 1 - last])
        ++last;
    std::size_t const n = a.size() - first - last;
    std::size_t const m = b.size() - first - last;
    // The longest common subsequence of what is between; of very long texts all of it counts as changed.
    std::vector<std::vector<int>> common;
    if (n * m <= 4'000'000) common.assign(n + 1, std::vector<int>(m + 1, 0));
    if (!common.empty())
        for (std::size_t i = n; i-- > 0;)
            for (std::size_t j = m; j-- > 0;)
                common[i][j] = a[first + i] == b[first + j] ? common[i + 1][j + 1] + 1
                                                            : std::max(common[i + 1][j], common[i][j + 1]);
    std::string out, removed, added;
    auto const flush = [&] {
        auto const put = [&](std::string& words, char const* open, char const* close) {
            if (words.empty()) return;
            auto const start = std::min(words.find_first_not_of(" \n\t"), words.size());
            out += words.substr(0, start) + open + words.substr(start) + close;
            words.clear();
        };
        if (!removed.empty() && !added.empty()) // the white space once
            added.erase(0, std::min(added.find_first_not_of(" \n\t"), added.size()));
        put(removed, "[-", "-]");
        put(added, "{+", "+}");
    };
    for (std::size_t i = 0; i < first; ++i) out += a[i];
    for (std::size_t i = 0, j = 0; i < n || j < m;) {
        if (i < n && j < m && a[first + i] == b[first + j]) {
            flush();
            out += a[first + i];
            ++i, ++j;
        } else if (j == m || (i < n && (common.empty() || common[i + 1][j] >= common[i][j + 1]))) {
            removed += a[first + i++];
        } else {
            added += b[first + j++];
        }
    }
    flush();
    for (std::size_t i = a.size() - last; i < a.size(); ++i) out += a[i];
    return out;
}

} // namespace deckle::drafts
