//! What a planner reads: where things stand, the tables, the exports. Whole outputs, word for word.

use super::run::{copy, docent_in, planned};
use docent::export::csv;
use docent::export::tables::{Cell, Table};
use insta::assert_snapshot;
use std::fs;

#[test]
fn every_view_of_the_plan() {
    let folder = planned("show");
    for by in ["date", "trainer", "region", "fund", "request"] {
        let said = docent_in(&folder, &["show", "--by", by]);
        assert_eq!((said.exit, said.err.as_str()), (0, ""));
        assert!(said.out.lines().all(|l| l.chars().count() <= 100), "{}", said.out);
        assert_snapshot!(format!("show_{by}"), said.out);
    }
    assert_eq!(docent_in(&folder, &["show"]).out, docent_in(&folder, &["show", "--by", "date"]).out);
}

#[test]
fn where_things_stand() {
    let folder = copy("starter", "standing");
    assert_snapshot!("standing_without_a_plan", docent_in(&folder, &[]).out);
    fs::copy(super::run::fixture("starter-plan.json"), folder.join("plan.json")).expect("a plan");
    assert_snapshot!("standing_with_a_proposal", docent_in(&folder, &[]).out);
    assert_eq!(docent_in(&folder, &["adopt"]).exit, 0);
    assert_snapshot!("standing_with_an_adopted_plan", docent_in(&folder, &[]).out);
    super::run::edit(&folder.join("places.csv"), "Nairobi,450", "Nairobi,460");
    let stale = docent_in(&folder, &[]).out;
    assert!(stale.contains("Since then places.csv changed."), "{stale}");
    assert!(stale.ends_with("next: docent plan --baseline adopted.json\n"), "{stale}");
}

#[test]
fn verify_in_words() {
    assert_snapshot!("verify", docent_in(&planned("verify"), &["verify"]).out);
}

#[test]
fn the_demo_is_clean_and_short() {
    let folder = copy("demo", "demo-check");
    let said = docent_in(&folder, &["check"]);
    assert_eq!((said.exit, said.err.as_str()), (0, ""));
    let bare = docent_in(&folder, &[]);
    assert_eq!(bare.exit, 0);
    assert!(bare.out.ends_with("There is no plan yet.\nnext: docent plan\n"), "{}", bare.out);
}

#[test]
fn tables_are_exported() {
    let folder = planned("export");
    let said = docent_in(&folder, &["export", "--csv", "out", "--xlsx", "out/plan.xlsx", "--html", "out/plan.html"]);
    assert_eq!(said.exit, 0, "{}", said.err);
    let mut text = String::new();
    for table in ["sessions", "missions", "charges", "funds", "unserved"] {
        let csv = fs::read_to_string(folder.join("out").join(format!("{table}.csv"))).expect(table);
        text.push_str(&format!("== {table}\n{}", csv.replace("\r\n", "\n")));
    }
    assert_snapshot!("export_csv", text);

    let page = fs::read_to_string(folder.join("out/plan.html")).expect("a page");
    for foreign in ["<script", "http://", "https://", "@import", "url("] {
        assert!(!page.contains(foreign), "the page needs nothing but itself: {foreign}");
    }
    assert!(page.contains("<svg") && page.contains("Countering the financing of terrorism"));
}

#[test]
fn a_workbook_holds_the_same_figures() {
    use calamine::{Data, Reader, Xlsx, open_workbook};
    let folder = planned("export-xlsx");
    for _ in 0..2 {
        assert_eq!(docent_in(&folder, &["export", "--xlsx", "plan.xlsx"]).exit, 0);
    }
    let mut book: Xlsx<_> = open_workbook(folder.join("plan.xlsx")).expect("a workbook");
    assert_eq!(book.sheet_names(), ["sessions", "missions", "charges", "funds", "unserved"]);
    let funds = book.worksheet_range("funds").expect("a sheet");
    let column = |name: &str| {
        (0..).find(|c| funds.get((0, *c)) == Some(&Data::String(name.to_string()))).unwrap_or_else(|| panic!("{name}"))
    };
    assert_eq!(funds.get((1, column("used"))), Some(&Data::Float(25_316.48)));
    assert_eq!(funds.get((2, column("fund"))), Some(&Data::String("F2".to_string())));
}

#[test]
fn the_programmes_own_tables_are_not_exported_over() {
    let folder = planned("export-over");
    let before = fs::read(folder.join("funds.csv")).expect("a table");
    let said = docent_in(&folder, &["export", "--csv", "."]);
    assert_eq!(said.exit, 6);
    assert!(said.err.contains("funds.csv belongs to the programme"), "{}", said.err);
    assert_eq!(fs::read(folder.join("funds.csv")).expect("a table"), before);
    assert!(!folder.join("sessions.csv").exists());
}

#[test]
fn a_text_is_no_formula() {
    let table = Table {
        name: "t",
        columns: vec!["a"],
        rows: ["=1+1", "+1", "-1", "@x", "a=b", "say \"no\", please"].map(|t| vec![Cell::Text(t.to_string())]).to_vec(),
    };
    let text = String::from_utf8(csv::render(&table)).expect("UTF-8");
    assert_eq!(text, "a\r\n'=1+1\r\n'+1\r\n'-1\r\n'@x\r\na=b\r\n\"say \"\"no\"\", please\"\r\n");
}
