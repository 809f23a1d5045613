#include "app/modules.hpp"
#include "app/resources.hpp"
#include "base/error.hpp"
#include "postgresql/postgresql.hpp"
#include "transports/transports.hpp"
#include "xlsx/xlsx.hpp"
#include <dlfcn.h>

namespace deckle::app {
namespace {

/// The function `symbol` of lib/deckle/NAME.so; it stays open. `id`: what its headers were when this program was built.
void* function_of(std::string const& name, std::string const& id, char const* symbol) {
    auto const file = installation().program.parent_path().parent_path() / "lib/deckle" / (name + ".so");
    void* const library = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr)
        throw Error(ErrorCode::failed, std::string("this installation is incomplete: ") + ::dlerror());
    auto const* const found = static_cast<char const* const*>(::dlsym(library, "deckle_module_id"));
    void* const function = ::dlsym(library, symbol);
    if (found == nullptr || *found != id || function == nullptr)
        throw Error(ErrorCode::failed, file.string() + " belongs to another build of Deckle: install both together");
    return function;
}

} // namespace

std::string write_xlsx(model::Workbook const& workbook) {
    static auto* const write =
        reinterpret_cast<decltype(&deckle_xlsx)>(function_of("xlsx", DECKLE_MODULE_ID_xlsx, "deckle_xlsx"));
    std::string bytes, problem;
    write(workbook, bytes, problem);
    if (!problem.empty()) throw Error(ErrorCode::io, problem);
    return bytes;
}

void use_postgresql() {
    reinterpret_cast<decltype(&deckle_postgresql)>(
        function_of("postgresql", DECKLE_MODULE_ID_postgresql, "deckle_postgresql"))();
}

std::unique_ptr<preview::Server> serve_preview(preview::Site& site, std::uint16_t port) {
    auto* const serve =
        reinterpret_cast<decltype(&deckle_preview)>(function_of("preview", DECKLE_MODULE_ID_preview, "deckle_preview"));
    std::string problem;
    std::unique_ptr<preview::Server> server(serve(site, port, problem));
    if (!server) throw Error(ErrorCode::usage, "cannot listen on port " + std::to_string(port) + ": " + problem);
    return server;
}

std::unique_ptr<delivery::Transport> open_transport(data::Workspace const& workspace, data::Channel const& channel) {
    auto* const open = reinterpret_cast<decltype(&deckle_transport)>(
        function_of("transports", DECKLE_MODULE_ID_transports, "deckle_transport"));
    transports::Outside const outside{[root = workspace.root](data::Setting const& setting, char const* key) {
                                          return data::read_secret(setting, key, root);
                                      },
                                      [] { return SystemClock().now(); }};
    return std::unique_ptr<delivery::Transport>(open(channel, workspace.delivery, outside));
}

} // namespace deckle::app
