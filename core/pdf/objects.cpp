#include "pdf/objects.hpp"
#include "base/compress.hpp"
#include "base/error.hpp"
#include "base/hash.hpp"
#include "pdf/numbers.hpp"
#include "text/utf8.hpp"
#include <algorithm>
#include <cstdlib>
#include <fmt/core.h>

// A dictionary's write_fn is called between its entries and its ">>", so the body's text goes out as it is. libharu
// drops a /Filter entry of a stream, which is another reason to write it there.
namespace deckle::pdf {
namespace {

constexpr int compression_level = 6; // 6 takes half as long again for one part in a hundred

/// A stream of a few kilobytes shrinks alike at any level, and a page has ten of them.
int level_for(std::size_t bytes) {
    return bytes < 8192 ? 1 : compression_level;
}
constexpr int pages_per_node = 128;
constexpr std::size_t objects_per_stream = 256;
constexpr std::size_t entry_size = 7; // of the cross-reference stream

HPDF_STATUS write_body(HPDF_Dict dictionary, HPDF_Stream stream) {
    auto const& body = *static_cast<std::string const*>(dictionary->attr);
    return HPDF_Stream_Write(stream, reinterpret_cast<HPDF_BYTE const*>(body.data()),
                             static_cast<HPDF_UINT>(body.size()));
}

HPDF_STATUS append_output(HPDF_Stream stream, HPDF_BYTE const* data, HPDF_UINT size) {
    static_cast<std::string*>(stream->attr)->append(reinterpret_cast<char const*>(data), size);
    return HPDF_OK;
}

/// Each row with PNG's filter "Up" or "Sub", whichever leaves the smaller differences.
// https://www.w3.org/TR/png/#9Filters
std::string predict_rows(std::string_view samples, std::size_t width, std::size_t channels) {
    std::size_t const stride = width * channels;
    std::string out, row(stride, '\0');
    out.reserve(samples.size() + samples.size() / stride);
    auto const size_of = [](char difference) {
        return std::abs(static_cast<int>(static_cast<signed char>(difference)));
    };
    for (std::size_t begin = 0; begin + stride <= samples.size(); begin += stride) {
        long sub = 0, up = 0;
        out += '\1';
        for (std::size_t i = 0; i < stride; ++i) {
            auto const sample = samples[begin + i];
            auto const left = i >= channels ? samples[begin + i - channels] : '\0';
            auto const above = begin > 0 ? samples[begin + i - stride] : '\0';
            auto const by_left = static_cast<char>(sample - left);
            row[i] = static_cast<char>(sample - above);
            sub += size_of(by_left);
            up += size_of(row[i]);
            out += by_left;
        }
        if (up < sub) {
            out[out.size() - stride - 1] = '\2';
            out.replace(out.size() - stride, stride, row);
        }
    }
    return out;
}

} // namespace

Objects::Objects() : document_(HPDF_New(nullptr, nullptr)) {
    if (document_ == nullptr)
        throw Error(ErrorCode::failed, "libharu cannot start a document: there is too little memory");
    HPDF_SetPagesConfiguration(document_.get(), pages_per_node);
    check("start a document");
}

void Objects::check(char const* what) const {
    HPDF_STATUS const status = HPDF_GetError(document_.get());
    if (status != HPDF_OK)
        throw Error(ErrorCode::failed, fmt::format("libharu cannot {}: error 0x{:04X}, detail {}", what, status,
                                                   HPDF_GetErrorDetail(document_.get())));
}

HPDF_Dict Objects::raw(std::string body) {
    HPDF_Dict const dictionary = HPDF_Dict_New(document_->mmgr);
    check("make a dictionary");
    dictionary->attr = &bodies_.emplace_back(std::move(body));
    dictionary->write_fn = write_body;
    return dictionary;
}

Object Objects::add(std::string body) {
    HPDF_Dict const dictionary = raw(std::move(body));
    HPDF_Xref_Add(document_->xref, dictionary);
    check("number a dictionary");
    return {dictionary, number_of(dictionary)};
}

void Objects::set(Object object, std::string body) {
    *static_cast<std::string*>(object.dictionary->attr) = std::move(body);
}

void Objects::fill(HPDF_Dict stream, std::string body, std::string_view data, Compression compression) {
    if (compression == Compression::flate) {
        compressed_ = zlib_compress(data, level_for(data.size()));
        if (compressed_.size() + 20 < data.size()) {
            body += "/Filter/FlateDecode\n";
            data = compressed_;
        }
    }
    // An empty stream makes Ghostscript complain.
    if (data.empty()) data = "\n";
    stream->attr = &bodies_.emplace_back(std::move(body));
    stream->write_fn = write_body;
    stream->filter = HPDF_STREAM_FILTER_NONE;
    HPDF_Stream_Write(stream->stream, reinterpret_cast<HPDF_BYTE const*>(data.data()),
                      static_cast<HPDF_UINT>(data.size()));
    check("keep a stream");
}

Object Objects::add_stream(std::string body, std::string_view data, Compression compression) {
    HPDF_Dict const stream = HPDF_DictStream_New(document_->mmgr, document_->xref);
    check("make a stream");
    fill(stream, std::move(body), data, compression);
    return {stream, number_of(stream)};
}

Object Objects::add_samples(std::string body, std::string_view samples, int width, int channels) {
    std::string const predicted =
        predict_rows(samples, static_cast<std::size_t>(width), static_cast<std::size_t>(channels));
    std::string const packed = zlib_compress(predicted, compression_level);
    // Drawn pictures are often smaller without; for a large one the second try costs too much.
    if (samples.size() < (std::size_t{1} << 20)) {
        std::string const plain = zlib_compress(samples, compression_level);
        if (plain.size() <= packed.size())
            return add_stream(std::move(body) + "/Filter/FlateDecode\n", plain, Compression::none);
    }
    body += fmt::format("/Filter/FlateDecode/DecodeParms<</Predictor 15/Colors {}/Columns {}>>\n", channels, width);
    return add_stream(std::move(body), packed, Compression::none);
}

HPDF_Page Objects::add_page(double width, double height, std::string_view content) {
    HPDF_Page const page = HPDF_AddPage(document_.get());
    check("add a page");
    HPDF_Page_SetWidth(page, static_cast<HPDF_REAL>(width));
    HPDF_Page_SetHeight(page, static_cast<HPDF_REAL>(height));
    check("set the size of a page");
    fill(static_cast<HPDF_PageAttr>(page->attr)->contents, {}, content, Compression::flate);
    return page;
}

void Objects::append_content(HPDF_Page page, std::string_view content) {
    if (HPDF_Dict_GetItem(page, "Contents", HPDF_OCLASS_ARRAY) == nullptr) {
        HPDF_ResetError(document_.get()); // "not found" is an error to libharu
        HPDF_Array const array = HPDF_Array_New(document_->mmgr);
        HPDF_Array_Add(array, static_cast<HPDF_PageAttr>(page->attr)->contents);
        HPDF_Dict_Add(page, "Contents", array);
    }
    add_to_array(page, "Contents", add_stream({}, content));
}

void Objects::add_to_array(HPDF_Dict dictionary, char const* key, Object object) {
    auto array = static_cast<HPDF_Array>(HPDF_Dict_GetItem(dictionary, key, HPDF_OCLASS_ARRAY));
    if (array == nullptr) {
        HPDF_ResetError(document_.get());
        array = HPDF_Array_New(document_->mmgr);
        HPDF_Dict_Add(dictionary, key, array);
    }
    HPDF_Array_Add(array, object.dictionary);
    check("extend an array");
}

void Objects::add_reference(HPDF_Dict dictionary, char const* key, Object object) {
    HPDF_Dict_Add(dictionary, key, object.dictionary);
    check("add an entry");
}

void Objects::add_dictionary(HPDF_Dict dictionary, char const* key, std::string body) {
    HPDF_Dict_Add(dictionary, key, raw(std::move(body)));
    check("add an entry");
}

std::uint32_t Objects::first_packed() const {
    return document_->xref->start_offset + document_->xref->entries->count;
}

void Objects::add_packed(std::string_view value) {
    append_integer(index_, static_cast<std::int64_t>(first_packed() + packed_count_));
    index_ += ' ';
    append_integer(index_, static_cast<std::int64_t>(values_.size()));
    index_ += ' ';
    values_ += value;
    values_ += '\n';
    ++packed_count_;
    if (++filled_ == objects_per_stream) pack();
}

void Objects::pack() {
    if (filled_ == 0) return;
    packed_.push_back(
        {zlib_compress(index_ + values_, level_for(index_.size() + values_.size())), index_.size(), filled_});
    index_.clear();
    values_.clear();
    filled_ = 0;
}

// The file ends with a cross-reference stream, which unlike a table can point into object streams.
// ISO 32000-1, 7.5.7 and 7.5.8
std::string Objects::write(Object info) {
    pack();
    HPDF_Doc const document = document_.get();
    std::string output;
    HPDF_Stream const stream = HPDF_CallbackWriter_New(document->mmgr, append_output, &output);
    check("open its output");
    std::string table; // entries of seven bytes: type, offset or stream, generation or index
    auto const entry = [&](int type, std::size_t where, std::size_t index) {
        for (std::size_t const byte :
             {std::size_t(type), where >> 24, where >> 16, where >> 8, where, index >> 8, index})
            table += static_cast<char>(byte & 0xFFU);
    };
    entry(0, 0, 0xFFFF);
    output += "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n";
    std::uint32_t number = 1;
    for (; number < first_packed(); ++number) {
        entry(1, output.size(), 0);
        output += fmt::format("{} 0 obj\n", number);
        HPDF_Obj_WriteValue(HPDF_Xref_GetEntry(document->xref, number)->obj, stream, nullptr);
        output += "\nendobj\n";
    }
    check("write the file");

    number += static_cast<std::uint32_t>(packed_count_);
    for (std::size_t i = 0; i < packed_.size(); ++i)
        for (std::size_t k = 0; k < packed_[i].count; ++k) entry(2, number + i, k);
    for (Packed const& packed : packed_) {
        entry(1, output.size(), 0);
        output += fmt::format("{} 0 obj\n<</Type/ObjStm/N {}/First {}/Length {}/Filter/FlateDecode>>stream\n", number++,
                              packed.count, packed.offset, packed.bytes.size());
        output += packed.bytes;
        output += "\nendstream\nendobj\n";
    }
    HPDF_Stream_Free(stream);
    std::string const id = hash128(output);
    std::size_t const begin = output.size();
    entry(1, begin, 0);
    std::string const bytes = zlib_compress(predict_rows(table, entry_size, 1), compression_level);
    output += fmt::format("{} 0 obj\n<</Type/XRef/Size {}/W[1 4 2]/Root {} 0 R/Info {}/ID[<{}><{}>]/Length {}"
                          "/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns {}>>>>stream\n",
                          number, number + 1, number_of(document->catalog), info.reference(), id, id, bytes.size(),
                          entry_size);
    output += bytes;
    output += fmt::format("\nendstream\nendobj\nstartxref\n{}\n%%EOF\n", begin);
    return output;
}

void append_utf16_hex(std::string& out, std::string_view utf8, bool mark) {
    std::string wide = mark ? std::string("\xFE\xFF") : std::string();
    for (std::size_t i = 0; i < utf8.size();) {
        char32_t const c = text::next_character(utf8, i);
        text::append_utf16be(wide, c == text::invalid_character ? U'\uFFFD' : c);
    }
    constexpr std::string_view digits = "0123456789ABCDEF";
    for (char const c : wide) {
        out += digits[static_cast<unsigned char>(c) >> 4];
        out += digits[static_cast<unsigned char>(c) & 15U];
    }
}

std::string text_string(std::string_view utf8) {
    if (std::ranges::all_of(utf8, [](char c) { return c >= ' ' && c < 127; })) return byte_string(utf8);
    std::string out = "<";
    append_utf16_hex(out, utf8, true);
    return out += '>';
}

std::string byte_string(std::string_view bytes) {
    std::string out = "(";
    for (char const c : bytes) {
        if (c == '(' || c == ')' || c == '\\') out += '\\';
        if (c == '\r')
            out += "\\r";
        else
            out += c;
    }
    return out += ')';
}

} // namespace deckle::pdf
