/// The fuzz targets without libFuzzer: every seed, then a fixed number of damaged ones, the same in every run.
/// usage: fuzz_NAME EXECUTIONS DICTIONARY FILE_OR_FOLDER...   (FILE alone: that input only)
#include "base/file.hpp"
#include "fuzz/target.hpp"
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

void run(std::string const& input) {
    (void)LLVMFuzzerTestOneInput(reinterpret_cast<std::uint8_t const*>(input.data()), input.size());
}

/// The quoted words of a libFuzzer dictionary.
std::vector<std::string> words_of(std::string const& text) {
    std::vector<std::string> out;
    for (auto at = text.find('"'); at != std::string::npos; at = text.find('"', at + 1)) {
        std::string word;
        for (++at; at < text.size() && text[at] != '"'; ++at) {
            if (text[at] == '\\' && at + 1 < text.size()) ++at;
            word += text[at];
        }
        if (!word.empty()) out.push_back(word);
    }
    return out;
}

class Mutator {
public:
    Mutator(std::vector<std::string> const& seeds, std::vector<std::string> const& words)
        : seeds_(seeds), words_(words) {}

    std::string next() {
        std::string text = seeds_[below(seeds_.size())];
        for (auto n = 1 + below(4); n > 0; --n) {
            auto const at = below(text.size() + 1);
            auto const length = std::min(below(1 + below(64)), text.size() - at);
            switch (below(7)) {
            case 0:
                text.erase(at, length);
                break;
            case 1:
                if (!words_.empty()) text.insert(at, words_[below(words_.size())]);
                break;
            case 2:
                if (!words_.empty()) text.replace(at, length, words_[below(words_.size())]);
                break;
            case 3:
                if (at < text.size()) text[at] = static_cast<char>(below(256));
                break;
            case 4: // the same again
                text.insert(at, text.substr(at, length));
                break;
            case 5: { // from another seed
                auto const& other = seeds_[below(seeds_.size())];
                auto const from = below(other.size() + 1);
                text.replace(at, length, other.substr(from, below(200)));
                break;
            }
            default:
                if (at < text.size()) text[at] = static_cast<char>(text[at] ^ (1 << below(8)));
            }
        }
        return text;
    }

private:
    std::size_t below(std::size_t n) { return static_cast<std::size_t>(random_() % n); }
    std::vector<std::string> const& seeds_;
    std::vector<std::string> const& words_;
    std::mt19937_64 random_{1};
};

} // namespace

int main(int argc, char** argv) {
    if (argc == 2) {
        run(deckle::read_file(argv[1]));
        return 0;
    }
    if (argc < 4) {
        std::fputs("usage: fuzz_NAME EXECUTIONS DICTIONARY FILE_OR_FOLDER...\n", stderr);
        return 2;
    }
    std::vector<fs::path> files;
    for (int i = 3; i < argc; ++i) {
        if (!fs::is_directory(argv[i])) {
            files.emplace_back(argv[i]);
            continue;
        }
        for (auto const& entry : fs::recursive_directory_iterator(argv[i]))
            if (entry.is_regular_file()) files.push_back(entry.path());
    }
    std::ranges::sort(files);
    std::vector<std::string> seeds;
    for (auto const& file : files) {
        seeds.push_back(deckle::read_file(file));
        run(seeds.back());
    }
    auto const words = words_of(deckle::read_file(argv[2]));
    Mutator mutator(seeds, words);
    for (long left = std::atol(argv[1]); left > 0; --left) {
        auto const input = mutator.next();
        // for a debugger: what runs now
        if (char const* last = std::getenv("DECKLE_FUZZ_LAST")) deckle::write_file(last, input);
        run(input);
    }
    std::printf("%zu seeds, %s mutations\n", seeds.size(), argv[1]);
    return 0;
}
