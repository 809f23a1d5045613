// Rows from an XML file: each element at `path` is a row; its columns are child paths ("Contact/Name"), attributes
// ("@id", "Line/@id") and its own text ("."). Poco's SAX parser (Expat), without external entities; names are local.
#include "data/connectors/encoding.hpp"
#include "data/connectors/row_buffer.hpp"
#include "data/connectors/standard.hpp"
#include "data/words.hpp"
#include <algorithm>
#include <Poco/SAX/Attributes.h>
#include <Poco/SAX/DefaultHandler.h>
#include <Poco/SAX/InputSource.h>
#include <Poco/SAX/Locator.h>
#include <Poco/SAX/SAXException.h>
#include <Poco/SAX/SAXParser.h>
#include <Poco/Windows1252Encoding.h>
#include <set>
#include <streambuf>

namespace deckle::data {
namespace {

std::vector<std::string> parts_of(std::string_view path) {
    std::vector<std::string> parts;
    for (std::size_t at = 0; at <= path.size();) {
        auto const end = std::min(path.find('/', at), path.size());
        if (end > at) parts.emplace_back(path.substr(at, end - at));
        at = end + 1;
    }
    return parts;
}

class XmlRows final : public Poco::XML::DefaultHandler {
public:
    XmlRows(RowBuffer& rows, std::size_t file, std::vector<std::string> const& path)
        : rows_(rows), file_(file), path_(path) {}

    void setDocumentLocator(Poco::XML::Locator const* locator) override { locator_ = locator; }

    void startElement(Poco::XML::XMLString const&, Poco::XML::XMLString const& name, Poco::XML::XMLString const&,
                      Poco::XML::Attributes const& attributes) override {
        open_.push_back({name, column_.size(), {}, false});
        if (!rows_.in_row()) {
            if (seen.size() < 50) seen.insert(path());
            if (!at_path()) return;
            found = true;
            rows_.begin_row(file_, locator_ == nullptr ? 0 : locator_->getLineNumber());
            row_depth_ = open_.size();
        } else {
            open_[open_.size() - 2].has_children = true;
            if (!column_.empty()) column_ += '/';
            column_ += name;
        }
        for (int i = 0; i < attributes.getLength(); ++i) {
            std::string const attribute = (column_.empty() ? "@" : column_ + "/@") + attributes.getLocalName(i);
            rows_.add(attribute, attributes.getValue(i), true);
        }
    }

    void endElement(Poco::XML::XMLString const&, Poco::XML::XMLString const&, Poco::XML::XMLString const&) override {
        auto const element = std::move(open_.back());
        open_.pop_back();
        if (!rows_.in_row()) return;
        auto const text = trim(element.text);
        if (!element.has_children || !text.empty())
            rows_.add(column_.empty() ? "." : std::string_view(column_),
                      text.empty() ? std::nullopt : std::optional(text), true);
        column_.resize(element.prefix);
        if (open_.size() + 1 == row_depth_) rows_.end_row();
    }

    void characters(Poco::XML::XMLChar const text[], int start, int length) override {
        if (rows_.in_row()) open_.back().text.append(text + start, static_cast<std::size_t>(length));
    }

    bool found = false;
    std::set<std::string> seen; // element paths outside the rows

private:
    struct Element {
        std::string name;
        std::size_t prefix;
        std::string text;
        bool has_children;
    };

    [[nodiscard]] std::string path() const {
        std::string path;
        for (auto const& element : open_) path += (path.empty() ? "" : "/") + element.name;
        return path;
    }
    [[nodiscard]] bool at_path() const {
        return std::equal(open_.begin(), open_.end(), path_.begin(), path_.end(),
                          [](Element const& e, std::string const& part) { return e.name == part; });
    }

    RowBuffer& rows_;
    std::size_t file_;
    std::vector<std::string> const& path_;
    Poco::XML::Locator const* locator_ = nullptr;
    std::vector<Element> open_;
    std::string column_;
    std::size_t row_depth_ = 0;
};

// The file as a stream that hashes what is read.
class HashingBuffer final : public std::streambuf {
public:
    HashingBuffer(SourceFile const& file, ContentHash& hash) : stream_(file), hash_(hash) {}

protected:
    int_type underflow() override {
        auto const got = stream_.read(piece_.data(), piece_.size());
        if (got == 0) return traits_type::eof();
        hash_.add({piece_.data(), got});
        setg(piece_.data(), piece_.data(), piece_.data() + got);
        return traits_type::to_int_type(piece_[0]);
    }

private:
    FileStream stream_;
    ContentHash& hash_;
    std::vector<char> piece_ = std::vector<char>(1 << 16);
};

class XmlConnector final : public Connector {
public:
    [[nodiscard]] std::string name() const override { return "xml"; }
    [[nodiscard]] std::vector<Key> connection_keys() const override { return {{"folder"}}; }
    [[nodiscard]] std::vector<Key> dataset_keys() const override {
        return {{"file", Key::Kind::texts, true}, {"path", Key::Kind::text, true}};
    }
    [[nodiscard]] std::unique_ptr<SourceReader> open(SourceRequest const& request) const override {
        auto const path = parts_of(request.text("path"));
        auto rows = std::make_unique<RowBuffer>();
        for (auto const& file : source_files(request)) {
            rows->names.push_back(file.shown);
            XmlRows handler(*rows, rows->names.size() - 1, path);
            std::string const where = "dataset " + request.dataset + ": " + file.shown + ": ";
            try {
                HashingBuffer buffer(file, rows->hash);
                std::istream stream(&buffer);
                Poco::XML::InputSource source(stream);
                Poco::Windows1252Encoding windows_1252;
                Poco::XML::SAXParser parser;
                parser.addEncoding("windows-1252", &windows_1252);
                parser.setFeature(Poco::XML::XMLReader::FEATURE_NAMESPACES, true);
                parser.setFeature(Poco::XML::XMLReader::FEATURE_EXTERNAL_GENERAL_ENTITIES, false);
                parser.setFeature(Poco::XML::XMLReader::FEATURE_EXTERNAL_PARAMETER_ENTITIES, false);
                parser.setContentHandler(&handler);
                parser.parse(&source);
            } catch (Poco::XML::SAXParseException const& error) {
                throw Error(ErrorCode::data,
                            where + "line " + std::to_string(error.getLineNumber()) + ": " + error.message());
            } catch (Poco::Exception const& error) {
                throw Error(ErrorCode::data, where + error.displayText());
            }
            if (!handler.found)
                throw Error(ErrorCode::data,
                            where + "there is no element at path \"" + request.text("path") + "\"" +
                                hint(request.text("path"), {handler.seen.begin(), handler.seen.end()}));
        }
        return std::make_unique<BufferedReader>(std::move(rows));
    }
};

} // namespace

std::unique_ptr<Connector> make_xml_connector() {
    return std::make_unique<XmlConnector>();
}

} // namespace deckle::data
