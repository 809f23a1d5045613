/// Reports made by the real program from a workspace of the test's own, as the press gives them to the service.
#pragma once
#include "app/program.hpp"
#include "app/tiny_workspace.hpp"
#include "delivery/product.hpp"
#include "model/json.hpp"
#include <filesystem>
#include <stdexcept>
#include <string>

namespace deckle::pains {

namespace fs = std::filesystem;

inline Instant at(char const* text) {
    return parse_instant(text).value();
}

/// deckle run ARGUMENTS in `workspace`, its PDF and report model. `arguments` begins with the report.
inline delivery::Product made(fs::path const& workspace, std::string const& arguments) {
    auto const out = workspace / "out";
    fs::remove_all(out);
    auto const answer =
        tests::program_with("run " + arguments + " --format pdf,json --out '" + out.string() + "' --json", workspace);
    if (answer.code != 0 && answer.code != 4) throw std::runtime_error(answer.err);
    delivery::Product product;
    product.status = answer.code == 0 ? store::Status::ok : store::Status::partial;
    auto const told = model::Json::parse(answer.out);
    product.run = told.at("run").get<std::string>();
    product.runs = {product.run};
    for (auto const& output : told.at("outputs")) {
        fs::path const path = output.at("path").get<std::string>();
        if (output.at("format") == "json") product.models.push_back(model::Json::parse(read_file(workspace / path)));
        if (output.at("format") == "pdf")
            product.files.push_back({workspace / path, path.filename().string(), "application/pdf",
                                     output.at("sha256").get<std::string>(), output.at("bytes").get<std::int64_t>(),
                                     arguments.substr(0, arguments.find(' '))});
    }
    return product;
}

/// Cash flow of October 2026, from invoices and a bank export alone.
inline delivery::Product made_cash_flow(fs::path const& workspace) {
    tests::write_tiny_workspace(workspace);
    return made(workspace, "cash-flow --period 2026-10");
}

} // namespace deckle::pains
