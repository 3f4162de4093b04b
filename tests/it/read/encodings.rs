//! The same programme in every way in which spreadsheets save it.

use super::{Scratch, data};
use docent::programme::Programme;
use docent::read;
use std::fs;

const PLACES: &str = "id,country,name,venue_day\nYAO,CMR,Yaoundé,120.50\n";
const REQUESTS: &str = "id,course,place,participants,languages,priority,note\nR1,MLA,SEN,20,fr;en,1.5,\"à Thiès, « après »\"\nR2,CFT,YAO,15,en,2,\n";

fn load(places: &[u8], requests: &[u8]) -> Programme {
    let scratch = Scratch::of("broken/sound");
    scratch.write("places.csv", places);
    scratch.write("requests.csv", requests);
    let loaded = read::load(scratch.path(), &[]);
    assert_eq!(loaded.findings, [], "no finding");
    loaded.programme.expect("a programme without errors")
}

fn utf_16(text: &str, big: bool) -> Vec<u8> {
    let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
    units.flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
}

fn windows_1252(text: &str) -> Vec<u8> {
    let (bytes, _, lossy) = encoding_rs::WINDOWS_1252.encode(text);
    assert!(!lossy);
    bytes.into_owned()
}

/// With another separator and a decimal comma, cells quoted where they hold the separator.
fn separated(text: &str, separator: char, comma: bool) -> String {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let mut writer = csv::WriterBuilder::new().delimiter(separator as u8).from_writer(Vec::new());
    for record in reader.records() {
        let record = record.expect("a row");
        let number = |c: &str| comma && c.contains('.') && c.parse::<f64>().is_ok();
        let cells = record.iter().map(|c| if number(c) { c.replace('.', ",") } else { c.to_owned() });
        writer.write_record(cells.collect::<Vec<_>>()).expect("a row");
    }
    String::from_utf8(writer.into_inner().expect("bytes")).expect("text")
}

#[test]
fn every_encoding_and_separator_reads_the_same() {
    let plain = load(PLACES.as_bytes(), REQUESTS.as_bytes());
    assert_eq!(plain.places.values().find(|p| p.id == "YAO").map(|p| p.name.as_str()), Some("Yaoundé"));
    assert_eq!(plain.places.values().find(|p| p.id == "YAO").map(|p| p.venue_day.0), Some(12_050));
    let both = |encode: &dyn Fn(&str) -> Vec<u8>| load(&encode(PLACES), &encode(REQUESTS));
    assert_eq!(both(&|t| format!("\u{feff}{t}").into_bytes()), plain, "UTF-8 with a mark");
    assert_eq!(both(&|t| utf_16(t, false)), plain, "UTF-16, little end first");
    assert_eq!(both(&|t| utf_16(t, true)), plain, "UTF-16, big end first");
    assert_eq!(both(&windows_1252), plain, "Windows-1252");
    assert_eq!(both(&|t| t.replace('\n', "\r\n").into_bytes()), plain, "lines end with CR LF");
    assert_eq!(both(&|t| separated(t, ';', false).into_bytes()), plain, "semicolons");
    assert_eq!(both(&|t| windows_1252(&separated(t, ';', true))), plain, "semicolons, decimal commas, Windows-1252");
    assert_eq!(both(&|t| utf_16(&separated(t, '\t', false), false)), plain, "tabs, UTF-16");
    assert_eq!(
        both(&|t| format!("sep=;\r\n{}", separated(t, ';', true)).into_bytes()),
        plain,
        "sep= before the header"
    );
    assert_eq!(both(&|t| t.replace('\n', "\n\n,,,,,,\n").into_bytes()), plain, "blank rows");
}

#[test]
fn a_decimal_comma_needs_the_semicolon() {
    let scratch = Scratch::of("broken/sound");
    scratch.write("funds.csv", "id,donor,amount\nF1,Contributor A,\"50000,50\"\n");
    assert_eq!(read::load(scratch.path(), &[]).findings.first().map(|f| f.code), Some("bad-number"));
    scratch.write("funds.csv", "id;donor;amount\nF1;Contributor A;50000,50\n");
    let programme = read::load(scratch.path(), &[]).programme.expect("no error");
    assert_eq!(programme.funds.values().map(|f| f.amount.0).collect::<Vec<_>>(), [5_000_050]);
}

#[test]
fn the_digest_is_over_every_file_read() {
    let scratch = Scratch::of("broken/sound");
    let digest = |scratch: &Scratch| read::load(scratch.path(), &[]).inputs.digest;
    let before = digest(&scratch);
    scratch.write("notes.txt", "not read");
    scratch.write("plan.json", "{}");
    assert_eq!(digest(&scratch), before);
    scratch.write("busy/T1.ics", "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//x//EN\nEND:VCALENDAR\n");
    let with_calendar = digest(&scratch);
    assert_ne!(with_calendar, before);
    scratch.write("regions.csv", "id,name\n");
    assert_ne!(digest(&scratch), with_calendar);
    let files: Vec<String> = read::load(scratch.path(), &[]).inputs.files.into_iter().map(|(name, _)| name).collect();
    let all =
        ["busy/T1.ics", "courses.csv", "funds.csv", "programme.toml", "regions.csv", "requests.csv", "trainers.csv"];
    assert_eq!(files, all);
}

#[test]
fn headers_of_ones_own() {
    let scratch = Scratch::of("broken/sound");
    let settings = fs::read_to_string(data("broken/sound/programme.toml")).expect("settings");
    let own = "\n[columns.requests]\n\"Pays\" = \"place\"\n\"No.\" = \"id\"\n\n[input]\ndates = \"dmy\"\n";
    scratch.write("programme.toml", settings + own);
    scratch.write("requests.csv", "No.,course,Pays,participants,languages,earliest\nR1,MLA,SEN,20,fr,01/03/2027\n");
    let loaded = read::load(scratch.path(), &[]);
    assert_eq!(loaded.findings, []);
    let programme = loaded.programme.expect("no error");
    let request = programme.requests.values().next().expect("a request");
    assert_eq!((request.id.as_str(), request.earliest.map(|d| d.to_string()).as_deref()), ("R1", Some("2027-03-01")));
}
