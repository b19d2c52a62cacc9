/**
 * The official table as a Word file, in the layout of the annex, with places for the result, stamp, signature and day.
 *
 * The library is large; it is fetched, from this site, when a Word file is asked for.
 *
 * @typedef {import("./data.js").ReportInput} ReportInput
 * @typedef {import("./data.js").Report} Report
 * @typedef {import("./data.js").Section} Section
 * @typedef {any} Docx the library: its own types would bring those of Node among the browser's
 */

import { dayIn, prepare, tableColumns } from "./data.js";

const FONT = { ascii: "Times New Roman", hAnsi: "Times New Roman", eastAsia: "宋体" };
const HEAD = { ascii: "Times New Roman", hAnsi: "Times New Roman", eastAsia: "方正小标宋简体" };
/** Sizes in half-points: title 小二, table 五号, small. */
const TITLE = 36;
const BODY = 21;
const SMALL = 18;
/** An A4 page and its margins, in twentieths of a point; the table fills what is left. */
const PAGE = { width: 11906, height: 16838 };
const MARGIN = 1134;
const WIDTH = PAGE.width - 2 * MARGIN;
/** Shares of the columns: number, section, standard, group, item, box. */
const WIDE = [7, 12, 20, 20, 28, 13];
const PLAIN = [7, 16, 27, 36, 14];
/** Heights of the rows to sign in, room for a round stamp. */
const SIGN = 1900;

/**
 * @param {ReportInput} input
 * @param {Docx} docx
 * @returns {Promise<Blob>}
 */
export function wordFile(input, docx) {
  return docx.Packer.toBlob(documentOf(input, docx));
}

/**
 * @param {ReportInput} input
 * @param {Docx} docx
 */
export function documentOf(input, docx) {
  const report = prepare(input);
  const { t, standard, answers } = report;
  const { Document, Footer, Header, AlignmentType, PageNumber } = docx;
  const line = (/** @type {string} */ text, size = BODY, more = {}) => paragraph(docx, text, { size, ...more });
  return new Document({
    title: standard.title,
    creator: answers.unit || t("head.no_unit"),
    lastModifiedBy: answers.unit || t("head.no_unit"), // else the library says that it was nobody's
    description: t("head.unofficial"),
    styles: { default: { document: { run: { font: FONT, size: BODY, language: { value: "en-US", eastAsia: "zh-CN" } } } } },
    sections: [
      {
        properties: { page: { size: PAGE, margin: { top: MARGIN, bottom: MARGIN, left: MARGIN, right: MARGIN } } },
        headers: { default: new Header({ children: [line([answers.unit, t("head.title_short")].filter(Boolean).join(t("marks.stop")), SMALL)] }) },
        footers: {
          default: new Footer({
            children: [new docx.Paragraph({ alignment: AlignmentType.CENTER, children: [new docx.TextRun({ size: SMALL, children: [PageNumber.CURRENT, " / ", PageNumber.TOTAL_PAGES] })] })],
          }),
        },
        children: [
          paragraph(docx, standard.title, { size: TITLE, font: HEAD, alignment: AlignmentType.CENTER, after: 120 }),
          line(t("head.unofficial"), BODY, { alignment: AlignmentType.CENTER, after: 160 }),
          line(`${t("head.unit")}${t("marks.colon")}${answers.unit || t("head.no_unit")}`),
          line(`${t("head.date")}${t("marks.colon")}${dayIn(report.today, report.lang)}`),
          line(`${t("head.document")}${t("marks.colon")}${standard.source.document}`),
          line(`${t("head.id")}${t("marks.colon")}${standard.id}${t("marks.stop")}SHA-256 ${report.result.standard.sha256}`, SMALL, { after: 120 }),
          officialTable(report, docx),
          line("", SMALL),
          signTable(report, docx),
        ],
      },
    ],
  });
}

/**
 * @param {Report} report
 * @param {Docx} docx
 */
function officialTable(report, docx) {
  const { standard } = report;
  const { columns, wide } = tableColumns(report);
  const shares = wide ? WIDE : PLAIN;
  const heads = columns.map((text, index) => cell(docx, [text], { bold: true, center: true, columnSpan: index === columns.length - 1 ? 2 : 1 }));
  return grid(docx, shares, [
    new docx.TableRow({ tableHeader: true, cantSplit: true, children: heads }),
    ...standard.sections.flatMap((section) => sectionRows(report, docx, section, wide)),
  ]);
}

/**
 * @param {Report} report
 * @param {Docx} docx
 * @param {Section} section
 * @param {boolean} wide
 */
function sectionRows(report, docx, section, wide) {
  const rowSpan = section.groups.reduce((sum, group) => sum + group.items.length, 0);
  const first = [
    cell(docx, [section.number || section.id], { rowSpan, center: true }),
    cell(docx, [section.title], { rowSpan }),
    ...(section.merged_cell ? [cell(docx, [section.merged_cell], { rowSpan, columnSpan: 2 })] : wide ? [cell(docx, [section.standard ?? ""], { rowSpan })] : []),
  ];
  return section.groups.flatMap((group, number) =>
    group.items.map((item, index) => {
      const { met = false, points = "", max = "" } = report.result.items[item.id] ?? {};
      const { level, count } = report.answers.answers[item.id] ?? {};
      const chosen = item.levels?.find((one) => one.id === level)?.text;
      const details = [chosen ?? "", count === undefined ? "" : report.t("table.count", { count })].filter(Boolean);
      const value = [met && points !== max ? `${points} / ${max}` : max, met ? "☑" : "☐"].filter(Boolean).join(" ");
      return new docx.TableRow({
        cantSplit: true,
        children: [
          ...(number === 0 && index === 0 ? first : []),
          ...(index === 0 && !section.merged_cell ? [cell(docx, [group.title ?? ""], { rowSpan: group.items.length })] : []),
          cell(docx, [item.text, ...details]),
          cell(docx, [value], { center: true }),
        ],
      });
    }));
}

/**
 * @param {Report} report
 * @param {Docx} docx
 */
function signTable({ t, result, answers }, docx) {
  const reached = result.scored
    ? t("sign.points", { total: result.total ?? "", max: result.max?.total ?? "" })
    : t("sign.covered", { met: result.coverage.met, of: result.coverage.of });
  const place = (/** @type {string} */ name, /** @type {string} */ text, keepNext = false) => cell(docx, [t(`sign.${name}`), "", "", text], { keepNext });
  const row = (/** @type {any[]} */ children) =>
    new docx.TableRow({ cantSplit: true, height: { value: SIGN, rule: docx.HeightRule.ATLEAST }, children });
  return grid(docx, [50, 50], [
    row([place("result", reached, true), place("stamp", answers.unit ?? "", true)]), // all places on one page
    row([place("signature", ""), place("date", t("sign.blank_date"))]),
  ]);
}

/**
 * @param {Docx} docx
 * @param {number[]} shares of the columns
 * @param {any[]} rows
 */
function grid(docx, shares, rows) {
  return new docx.Table({
    rows,
    width: { size: WIDTH, type: docx.WidthType.DXA },
    layout: docx.TableLayoutType.FIXED,
    columnWidths: shares.map((share) => Math.round((WIDTH * share) / 100)),
  });
}

/**
 * @param {Docx} docx
 * @param {string[]} lines
 * @param {{ bold?: boolean, center?: boolean, keepNext?: boolean, rowSpan?: number, columnSpan?: number }} [how]
 */
function cell(docx, lines, { bold = false, center = false, keepNext = false, rowSpan = 1, columnSpan = 1 } = {}) {
  const alignment = center ? docx.AlignmentType.CENTER : docx.AlignmentType.LEFT;
  return new docx.TableCell({
    rowSpan,
    columnSpan,
    verticalAlign: docx.VerticalAlign.CENTER,
    margins: { top: 40, bottom: 40, left: 80, right: 80 },
    children: lines.map((text) => paragraph(docx, text, { size: BODY, bold, alignment, keepNext })),
  });
}

/**
 * @param {Docx} docx
 * @param {string} text the visitor's or the standard's; it goes in as text
 * @param {{ size: number, bold?: boolean, font?: typeof FONT, alignment?: any, keepNext?: boolean, before?: number, after?: number }} how
 */
function paragraph(docx, text, { size, bold = false, font = FONT, alignment, keepNext = false, before = 0, after = 0 }) {
  return new docx.Paragraph({ ...(alignment ? { alignment } : {}), keepNext, spacing: { before, after }, children: [new docx.TextRun({ text, size, bold, font })] });
}
