//! A workbook is read as the folder with the same tables.

use super::{Scratch, copy, data};
use docent::programme::build::columns::{Kind, TableId};
use docent::programme::day::Day;
use docent::read::{self, Tables};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};

fn write(sheet: &mut Worksheet, row: u32, column: u16, kind: Kind, text: &str) {
    let date = Format::new().set_num_format("yyyy-mm-dd");
    match (kind, Day::iso(text), text.parse::<f64>()) {
        (Kind::Day, Some(day), _) => {
            let day = ExcelDateTime::parse_from_str(&day.to_string()).expect("a date");
            sheet.write_datetime_with_format(row, column, &day, &date)
        }
        (kind, _, Ok(number)) if kind.numeric() => sheet.write_number(row, column, number),
        (Kind::YesNo, ..) if text == "yes" => sheet.write_boolean(row, column, true),
        _ => sheet.write_string(row, column, text),
    }
    .expect("a cell");
}

fn workbook(tables: &Tables) -> Vec<u8> {
    let mut book = Workbook::new();
    for id in TableId::ALL.into_iter().filter(|id| tables.table(*id).present) {
        let sheet = book.add_worksheet().set_name(id.word()).expect("a sheet");
        for (i, column) in id.columns().iter().enumerate() {
            sheet.write_string(0, i as u16, column.name).expect("a header");
            for (k, row) in tables.table(id).rows.iter().enumerate() {
                write(sheet, k as u32 + 1, i as u16, column.kind, row.text(i));
            }
        }
    }
    let sheet = book.add_worksheet().set_name("programme").expect("a sheet");
    for (i, setting) in tables.settings.iter().enumerate() {
        let kind = if setting.value.text.parse::<f64>().is_ok() { Kind::Decimal } else { Kind::Text };
        let kind = if Day::iso(&setting.value.text).is_some() { Kind::Day } else { kind };
        sheet.write_string(i as u32, 0, &setting.key).expect("a key");
        write(sheet, i as u32, 1, kind, &setting.value.text);
    }
    book.save_to_buffer().expect("a workbook")
}

#[test]
fn a_workbook_is_the_folder() {
    let folder = read::load(&data("demo"), &[]);
    let scratch = Scratch::new();
    scratch.write("demo.xlsx", workbook(&folder.tables));
    copy(&data("demo/busy"), &scratch.path().join("busy"));
    let book = read::load(&scratch.path().join("demo.xlsx"), &[]);
    assert_eq!(book.findings, []);
    assert_eq!(book.programme, folder.programme);
    assert!(book.programme.is_some());
    let files: Vec<&str> = book.inputs.files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(files, ["busy/T11.ics", "busy/T20-university.ics", "demo.xlsx"]);
}

#[test]
fn findings_name_sheet_row_and_column() {
    let mut tables = read::load(&data("broken/sound"), &[]).tables;
    tables.settings.push(tables.settings[0].clone());
    let course = TableId::Requests.column("course").expect("a column");
    tables.table_mut(TableId::Requests).rows[1].cells[course].as_mut().expect("a cell").text = "CTF".to_owned();
    let scratch = Scratch::new();
    scratch.write("small.xlsx", workbook(&tables));
    let found = read::load(&scratch.path().join("small.xlsx"), &[]).findings;
    let found: Vec<String> = found.iter().map(|f| super::shown(f, scratch.path())).collect();
    assert_eq!(found, ["small.xlsx[programme]:6:1: duplicate-key", "small.xlsx[requests]:3:2: unknown-course"]);
}

#[test]
fn what_is_no_workbook() {
    let scratch = Scratch::new();
    scratch.write("text.xlsx", "id,name\n");
    let found = read::load(&scratch.path().join("text.xlsx"), &[]).findings;
    assert_eq!(found.iter().map(|f| f.code).collect::<Vec<_>>(), ["no-programme"]);
    let mut book = Workbook::new();
    book.add_worksheet().set_name("reqests").expect("a sheet").write_string(1_048_575, 16_383, "x").expect("a cell");
    scratch.write("stray.xlsx", book.save_to_buffer().expect("a workbook"));
    let found = read::load(&scratch.path().join("stray.xlsx"), &[]).findings;
    assert!(found.iter().any(|f| f.code == "unknown-file" && f.help.contains("requests")), "{found:?}");
    assert!(found.iter().filter(|f| f.code == "missing-file").count() == 5, "{found:?}");
}
