#include "pdf_a_rules.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <set>

namespace deckle::pdf {
namespace {

using Json = nlohmann::json;
using Names = std::set<std::string_view>;

constexpr std::size_t longest_string = 32'767, longest_name = 127, most_saved = 28;

Names const operators = {"b",  "B",  "b*", "B*", "BDC", "BI",  "BMC", "BT", "BX", "c",  "cm", "CS", "cs", "d",  "d0",
                         "d1", "Do", "DP", "EI", "EMC", "ET",  "EX",  "f",  "F",  "f*", "G",  "g",  "gs", "h",  "i",
                         "ID", "j",  "J",  "K",  "k",   "l",   "m",   "M",  "MP", "n",  "q",  "Q",  "re", "RG", "rg",
                         "ri", "s",  "S",  "SC", "sc",  "SCN", "scn", "sh", "T*", "Tc", "Td", "TD", "Tf", "Tj", "TJ",
                         "TL", "Tm", "Tr", "Ts", "Tw",  "Tz",  "v",   "w",  "W",  "W*", "y",  "'",  "\""};
Names const blend_modes = {"/Normal",    "/Compatible", "/Multiply",   "/Screen",    "/Overlay",   "/Darken",
                           "/Lighten",   "/ColorDodge", "/ColorBurn",  "/HardLight", "/SoftLight", "/Difference",
                           "/Exclusion", "/Hue",        "/Saturation", "/Color",     "/Luminosity"};
Names const filters = {"/ASCIIHexDecode", "/ASCII85Decode", "/FlateDecode", "/RunLengthDecode",
                       "/CCITTFaxDecode", "/JBIG2Decode",   "/DCTDecode",   "/JPXDecode"};
Names const annotations = {"/Text",        "/Link",     "/FreeText",  "/Line",      "/Square",         "/Circle",
                           "/Polygon",     "/PolyLine", "/Highlight", "/Underline", "/Squiggly",       "/StrikeOut",
                           "/Stamp",       "/Caret",    "/Ink",       "/Popup",     "/FileAttachment", "/Widget",
                           "/PrinterMark", "/TrapNet",  "/Watermark"};
Names const actions = {"/GoTo", "/GoToR", "/GoToE", "/Thread", "/URI", "/Named", "/SubmitForm"};
Names const schemas = {"adobe:ns:meta/",
                       "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
                       "http://purl.org/dc/elements/1.1/",
                       "http://ns.adobe.com/xap/1.0/",
                       "http://ns.adobe.com/pdf/1.3/",
                       "http://www.aiim.org/pdfa/ns/id/"};

std::string from_base64(std::string const& text) {
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    unsigned bits = 0, value = 0;
    for (char const c : text) {
        std::size_t const digit = digits.find(c);
        if (digit == std::string_view::npos) continue;
        value = value << 6 | static_cast<unsigned>(digit);
        if ((bits += 6) >= 8) out += static_cast<char>(value >> (bits -= 8) & 0xFFU);
    }
    return out;
}

/// The operators of a content stream, strings and dictionaries skipped.
std::vector<std::string> operators_of(std::string const& content) {
    std::vector<std::string> found;
    constexpr std::string_view space = " \t\r\n\f[]<>";
    for (std::size_t i = 0; i < content.size();) {
        char const c = content[i];
        if (c == '(') {
            int depth = 0;
            do {
                if (content[i] == '\\')
                    ++i;
                else if (content[i] == '(')
                    ++depth;
                else if (content[i] == ')')
                    --depth;
                ++i;
            } while (depth > 0 && i < content.size());
        } else if (c == '<' && i + 1 < content.size() && content[i + 1] != '<') {
            i = content.find('>', i);
        } else if (space.find(c) != std::string_view::npos || c == '\0') {
            ++i;
        } else {
            std::size_t end = i + 1;
            while (end < content.size() && space.find(content[end]) == std::string_view::npos && content[end] != '(' &&
                   content[end] != '/')
                ++end;
            std::string word = content.substr(i, end - i);
            bool const operand = c == '/' || c == '-' || c == '.' || c == '+' || (c >= '0' && c <= '9');
            if (!operand) found.push_back(std::move(word));
            i = end;
        }
    }
    return found;
}

class Checker {
public:
    Checker(std::string const& bytes, std::string const& json)
        : bytes_(bytes), objects_(Json::parse(json).at("qpdf")[1]) {}

    std::vector<std::string> run() {
        header();
        trailer();
        for (auto const& [key, object] : objects_.items()) {
            if (!key.starts_with("obj:")) continue;
            if (object.contains("stream")) stream(key, object.at("stream"));
            walk(object.contains("stream") ? object.at("stream").at("dict") : object.at("value"), key);
        }
        catalog();
        return std::move(found_);
    }

private:
    void check(bool good, char const* rule, std::string const& what) {
        if (!good) found_.push_back(fmt::format("{} {}", rule, what));
    }
    /// An entry with references followed.
    Json const& at(Json const& dictionary, char const* key) const {
        static Json const none;
        auto const it = dictionary.find(key);
        return it == dictionary.end() ? none : follow(*it);
    }
    Json const& follow(Json const& value) const {
        if (!value.is_string()) return value;
        auto const it = objects_.find("obj:" + value.get<std::string>());
        if (it == objects_.end()) return value;
        return it->contains("stream") ? it->at("stream").at("dict") : it->at("value");
    }
    std::string data(Json const& reference) const {
        auto const it = objects_.find("obj:" + reference.get<std::string>());
        return it == objects_.end() || !it->contains("stream") ? "" : from_base64(it->at("stream").at("data"));
    }

    void header() {
        bool const version = bytes_.starts_with("%PDF-1.") && bytes_[7] >= '0' && bytes_[7] <= '7';
        check(version, "6.1.2", "the file does not begin with %PDF-1.n");
        std::size_t const line = bytes_.find('\n') + 1;
        bool const binary = bytes_[line] == '%' &&
                            std::ranges::all_of(bytes_.substr(line + 1, 4), [](char c) { return (c & 0x80) != 0; });
        check(binary, "6.1.2", "the second line is no comment of four bytes past 127");
        check(bytes_.ends_with("%%EOF\n") || bytes_.ends_with("%%EOF"), "6.1.3", "something stands after %%EOF");
    }

    void trailer() {
        Json const& dictionary = objects_.at("trailer").at("value");
        check(dictionary.contains("/ID") && dictionary.at("/ID").size() == 2, "6.1.3", "the trailer has no /ID");
        check(!dictionary.contains("/Encrypt"), "6.1.3", "the file is encrypted");
        catalog_ = follow(dictionary.at("/Root"));
    }

    void stream(std::string const& key, Json const& stream) {
        Json const& dictionary = stream.at("dict");
        for (char const* const external : {"/F", "/FFilter", "/FDecodeParms"})
            check(!dictionary.contains(external), "6.1.7.1", key + " has its data in another file");
        Json const& filter = at(dictionary, "/Filter");
        for (Json const& name : filter.is_array() ? filter : Json::array({filter}))
            if (name.is_string())
                check(filters.contains(name.get<std::string>()), "6.1.7.2", key + " has the filter " + name.dump());
        if (at(dictionary, "/Subtype") == "/Form") content(key, from_base64(stream.at("data")));
    }

    void content(std::string const& where, std::string const& text) {
        std::size_t saved = 0, deepest = 0;
        for (std::string const& op : operators_of(text)) {
            check(operators.contains(op), "6.2.2", where + " has the operator " + op);
            if (op == "q") deepest = std::max(deepest, ++saved);
            if (op == "Q" && saved > 0) --saved;
            check(op != "k" && op != "K", "6.2.4.3", where + " paints in CMYK, the output intent is RGB");
        }
        check(deepest <= most_saved, "6.1.13", fmt::format("{} nests q {} deep", where, deepest));
    }

    /// What may stand anywhere in a dictionary.
    void walk(Json const& value, std::string const& where) {
        if (value.is_string()) {
            auto const& text = value.get_ref<std::string const&>();
            if (text.starts_with('/'))
                check(text.size() <= longest_name + 1, "6.1.13", where + " has a longer name");
            else
                check(text.size() <= longest_string, "6.1.13", where + " has a longer string");
        }
        if (value.is_array())
            for (Json const& element : value) walk(element, where);
        if (!value.is_object()) return;
        dictionary(value, where);
        for (auto const& [name, entry] : value.items()) {
            check(name.size() <= longest_name + 1, "6.1.13", where + " has a longer name");
            walk(entry, where);
        }
    }

    void dictionary(Json const& d, std::string const& where) {
        Json const& type = at(d, "/Type");
        Json const& subtype = at(d, "/Subtype");
        if (type == "/Page") page(d, where);
        if (type == "/ExtGState") graphics_state(d, where);
        if (type == "/Annot") annotation(d, where);
        if (type == "/FontDescriptor")
            check(d.contains("/FontFile2") || d.contains("/FontFile3") || d.contains("/FontFile"), "6.2.11.4.1",
                  where + " is a font that is not embedded");
        if (type == "/Font") font(d, where);
        if (subtype == "/Image") {
            check(!d.contains("/Alternates") && !d.contains("/OPI") && at(d, "/Interpolate") != true, "6.2.8.1",
                  where + " is an image with alternates, OPI or interpolation");
        }
        if (subtype == "/Form")
            check(!d.contains("/OPI") && !d.contains("/PS") && !d.contains("/Ref"), "6.2.9",
                  where + " is a form with OPI, PostScript or a reference");
        check(subtype != "/PS", "6.2.9", where + " is a PostScript object");
        for (char const* const space : {"/ColorSpace", "/CS"})
            check(at(d, space) != "/DeviceCMYK", "6.2.4.3", where + " is in CMYK, the output intent is RGB");
        for (char const* const key : {"/A", "/OpenAction", "/Next"})
            if (Json const& action = at(d, key); action.is_object() && action.contains("/S"))
                check(actions.contains(at(action, "/S").get<std::string>()), "6.5.1",
                      where + " has the action " + action.at("/S").dump());
    }

    void page(Json const& d, std::string const& where) {
        check(d.contains("/Resources"), "6.2.2", where + " is a page without resources");
        check(!d.contains("/AA"), "6.5.2", where + " is a page with actions");
        check(!d.contains("/PresSteps"), "6.10", where + " is a page with presentation steps");
        Json const& box = at(d, "/MediaBox");
        for (std::size_t side : {2U, 3U}) {
            double const length = box.at(side).get<double>() - box.at(side - 2).get<double>();
            check(length >= 3 && length <= 14'400, "6.1.13", where + " is a page of another size than 3 to 14,400");
        }
        Json const& contents = d.at("/Contents");
        std::string text;
        for (Json const& part : contents.is_array() ? contents : Json::array({contents})) text += data(part) + "\n";
        content(where, text);
        bool transparent = false;
        Json const& resources = at(d, "/Resources");
        for (auto const& [name, state] : at(resources, "/ExtGState").items()) {
            Json const& s = follow(state);
            transparent = transparent || s.contains("/SMask") || s.value("/ca", 1.0) < 1 || s.value("/CA", 1.0) < 1;
        }
        for (auto const& [name, object] : at(resources, "/XObject").items())
            transparent = transparent || follow(object).contains("/SMask") || follow(object).contains("/Group");
        check(!transparent || at(at(d, "/Group"), "/CS") == "/DeviceRGB", "6.2.10",
              where + " blends in no named colour space");
    }

    void graphics_state(Json const& d, std::string const& where) {
        check(!d.contains("/TR") && !d.contains("/HTP") && at(d, "/TR2").is_null(), "6.2.5",
              where + " has a transfer function");
        if (auto const& mode = at(d, "/BM"); mode.is_string())
            check(blend_modes.contains(mode.get<std::string>()), "6.2.10",
                  where + " has the blend mode " + mode.dump());
    }

    void annotation(Json const& d, std::string const& where) {
        check(annotations.contains(d.value("/Subtype", std::string())), "6.3.1",
              where + " is an annotation of no allowed kind");
        constexpr unsigned invisible = 1, hidden = 2, print = 4, no_view = 32, toggle = 256;
        unsigned const flags = d.value("/F", 0U);
        check((flags & print) != 0 && (flags & (invisible | hidden | no_view | toggle)) == 0, "6.3.2",
              where + " is an annotation that is not printed");
        check(!d.contains("/AA"), "6.4.1", where + " is an annotation with further actions");
    }

    void font(Json const& d, std::string const& where) {
        Json const& subtype = at(d, "/Subtype");
        if (subtype == "/CIDFontType2") {
            Json const& map = d.contains("/CIDToGIDMap") ? d.at("/CIDToGIDMap") : Json();
            check(map.is_string(), "6.2.11.3.2", where + " has no /CIDToGIDMap");
            if (!map.is_string() || map == "/Identity") return;
            std::string const ids = data(map);
            for (std::size_t cid = 1; 2 * cid + 1 < ids.size(); ++cid)
                check(ids[2 * cid] != 0 || ids[2 * cid + 1] != 0, "6.2.11.8", where + " shows .notdef");
            widths(d, ids, where);
        }
        if (subtype == "/Type0") {
            Json const& encoding = d.at("/Encoding");
            bool const known = encoding == "/Identity-H" || encoding == "/Identity-V";
            check(known || !data(encoding).empty(), "6.2.11.3.3", where + " has a CMap that is not embedded");
            // Our CMaps lead from each code in use to a glyph, one to a line.
            check(known || data(encoding).find("> 0\n") == std::string::npos, "6.2.11.8", where + " shows .notdef");
            check(d.contains("/ToUnicode"), "6.2.11.7.2", where + " does not say which characters it shows");
        }
        if (subtype != "/Type0" && subtype != "/Type3") {
            check(d.contains("/FontDescriptor"), "6.2.11.4.1", where + " is a font that is not embedded");
        }
    }

    /// /W and the font file must agree to a thousandth of an em.
    void widths(Json const& d, std::string const& ids, std::string const& where) {
        Json const& descriptor = at(d, "/FontDescriptor");
        if (!descriptor.contains("/FontFile2")) return;
        std::string const file = data(descriptor.at("/FontFile2"));
        auto const number = [&](std::size_t at, int size) {
            std::size_t value = 0;
            for (int i = 0; i < size; ++i)
                value = value << 8 | static_cast<unsigned char>(file.at(at + static_cast<std::size_t>(i)));
            return value;
        };
        auto const table = [&](std::string_view tag) {
            for (std::size_t i = 0; i < number(4, 2); ++i)
                if (file.compare(12 + 16 * i, 4, tag) == 0) return number(12 + 16 * i + 8, 4);
            return std::size_t{0};
        };
        std::size_t const hmtx = table("hmtx"), upem = number(table("head") + 18, 2),
                          count = number(table("hhea") + 34, 2);
        Json const& list = at(d, "/W");
        for (std::size_t i = 0; i + 1 < list.size(); i += 2) {
            auto const first = list[i].get<std::size_t>();
            for (std::size_t k = 0; k < list[i + 1].size(); ++k) {
                std::size_t const cid = first + k;
                std::size_t const gid = std::min(std::size_t{static_cast<unsigned char>(ids.at(2 * cid))} << 8 |
                                                     static_cast<unsigned char>(ids.at(2 * cid + 1)),
                                                 count - 1);
                double const real = static_cast<double>(number(hmtx + 4 * gid, 2)) * 1000 / static_cast<double>(upem);
                check(std::abs(list[i + 1][k].get<double>() - real) <= 1, "6.2.11.5",
                      fmt::format("{} gives CID {} another width than the font file", where, cid));
            }
        }
    }

    void file(Json const& d, std::string const& where) {
        if (!d.contains("/EF")) return;
        bool const listed = std::ranges::any_of(at(catalog_, "/AF"),
                                                [&](Json const& f) { return "obj:" + f.get<std::string>() == where; });
        check(part_ >= 3 || part_ == 0, "6.8", where + " is an embedded file, which takes part 3");
        check(d.contains("/F") && d.contains("/UF") && d.contains("/AFRelationship") && listed, "6.8",
              where + " is an embedded file without names, relationship or place in /AF");
        Json const& stream = at(at(d, "/EF"), "/F");
        check(stream.contains("/Subtype") && at(stream, "/Params").contains("/ModDate"), "6.8",
              where + " is an embedded file without media type or date");
    }

    void catalog() {
        metadata();
        for (auto const& [key, object] : objects_.items()) // now that the part is known
            if (object.contains("value") && at(object.at("value"), "/Type") == "/Filespec")
                file(object.at("value"), key);
        check(!catalog_.contains("/AA"), "6.5.2", "the catalogue has actions");
        check(!catalog_.contains("/Requirements"), "6.11", "the catalogue has requirements");
        check(!at(catalog_, "/Names").contains("/JavaScript"), "6.5.1", "the file has scripts");
        check(!at(catalog_, "/Names").contains("/AlternatePresentations"), "6.10",
              "the file has alternate presentations");
        check(at(at(catalog_, "/AcroForm"), "/NeedAppearances") != true, "6.4.1", "forms are drawn by the viewer");
        bool found = false;
        Json const& intents = at(catalog_, "/OutputIntents");
        for (Json const& reference : intents) {
            Json const& intent = follow(reference);
            if (at(intent, "/S") != "/GTS_PDFA1" || !intent.contains("/DestOutputProfile")) continue;
            found = true;
            std::string const icc = data(intent.at("/DestOutputProfile"));
            bool const valid = icc.size() > 132 && icc.compare(36, 4, "acsp") == 0 && icc.compare(16, 4, "RGB ") == 0 &&
                               (icc.compare(12, 4, "mntr") == 0 || icc.compare(12, 4, "prtr") == 0) && icc[8] <= 4;
            check(valid && at(at(intent, "/DestOutputProfile"), "/N") == 3, "6.2.3",
                  "the output intent's profile is not valid");
        }
        check(found, "6.2.3", "there is no output intent with a profile");
    }

    void metadata() {
        std::string const xmp = catalog_.contains("/Metadata") ? data(catalog_.at("/Metadata")) : "";
        check(!xmp.empty(), "6.6.2.1", "the catalogue has no metadata");
        std::size_t const end = xmp.find("?>");
        std::string const packet = xmp.substr(0, end);
        check(packet.find("bytes=") == std::string::npos && packet.find("encoding=") == std::string::npos, "6.6.2.1",
              "the packet's header names its size or encoding");
        auto const value = [&](std::string const& tag) {
            std::size_t const begin = xmp.find('>', xmp.find("<pdfaid:" + tag)) + 1;
            return xmp.find("<pdfaid:" + tag) == std::string::npos ? std::string()
                                                                   : xmp.substr(begin, xmp.find('<', begin) - begin);
        };
        std::string const part = value("part");
        part_ = part == "2" ? 2 : part == "3" ? 3 : 0;
        check(part_ != 0 && value("conformance") == "B", "6.6.4", "XMP does not say that this is PDF/A-2b or 3b");
        for (std::size_t at = xmp.find("xmlns:"); at != std::string::npos; at = xmp.find("xmlns:", at + 1)) {
            std::size_t const begin = xmp.find('"', at) + 1;
            check(schemas.contains(std::string_view(xmp).substr(begin, xmp.find('"', begin) - begin)), "6.6.2.3",
                  "XMP has a schema that PDF/A does not know and that is not described");
        }
    }

    std::string const& bytes_;
    Json const objects_;
    Json catalog_;
    int part_ = 0;
    std::vector<std::string> found_;
};

} // namespace

std::vector<std::string> pdf_a_violations(std::string const& bytes, std::string const& json) {
    return Checker(bytes, json).run();
}

} // namespace deckle::pdf
