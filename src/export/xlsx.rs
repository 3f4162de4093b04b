//! Tables as one workbook, a sheet per table. Knows the format, not the plan.

use super::tables::{Cell, Table};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, XlsxError};

/// The workbook's bytes. Texts stay texts, whatever they begin with; the same tables give the same bytes.
pub fn render(tables: &[Table]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    book.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?));
    let header = Format::new().set_bold().set_align(FormatAlign::Top).set_text_wrap();
    let money = Format::new().set_num_format("#,##0.00");
    let date = Format::new().set_num_format("yyyy-mm-dd");
    for table in tables {
        let sheet = book.add_worksheet();
        sheet.set_name(table.name)?;
        for (column, title) in (0u16..).zip(&table.columns) {
            sheet.write_string_with_format(0, column, title.replace('_', " "), &header)?;
        }
        for (line, row) in (1u32..).zip(&table.rows) {
            for (column, cell) in (0u16..).zip(row) {
                match cell {
                    Cell::Text(text) => sheet.write_string(line, column, text)?,
                    Cell::Count(n) => sheet.write_number(line, column, *n as f64)?,
                    // A spreadsheet has no other numbers: cents and millionths of this size are exact to what is shown.
                    Cell::Money(cents) => {
                        sheet.write_number_with_format(line, column, cents.0 as f64 / 100.0, &money)?
                    }
                    Cell::Decimal(micro) => sheet.write_number(line, column, micro.0 as f64 / 1_000_000.0)?,
                    Cell::Day(day) => {
                        let parsed = ExcelDateTime::parse_from_str(&day.to_string())?;
                        sheet.write_datetime_with_format(line, column, &parsed, &date)?
                    }
                    Cell::Blank => continue,
                };
            }
        }
        sheet.set_freeze_panes(1, 1)?;
        if let (Ok(rows), Ok(columns)) = (u32::try_from(table.rows.len()), u16::try_from(table.columns.len())) {
            sheet.autofilter(0, 0, rows.max(1), columns.saturating_sub(1))?;
        }
        sheet.autofit();
    }
    book.save_to_buffer()
}
