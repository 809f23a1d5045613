// deckle backup|restore. A backup is an archive of manifest.json, store.db (SQLite, whatever the store is) and
// workspace/, the files below the workspace's folder: configuration, templates, sources, and what was made and not yet
// delivered. Secrets stay where they are: neither the files that hold them nor variables are in it.
#include "app/archive.hpp"
#include "app/output.hpp"
#include "app/resources.hpp"
#include "app/session.hpp"
#include "app/workplace.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "data/connectors/files.hpp"
#include "data/secrets.hpp"
#include "data/sha256.hpp"
#include "model/json.hpp"
#include "store/copy.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <iostream>
#include <map>
#include <set>

namespace deckle::app {

namespace fs = std::filesystem;
using model::Json;

namespace {

constexpr char const* format_name = "deckle-backup/1";

std::string sha256_of(fs::path const& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw Error(ErrorCode::io, "cannot read " + file.string());
    data::Sha256 hash;
    std::string buffer(1 << 20, '\0');
    while (in.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || in.gcount() > 0)
        hash.add({buffer.data(), static_cast<std::size_t>(in.gcount())});
    return hash.hex();
}

/// The files below a folder, sorted, as relative paths; links and the rest are none.
std::vector<fs::path> files_below(fs::path const& folder) {
    std::vector<fs::path> files;
    for (auto const& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file() && !entry.is_symlink()) files.push_back(fs::relative(entry.path(), folder));
    std::ranges::sort(files);
    return files;
}

class Backup {
public:
    Backup(Session const& session, fs::path file)
        : session_(session), root_(session.workspace.root), file_(std::move(file)) {}

    Json make() {
        WorkFolder const work(file_);
        work_ = work.path();
        {
            store::Database copied(work_ / "content/store.db");
            store::copy(session_.database(), copied); // before the files that it names
        }
        for (auto const* rest : {"content/store.db-wal", "content/store.db-shm"}) fs::remove(work_ / rest);
        find_secrets();
        copy_files();
        Json manifest = {{"format", format_name},
                         {"company", session_.workspace.company.name},
                         {"made", to_iso(SystemClock().now())},
                         {"left_out", left_out_},
                         {"entries", Json::array()}};
        for (auto const& name : files_below(work_ / "content"))
            manifest["entries"].push_back({{"path", name.string()},
                                           {"bytes", fs::file_size(work_ / "content" / name)},
                                           {"sha256", sha256_of(work_ / "content" / name)}});
        write_file(work_ / "content/manifest.json", manifest.dump(1) + "\n");
        pack_folder(work_ / "content", file_);
        return manifest;
    }

private:
    void find_secrets() {
        for (auto const& secret : data::secret_places(read_file(root_ / "deckle.toml"))) {
            if (!secret.env.empty())
                left_out_.push_back(
                    {{"what", secret.key}, {"why", "secret, in the environment variable " + secret.env}});
            else
                secret_files_.emplace(fs::weakly_canonical(data::inside_workspace(root_, secret.file)), secret.key);
        }
        for (auto const& [path, key] : secret_files_)
            left_out_.push_back({{"what", key}, {"why", "secret, in the file " + path.string()}});
    }

    void copy_files() {
        auto const to = work_ / "content/workspace";
        fs::create_directories(to);
        for (auto at = fs::recursive_directory_iterator(root_); at != fs::recursive_directory_iterator(); ++at) {
            auto const name = fs::relative(at->path(), root_);
            if (at->is_symlink()) {
                left_out_.push_back({{"what", name.string()}, {"why", "a link"}});
                at.disable_recursion_pending();
            } else if (at->is_directory()) {
                bool const ours = at->path() == work_ ||
                                  (*name.begin() == ".deckle" && at.depth() == 1 && name.filename() != "artifacts");
                if (ours || name == ".git") at.disable_recursion_pending();
            } else if (at->is_regular_file() && wanted(at->path(), name)) {
                fs::create_directories((to / name).parent_path());
                std::error_code failed;
                auto const written = fs::last_write_time(at->path(), failed); // tells how old its data are
                if (!failed) fs::copy_file(at->path(), to / name, failed);
                if (!failed) fs::last_write_time(to / name, written, failed);
                if (failed && fs::exists(at->path()))
                    throw Error(ErrorCode::io, "cannot copy " + at->path().string() + ": " + failed.message());
            }
        }
    }

    [[nodiscard]] bool wanted(fs::path const& path, fs::path const& name) const {
        bool const store = name.parent_path() == ".deckle"; // the database and what belongs to it
        return !store && path != fs::absolute(file_) && !secret_files_.contains(fs::weakly_canonical(path));
    }

    Session const& session_;
    fs::path root_, file_, work_;
    std::map<fs::path, std::string> secret_files_;
    Json left_out_ = Json::array();
};

/// Everything in the manifest is there and as it was, and nothing else.
Json check(fs::path const& content) {
    if (!fs::is_regular_file(content / "manifest.json"))
        throw Error(ErrorCode::data, "this is no backup of Deckle: it has no manifest.json");
    auto const manifest = Json::parse(read_file(content / "manifest.json"), nullptr, false);
    if (!manifest.is_object() || manifest.value("format", "") != format_name)
        throw Error(ErrorCode::data,
                    "this backup was made by another Deckle: its manifest.json is not " + std::string(format_name));
    std::set<fs::path> listed;
    for (auto const& entry : manifest.at("entries")) {
        fs::path const name = entry.at("path").get<std::string>();
        listed.insert(name);
        if (!fs::is_regular_file(content / name) || fs::is_symlink(content / name) ||
            sha256_of(content / name) != entry.at("sha256").get<std::string>())
            throw Error(ErrorCode::data, "the backup is damaged: " + name.string() + " is not what was put into it");
    }
    for (auto const& entry : fs::recursive_directory_iterator(content))
        if (entry.is_symlink() || (!entry.is_directory() && !entry.is_regular_file()))
            throw Error(ErrorCode::data, "the backup was changed: " + entry.path().filename().string() + " is no file");
    for (auto const& name : files_below(content))
        if (name != "manifest.json" && !listed.contains(name))
            throw Error(ErrorCode::data, "the backup was changed: " + name.string() + " is not in its manifest");
    for (char const* needed : {"store.db", "workspace/deckle.toml"})
        if (!listed.contains(needed))
            throw Error(ErrorCode::data, "the backup is incomplete: it has no " + std::string(needed));
    return manifest;
}

/// Moves all that is in one folder into another.
void move_all(fs::path const& from, fs::path const& to) {
    fs::create_directories(to);
    std::vector<fs::path> names;
    for (auto const& entry : fs::directory_iterator(from)) names.push_back(entry.path().filename());
    for (auto const& name : names) fs::rename(from / name, to / name);
}

} // namespace

int make_backup(Common const& common, BackupOptions const& options) {
    Session const session(common);
    if (fs::exists(options.file) && !options.force)
        throw Error(ErrorCode::refused, options.file.string() + " is there already; add --force to write over it");
    auto const manifest = Backup(session, fs::absolute(options.file)).make();
    if (common.json) {
        std::cout << manifest.dump(2) << "\n";
    } else {
        for (auto const& left : manifest.at("left_out"))
            std::cout << "left out: " << left["what"].get<std::string>() << " (" << left["why"].get<std::string>()
                      << ")\n";
        std::cerr << fmt::format("{}: the store and {}\n", options.file.string(),
                                 counted(static_cast<std::int64_t>(manifest.at("entries").size()) - 1, "file"));
    }
    return ok;
}

namespace {

/// It would go on in the store that is moved away.
void refuse_if_served(store::Database& database) {
    if (is_served(database))
        throw Error(ErrorCode::refused, "A service is at work on " + database.place().name() +
                                            ": stop it first (one that was killed counts for a minute)");
}

/// What a person has to do before everything goes on.
void say_what_is_left(fs::path const& folder, store::SetAside const& waits, data::Workspace const& workspace) {
    if (!workspace.schedules.empty())
        std::cerr << "No schedule fires until you say so, since it may have been made after the backup:\n";
    for (auto const& [name, s] : workspace.schedules)
        std::cerr << "    deckle schedule resume " << name << " -w " << shell_word(folder.string()) << "\n";
    if (waits.editions > 0)
        std::cerr << counted(waits.editions, "edition") << " that " << (waits.editions == 1 ? "was" : "were")
                  << " to be made: deckle schedule editions --state failed\n";
    if (waits.deliveries > 0)
        std::cerr << fmt::format("{} may have arrived after the backup: deckle delivery list, then resolve\n",
                                 waits.deliveries == 1 ? "1 delivery" : fmt::format("{} deliveries", waits.deliveries));
}

} // namespace

int restore_backup(Common const& common, BackupOptions const& options) {
    auto const target = fs::absolute(common.workspace).lexically_normal();
    auto const plain = target.filename().empty() ? target.parent_path() : target;
    bool const occupied = fs::exists(plain) && !fs::is_empty(plain);
    if (occupied && !options.force)
        throw Error(ErrorCode::refused,
                    plain.string() + " is not empty; with --force what is there is moved aside first");
    fs::create_directories(plain.parent_path());
    WorkFolder const work(plain);
    auto const content = work.path() / "content";
    fs::create_directories(content);
    unpack_into(options.file, content);
    auto const manifest = check(content);

    auto const made = content / "workspace";
    if (!options.config.empty()) write_file(made / "deckle.toml", read_file(options.config));
    auto workspace = data::load_workspace(made, data::load_catalogue(installation().catalogue));
    workspace.root = plain; // where a password's file is
    auto const place = open_place(workspace);
    if (fs::exists(plain / ".deckle/store.db")) {
        store::Database there(plain / ".deckle/store.db");
        refuse_if_served(there);
    }
    store::SetAside waits;
    std::string const why = "restored from the backup of " + manifest.value("made", "");
    {
        store::Database kept(content / "store.db"); // brought up to date; a newer one is refused
        waits = store::set_aside(kept, why, account(), SystemClock().now());
        if (!place.postgresql.empty()) {
            store::Database database(place);
            refuse_if_served(database);
            if (!options.force && !store::is_empty(database))
                throw Error(ErrorCode::refused, place.name() + " is not empty; with --force what is there is deleted");
            store::copy(kept, database);
        }
    }
    if (place.postgresql.empty()) {
        fs::create_directories(made / ".deckle");
        fs::rename(content / "store.db", made / ".deckle/store.db");
    }
    if (occupied) {
        auto const aside = plain.string() + ".before-" + data::sha256_hex(work.path().string()).substr(0, 8);
        move_all(plain, aside);
        std::cerr << "What was there is in " << aside << "\n";
    }
    move_all(made, plain);
    if (common.json) {
        std::cout << Json{{"workspace", plain.string()},
                          {"store", place.name()},
                          {"left_out", manifest.at("left_out")},
                          {"unknown_deliveries", waits.deliveries},
                          {"failed_editions", waits.editions}}
                         .dump(2)
                  << "\n";
        return ok;
    }
    for (auto const& left : manifest.at("left_out"))
        std::cout << "not in the backup: " << left["what"].get<std::string>() << " (" << left["why"].get<std::string>()
                  << ")\n";
    std::cerr << fmt::format("{} of {} is in {}, its store in {}\n", manifest.value("company", ""),
                             manifest.value("made", ""), plain.string(),
                             place.postgresql.empty() ? (plain / ".deckle/store.db").string() : place.name());
    say_what_is_left(plain, waits, workspace);
    return ok;
}

} // namespace deckle::app
