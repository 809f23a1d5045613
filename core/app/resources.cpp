#include "app/resources.hpp"
#include "base/error.hpp"

namespace deckle::app {
namespace fs = std::filesystem;

Installation const& installation() {
    static Installation const found = [] {
        fs::path const program = fs::read_symlink("/proc/self/exe");
        fs::path const prefix = program.parent_path().parent_path();
        fs::path const built = prefix / "plugins";
        Installation i{program, program.parent_path() / "deckle-runner",
                       fs::is_directory(built) ? built : prefix / "lib/deckle/plugins",
                       prefix / "share/deckle/catalogue", prefix / "share/deckle/report-templates"};
        for (auto const& path : {i.runner, i.plugins, i.catalogue, i.templates})
            if (!fs::exists(path))
                throw Error(ErrorCode::failed, "this installation is incomplete: " + path.string() + " is missing");
        return i;
    }();
    return found;
}

} // namespace deckle::app
