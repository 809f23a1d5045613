// Makes tests/drafts/x_counts/expected.json and core/drafts/top_level_domains.inc with the npm package twitter-text 3.1.0:
//   npm install --prefix /tmp/oracle twitter-text@3.1.0 && NODE_PATH=/tmp/oracle/node_modules node tests/drafts/x_counts/make.mjs
import { createRequire } from 'node:module';
import { writeFileSync } from 'node:fs';
const require = createRequire(process.env.NODE_PATH + '/');
const twitter = require('twitter-text');
const here = new URL('.', import.meta.url).pathname;

const alternatives = (regex) => [...regex.source.matchAll(/[^()|?:=\[\]$@+\\^]+/g)].map((m) => m[0]).filter((w) => !/^(0-9a-zA-Z|-|\.)$/.test(w));
const domains = [...new Set([...alternatives(twitter.regexen.validGTLD), ...alternatives(twitter.regexen.validCCTLD)])]
  .map((w) => w.toLowerCase()).filter((w) => !w.includes('0-9'));
domains.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)); // UTF-16 units
let lines = '', line = '';
for (const word of domains) {
  if (line.length + word.length > 110) { lines += line + '\n'; line = ''; }
  line += `u"${word}", `;
}
writeFileSync(here + '../../../core/drafts/top_level_domains.inc', (lines + line).replace(/ +$/gm, '') + '\n');

const x = (n, c = 'x') => c.repeat(n);
const texts = ['', ' ', 'a', '日本語', '👩‍💻 ok', x(280), x(281), x(140, '語'), 'é', 'e\u0301', 'Ångström', '한국어', 'العربية', 'Привет',
  x(22) + ' https://example.com/' + x(41), 'https://example.com', 'http://example.com', 'example.com', 'www.example.com',
  'see example.com.', 'see example.com, and', '(example.com)', '"example.com"', 'mail me@example.com', '@example.com', '#example.com',
  '$example.com', '-example.com', '.example.com', '/example.com', 'a.example.com/b', 'https://example.com/a_(b)', 'https://example.com/a.',
  'https://example.com/a?b=c&d=e.', 'https://example.com:8080/a', 'https://example.invalidtld/a', 'example.invalidtld', 'prairie.example',
  'https://prairie.example/news', 'HTTPS://EXAMPLE.COM/A', 'https://bücher.de/x', 'bücher.de', 'https://日本語.jp', '日本語.jp', 'node.js is fine', 'e.g. this',
  'a.m. to p.m.', 'v1.2.3', 'index.html', '192.168.0.1', 'http://192.168.0.1/', 'example.co.uk/path/', 'example.com?q=1', 'example.com/?q=1', 'example.com#x',
  'example.com-x', 'example.com@x', 'example.com+x', 'example.comx', 'a_b.example.com', 'example_x.com', 'https://example.com/ä/ö', 'https://example.com/привет',
  'https://example.com/a–b', 'https://example.com/a,b;c:d', 'two https://a.com https://b.org/x', 'https://a.com,https://b.com', 'https://xn--bcher-kva.de/',
  '😀', '😀😀', '👍🏽', '👨‍👩‍👧‍👦', '🏳️‍🌈', '🇺🇸', '🇺🇸🇩🇪', '🇦🇧', '🇺', '1️⃣', '1⃣', '#️⃣', '©', '©️', '®', '™', '☺', '☺️', '❤️', '❤', '👩🏽‍🚀', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '✊🏿', '⚡', '⚡️',
  '…', '—', '–', '“quoted”', '‘x’', '•', '€', '£', '→', '′', '″', '\u200b', '\u200d', '\u2028', '\u3000', '\ufeff', 'a\nb', 'a\r\nb', '\t',
  'We won the Midwest Channel 100! Read more: https://prairie.example.com/news/2026/midwest-channel-100?utm_source=x #MSP #Iowa',
  'Łódź, São Paulo, Zürich & Köln', '½ ² ³', '\u1100', '\u10ff', '\u1000', '\u2000', '\u200e', '\u2010', '\u201f', '\u2020', '\u2032', '\u2037', '\u2038', '𝒳', '𐍈', 'ก', 'ა', 'አ',
  'ﬁ', 'Å', '가', '\u1112\u1161\u11ab', 'क्षि', 'T\u0338', '@dana congratulations to @prairie!', '$USD $1,200 50% off', 'https://t.co/abcdefghij', 'text.https://example.com', '中https://example.com', '中example.com', 'see https://example.com/a)b', 'x https://example.com/(a', 'https://example.com//a', 'https://a.b.c.d.example.com/'];
const cases = texts.map((text) => ({ text, x: twitter.parseTweet(text).weightedLength }));
writeFileSync(here + 'expected.json', '[\n' + cases.map((c) => JSON.stringify(c)).join(',\n') + '\n]\n');
console.log(domains.length + ' domains, ' + cases.length + ' texts');
