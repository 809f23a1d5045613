#include "data/connectors/files.hpp"
#include "base/file.hpp"
#include "data/words.hpp"
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fnmatch.h>
#include <sys/stat.h>

namespace deckle::data {
namespace {

namespace fs = std::filesystem;

bool is_glob(std::string_view name) {
    return name.find_first_of("*?[") != std::string_view::npos;
}

std::string shown(fs::path const& path, fs::path const& root) {
    auto const relative = path.lexically_relative(root);
    return relative.empty() || *relative.begin() == ".." ? path.string() : relative.string();
}

// All files below `folder` that match the pattern; each part of the pattern matches one level.
void match(fs::path const& folder, fs::path::const_iterator part, fs::path::const_iterator end,
           std::vector<fs::path>& found) {
    auto const next = std::next(part);
    std::error_code error;
    if (!is_glob(part->string())) {
        auto const path = folder / *part;
        if (next == end && fs::is_regular_file(path, error)) found.push_back(path);
        if (next != end && fs::is_directory(path, error)) match(path, next, end, found);
        return;
    }
    for (auto const& entry : fs::directory_iterator(folder, error)) {
        std::string const name = entry.path().filename().string();
        if (fnmatch(part->c_str(), name.c_str(), FNM_PERIOD) != 0) continue;
        if (next == end && entry.is_regular_file(error)) found.push_back(entry.path());
        if (next != end && entry.is_directory(error)) match(entry.path(), next, end, found);
    }
}

std::vector<std::string> names_in(fs::path const& folder) {
    std::error_code error;
    std::vector<std::string> names;
    for (auto const& entry : fs::directory_iterator(folder, error))
        if (entry.is_regular_file(error)) names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

} // namespace

fs::path inside_workspace(fs::path const& root, std::string const& written) {
    fs::path const path = written;
    if (path.is_absolute()) return path.lexically_normal();
    auto const joined = (root / path).lexically_normal();
    if (!is_inside(joined, root))
        throw Error(ErrorCode::refused,
                    "'" + written + "' lies outside the workspace; write an absolute path if that is meant");
    return joined;
}

std::vector<SourceFile> source_files(SourceRequest const& request) {
    std::string const folder_name = request.text("folder", ".");
    fs::path const folder = inside_workspace(request.root, folder_name);
    auto const* names = request.find("file");
    std::vector<SourceFile> files;
    for (auto const& name : names == nullptr ? std::vector<std::string>{} : names->texts) {
        fs::path const pattern = fs::path(name).is_absolute() ? fs::path(name) : folder / name;
        std::vector<fs::path> found;
        if (is_glob(name)) {
            // The part before the first glob is a plain folder.
            fs::path base;
            auto part = pattern.begin();
            for (; part != pattern.end() && !is_glob(part->string()); ++part) base /= *part;
            match(base, part, pattern.end(), found);
        } else {
            std::error_code error;
            if (fs::is_regular_file(pattern, error)) found.push_back(pattern);
        }
        if (found.empty()) {
            std::error_code error;
            auto const parent = pattern.parent_path();
            std::string const where = shown(parent, request.root);
            std::string message = "dataset " + request.dataset + ": no file '" + name + "' in " + where;
            if (!fs::is_directory(parent, error))
                message += ", which is no folder";
            else if (auto const there = names_in(parent); there.empty())
                message += ", which holds no files";
            else
                message += hint(name, there);
            throw Error(ErrorCode::data, message, names->position);
        }
        std::sort(found.begin(), found.end());
        for (auto const& path : found) {
            auto const normal = path.lexically_normal();
            if (!fs::path(name).is_absolute() && !fs::path(folder_name).is_absolute() &&
                !is_inside(normal, request.root))
                throw Error(ErrorCode::refused,
                            "dataset " + request.dataset + ": " + shown(normal, request.root) +
                                " leads outside the workspace",
                            names->position);
            auto const same = [&](SourceFile const& f) { return f.path == normal; };
            if (std::none_of(files.begin(), files.end(), same)) files.push_back({normal, shown(normal, request.root)});
        }
    }
    return files;
}

Instant last_written(std::vector<SourceFile> const& files) {
    Instant newest{};
    auto const look_at = [&](std::string const& path, bool also_empty) {
        struct stat info = {};
        if (::stat(path.c_str(), &info) == 0 && (also_empty || info.st_size > 0))
            newest = std::max(newest, Instant{std::chrono::seconds{info.st_mtime}});
    };
    for (auto const& file : files) {
        look_at(file.path, true);
        look_at(file.path.string() + "-wal", false); // of SQLite; a reader may have made an empty one
    }
    return newest;
}

std::string const& ContentHash::hex() {
    if (hex_.empty()) hex_ = hash_.hex();
    return hex_;
}

FileStream::FileStream(SourceFile const& file) : file_(file), stream_(file.path, std::ios::binary) {
    if (!stream_) throw Error(ErrorCode::io, "cannot read " + file.shown + ": " + std::strerror(errno));
}

std::size_t FileStream::read(char* to, std::size_t size) {
    stream_.read(to, static_cast<std::streamsize>(size));
    if (stream_.bad()) throw Error(ErrorCode::io, "cannot read " + file_.shown + ": " + std::strerror(errno));
    return static_cast<std::size_t>(stream_.gcount());
}

} // namespace deckle::data
