// The sample workspace's award from its first draft to the press release of the win, on the command line.
#include "app/program.hpp"
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

using namespace deckle;
using namespace deckle::tests;
using testing::HasSubstr;
using testing::Not;
using Json = nlohmann::json;
namespace fs = std::filesystem;

namespace {

class Award : public testing::Test {
protected:
    Award() : folder(fresh_folder()) {
        fs::copy(fs::path(DECKLE_SOURCE_DIR) / "sample-data", folder / "firm", fs::copy_options::recursive);
        fs::remove_all(folder / "firm/.deckle");
        write_file(folder / "firm/letter.pdf", "%PDF-1.4\n");
    }
    std::string done(std::string const& arguments) {
        auto const answer = program_with("draft " + arguments + " -w firm", folder);
        EXPECT_EQ(answer.code, 0) << arguments << "\n" << answer.err;
        return answer.out;
    }
    std::string started(std::string const& arguments) {
        std::string id = done("new " + arguments + " --period 2026-10 --as-of 2026-10-31 --by 'Lucía Ortega'");
        return id.substr(0, id.find('\n'));
    }
    Json shown(std::string const& draft) { return Json::parse(done("show " + draft + " --json --as-of 2026-10-31")); }
    static Json field(Json const& model, std::string const& id) {
        for (Json const& f : model.at("fields"))
            if (f.at("id") == id) return f;
        ADD_FAILURE() << "no field " << id;
        return Json::object();
    }
    static std::string errors(Json const& model) {
        std::string out;
        for (Json const& f : model.value("findings", Json::array()))
            if (f.at("severity") == "error") out += f.value("field", "") + ":" + f.at("rule").get<std::string>() + " ";
        return out;
    }
    fs::path folder;
};

TEST_F(Award, FromTheDraftToTheReleaseOfTheWin) {
    std::string const entry = started("award-submission --set award=channel-100");
    Json const begun = shown(entry);
    EXPECT_EQ(field(begun, "Q5").at("text"), "9.1%, from $3,912,400 to $4,268,437.");
    EXPECT_EQ(errors(begun), "Q7:field.required Q10:field.required ");
    EXPECT_EQ(begun.at("findings").at(0).at("severity"), "error"); // they stand first

    done("take " + entry + " Q7 --by 'Lucía Ortega'");
    done("set " + entry + " Q10 letter.pdf --by 'Lucía Ortega'");
    for (int n = 1; n <= 10; ++n)
        done("approve " + entry + " --field Q" + std::to_string(n) + " --by 'Dana Whitfield' --as-of 2026-10-31");
    EXPECT_EQ(errors(shown(entry)), "");
    EXPECT_THAT(done("show " + entry + " --as-of 2026-10-31"), HasSubstr("Q7"));

    std::string const files = done("export " + entry + " --format pdf,html --out out --as-of 2026-10-31");
    std::string const page =
        read_file(folder / files.substr(files.rfind("out/"), files.rfind(".html") + 5 - files.rfind("out/")));
    EXPECT_THAT(page, HasSubstr("100% of the answers stand approved"));
    EXPECT_THAT(page, HasSubstr("9.1%, from $3,912,400 to $4,268,437."));
    EXPECT_THAT(page, Not(HasSubstr("{{")));

    done("submit " + entry + " --by 'Lucía Ortega'");
    done("approve " + entry + " --by 'Dana Whitfield' --as-of 2026-10-31");
    done("mark " + entry + " submitted --receipt MC-77 --by 'Lucía Ortega' --as-of 2026-10-31");
    done("mark " + entry + " won --date 2027-02-18 --by 'Lucía Ortega' --as-of 2026-10-31");

    std::string const release = started("press-release --from " + entry);
    Json const news = shown(release);
    EXPECT_EQ(field(news, "headline").at("text"), "Prairie Systems Group named to Midwest Channel 100");
    EXPECT_EQ(field(news, "timing").at("text"), "EMBARGOED UNTIL THURSDAY, FEB. 18, 2027, 9 A.M. CST");
    EXPECT_EQ(errors(news), "body:text.placeholder quote_1:quote.unapproved ");
}

TEST_F(Award, AReleaseOfTheSampleIsInOrder) {
    std::string const release = started("press-release --set release=seats-2000");
    Json const model = shown(release);
    EXPECT_EQ(errors(model), "");
    EXPECT_THAT(field(model, "lead").at("text").get<std::string>(), HasSubstr("looks after 2,126 seats"));
    EXPECT_LE(field(model, "x").at("count").get<int>(), 280);
    std::string const files = done("export " + release + " --format pdf --out out --as-of 2026-10-31");
    EXPECT_THAT(files, HasSubstr("release.txt"));
    EXPECT_THAT(files, HasSubstr("newsroom.jsonld"));
}

} // namespace
