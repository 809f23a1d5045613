#include "app/archive.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include <cstdlib>
#include <Poco/Exception.h>
#include <Poco/Pipe.h>
#include <Poco/PipeStream.h>
#include <Poco/Process.h>
#include <Poco/StreamCopier.h>

namespace deckle::app {

namespace fs = std::filesystem;

namespace {

/// The line that says what the system did not let tar do; empty when it is about the archive itself.
std::string obstacle(std::string const& said) {
    auto const line = [&](char const* words) {
        auto const at = said.find(words);
        return at == std::string::npos ? std::string() : first_line(said.substr(said.rfind('\n', at) + 1));
    };
    if (auto const why = line(": Cannot "); !why.empty()) return why;
    auto const cut = line(": Wrote only "); // tar does not say why
    return cut.empty() ? cut : cut + " (is the disk full?)";
}

/// `what` is wrong when it fails; when tar was only hindered, `hindered` (unless it is empty).
void tar(Poco::Process::Args const& arguments, ErrorCode code, std::string const& what,
         std::string const& hindered = {}) {
    std::string said;
    int status = 1;
    try {
        Poco::Pipe messages;
        auto const process = Poco::Process::launch("tar", arguments, nullptr, nullptr, &messages, {{"LC_ALL", "C"}});
        Poco::PipeInputStream stream(messages);
        Poco::StreamCopier::copyToString(stream, said);
        status = process.wait();
    } catch (Poco::Exception const& e) {
        said = e.displayText();
    }
    if (status == 0) return;
    said.erase(0, said.find_first_not_of('\n'));
    if (auto const why = obstacle(said); !why.empty() && !hindered.empty())
        throw Error(ErrorCode::io, hindered + ": " + why);
    throw Error(code, what + ": " + first_line(said));
}

} // namespace

WorkFolder::WorkFolder(fs::path const& beside) {
    std::string name = beside.string() + ".XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) throw Error(ErrorCode::io, "cannot make the folder " + name);
    path_ = name;
}

WorkFolder::~WorkFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

void pack_folder(fs::path const& folder, fs::path const& file) {
    WorkFolder const work(file);
    auto const made = work.path() / "archive";
    tar({"--create", "--gzip", "--sort=name", "--owner=0", "--group=0", "--numeric-owner", "--file", made.string(),
         "-C", folder.string(), "."},
        ErrorCode::io, file.string() + " cannot be written");
    fs::permissions(made, fs::perms::owner_read | fs::perms::owner_write);
    fs::rename(made, file);
}

void unpack_into(fs::path const& file, fs::path const& folder) {
    if (!fs::is_regular_file(file)) throw Error(ErrorCode::io, "there is no file " + file.string());
    tar({"--extract", "--gzip", "--no-same-owner", "--no-same-permissions", "--file", file.string(), "-C",
         folder.string()},
        ErrorCode::data, file.string() + " is damaged, or no backup of Deckle", file.string() + " cannot be unpacked");
}

} // namespace deckle::app
