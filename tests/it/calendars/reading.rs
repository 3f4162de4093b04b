//! How busy calendars are read: each difficulty that calendars of the wild have, in a small file of our own.

use docent::programme::day::Day;
use docent::read::busy::{BusyRead, busy, busy_of};

/// Reads `body` (a list of lines) inside a calendar, for 2027, on the clock of Vienna.
fn read(body: &str) -> BusyRead {
    let text = format!("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//t//t//EN\n{}\nEND:VCALENDAR\n", body.trim());
    year(text.as_bytes(), "Europe/Vienna")
}

fn year(bytes: &[u8], zone: &str) -> BusyRead {
    busy(bytes, zone, day("2027-01-01"), day("2027-12-31"))
}

fn day(text: &str) -> Day {
    Day::iso(text).expect("a day")
}

/// An event with these lines.
fn event(lines: &str) -> String {
    format!("BEGIN:VEVENT\n{}\nEND:VEVENT\n", lines.trim())
}

fn intervals(read: &BusyRead) -> Vec<String> {
    read.intervals.iter().map(|i| format!("{}/{}", i.start, i.end)).collect()
}

fn days(read: &BusyRead) -> Vec<String> {
    read.days().iter().map(|s| format!("{}..{}", s.first, s.last)).collect()
}

#[track_caller]
fn times(lines: &str, expected: &[&str]) {
    assert_eq!(intervals(&read(&event(lines))), expected, "{lines}");
}

#[test]
fn whole_days_end_before_dtend() {
    let read = read(&event("UID:a\nSUMMARY:Leave\nDTSTART;VALUE=DATE:20270301\nDTEND;VALUE=DATE:20270306"));
    assert_eq!(intervals(&read), ["2027-03-01/2027-03-06"]);
    assert_eq!(days(&read), ["2027-03-01..2027-03-05"]);
    assert_eq!(read.busy[0].1, "Leave");
    assert!(read.warnings.is_empty());
}

#[test]
fn an_event_that_ends_at_midnight_leaves_that_day_free() {
    let late =
        read(&event("UID:a\nDTSTART;TZID=Europe/Vienna:20270301T200000\nDTEND;TZID=Europe/Vienna:20270302T000000"));
    assert_eq!(days(&late), ["2027-03-01..2027-03-01"]);
    let later =
        read(&event("UID:a\nDTSTART;TZID=Europe/Vienna:20270301T200000\nDTEND;TZID=Europe/Vienna:20270302T000100"));
    assert_eq!(days(&later), ["2027-03-01..2027-03-02"]);
}

#[test]
fn days_are_counted_on_the_home_clock() {
    // 23:30 in Vienna is the next day in Kathmandu.
    let text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:20270301T223000Z\nDTEND:20270301T224500Z\nEND:VEVENT\nEND:VCALENDAR";
    assert_eq!(days(&year(text.as_bytes(), "Europe/Vienna")), ["2027-03-01..2027-03-01"]);
    assert_eq!(days(&year(text.as_bytes(), "Asia/Kathmandu")), ["2027-03-02..2027-03-02"]);
    // Floating times are meant by the home clock, wherever it is.
    let floating = "BEGIN:VEVENT\nUID:a\nDTSTART:20270301T233000\nDTEND:20270301T234500\nEND:VEVENT";
    assert_eq!(days(&year(floating.as_bytes(), "Asia/Kathmandu")), ["2027-03-01..2027-03-01"]);
}

#[test]
fn what_is_free_takes_no_time_and_is_told() {
    let one = |lines: &str| read(&event(&format!("UID:a\nSUMMARY:X\nDTSTART;VALUE=DATE:20270301\n{lines}")));
    for (lines, why) in [
        ("TRANSP:TRANSPARENT", "transparent"),
        ("STATUS:CANCELLED", "cancelled"),
        ("X-MICROSOFT-CDO-BUSYSTATUS:FREE", "free"),
    ] {
        let read = one(lines);
        assert!(read.busy.is_empty(), "{lines}");
        assert_eq!(read.ignored.len(), 1, "{lines}");
        assert_eq!((read.ignored[0].summary.as_str(), read.ignored[0].why.as_str()), ("X", why));
    }
    for lines in ["STATUS:TENTATIVE", "TRANSP:OPAQUE", "X-MICROSOFT-CDO-BUSYSTATUS:OOF"] {
        assert_eq!(days(&one(lines)), ["2027-03-01..2027-03-01"], "{lines}");
    }
}

#[test]
fn declined_is_free_for_the_owner_only() {
    let text = event("UID:a\nDTSTART;VALUE=DATE:20270301\nATTENDEE;PARTSTAT=DECLINED:mailto:Ana@example.org");
    let read = |owner| busy_of(text.as_bytes(), "UTC", owner, day("2027-01-01"), day("2027-12-31"));
    assert_eq!(read("ana@example.org").ignored[0].why, "declined");
    assert_eq!(days(&read("bo@example.org")), ["2027-03-01..2027-03-01"]);
    assert_eq!(days(&read("")), ["2027-03-01..2027-03-01"]);
}

#[test]
fn ends_and_lengths() {
    times("UID:a\nDTSTART:20270301T090000Z\nDURATION:PT90M", &["2027-03-01T09:00:00Z/2027-03-01T10:30:00Z"]);
    times("UID:a\nDTSTART;VALUE=DATE:20270301\nDURATION:P1W", &["2027-03-01/2027-03-08"]);
    times("UID:a\nDTSTART;VALUE=DATE:20270301", &["2027-03-01/2027-03-02"]);
    times("UID:a\nDTSTART:20270301T090000Z", &["2027-03-01T09:00:00Z/2027-03-01T09:00:00Z"]);
    // The other way round, without a zone of its own, of no length.
    times("UID:a\nDTSTART:20270301T100000Z\nDTEND:20270301T090000Z", &["2027-03-01T09:00:00Z/2027-03-01T10:00:00Z"]);
    times(
        "UID:a\nDTSTART;TZID=America/New_York:20270301T090000\nDTEND:20270301T100000",
        &["2027-03-01T14:00:00Z/2027-03-01T15:00:00Z"],
    );
    let same = read(&event("UID:a\nDTSTART;VALUE=DATE:20270301\nDTEND;VALUE=DATE:20270301"));
    assert_eq!(days(&same), ["2027-03-01..2027-03-01"]);
    // A date though a time was announced, and a time though a date was.
    times("UID:a\nDTSTART;TZID=Europe/Vienna:20270301", &["2027-03-01/2027-03-02"]);
    times(
        "UID:a\nDTSTART;VALUE=DATE:20270301T090000\nDTEND;VALUE=DATE:20270301T100000",
        &["2027-03-01T09:00:00/2027-03-01T10:00:00"],
    );
    // Across the change of clock DURATION is exact.
    times(
        "UID:a\nDTSTART;TZID=Europe/Vienna:20270327T120000\nDURATION:PT24H",
        &["2027-03-27T11:00:00Z/2027-03-28T11:00:00Z"],
    );
    // An absurd length is cut at the end of the calendar and blocks to the end of what was asked.
    let endless = read(&event("UID:a\nDTSTART;VALUE=DATE:20270301\nDURATION:P1000000000W"));
    assert_eq!(days(&endless), ["2027-03-01..2027-12-31"]);
}

#[test]
fn zones_by_name() {
    for name in [
        "Europe/Berlin",
        "/Europe/Berlin",
        "/freeassociation.sourceforge.net/Europe/Berlin",
        "W. Europe Standard Time",
        "\"(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna\"",
    ] {
        let start = format!("UID:a\nDTSTART;TZID={name}:20270701T090000\nDTEND;TZID={name}:20270701T100000");
        times(&start, &["2027-07-01T07:00:00Z/2027-07-01T08:00:00Z"]);
    }
    // Vancouver has no winter time any more since November 2026: old zone data would say 17:00.
    times("UID:a\nDTSTART;TZID=America/Vancouver:20271201T090000", &["2027-12-01T16:00:00Z/2027-12-01T16:00:00Z"]);
}

const OWN_ZONE: &str = "BEGIN:VTIMEZONE
TZID:Our office
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0400
TZOFFSETTO:+0300
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0300
TZOFFSETTO:+0400
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
";

#[test]
fn a_zone_that_only_the_file_knows() {
    let at = |time: &str| event(&format!("UID:{time}\nDTSTART;TZID=Our office:{time}"));
    // The VTIMEZONE may stand behind the events.
    let body = format!("{}{}{OWN_ZONE}", at("20270115T120000"), at("20270715T120000"));
    assert_eq!(
        intervals(&read(&body)),
        ["2027-01-15T09:00:00Z/2027-01-15T09:00:00Z", "2027-07-15T08:00:00Z/2027-07-15T08:00:00Z"]
    );
    // The name is believed before the file's rules.
    let wrong =
        OWN_ZONE.replace("Our office", "Europe/Vienna") + &event("UID:a\nDTSTART;TZID=Europe/Vienna:20270115T120000");
    assert_eq!(intervals(&read(&wrong)), ["2027-01-15T11:00:00Z/2027-01-15T11:00:00Z"]);
    // Known to nobody: the home clock, with a word.
    let unknown = read(&event("UID:a\nDTSTART;TZID=Customized Time Zone 1:20270115T120000"));
    assert_eq!(intervals(&unknown), ["2027-01-15T12:00:00/2027-01-15T12:00:00"]);
    assert!(unknown.warnings[0].contains("Customized Time Zone 1"), "{:?}", unknown.warnings);
}

#[test]
fn x_wr_timezone_is_for_floating_times_only() {
    let body = "X-WR-TIMEZONE:America/New_York\n".to_owned()
        + &event("UID:a\nDTSTART:20270115T120000\nDTEND:20270115T130000")
        + &event("UID:b\nDTSTART:20270401T000000Z\nRRULE:FREQ=MONTHLY;COUNT=2");
    assert_eq!(
        intervals(&read(&body)),
        [
            "2027-01-15T17:00:00Z/2027-01-15T18:00:00Z",
            "2027-04-01T00:00:00Z/2027-04-01T00:00:00Z",
            "2027-05-01T00:00:00Z/2027-05-01T00:00:00Z"
        ]
    );
}

#[track_caller]
fn starts(rule: &str, start: &str, expected: &[&str]) {
    let read = read(&event(&format!("UID:a\nDTSTART;VALUE=DATE:{start}\n{rule}")));
    let days: Vec<&str> = read.intervals.iter().map(|i| i.start.as_str()).collect();
    assert_eq!(days, expected, "{rule}");
}

#[test]
fn rules_of_recurrence() {
    starts("RRULE:FREQ=DAILY;INTERVAL=10;COUNT=3", "20270301", &["2027-03-01", "2027-03-11", "2027-03-21"]);
    // What began long ago, counted and uncounted.
    starts("RRULE:FREQ=YEARLY", "19610412", &["2027-04-12"]);
    starts("RRULE:FREQ=DAILY;COUNT=20", "20261215", &["2027-01-01", "2027-01-02", "2027-01-03"]);
    starts(
        "RRULE:FREQ=WEEKLY;INTERVAL=20;BYDAY=TU,TH",
        "20261229",
        &["2027-05-18", "2027-05-20", "2027-10-05", "2027-10-07"],
    );
    starts("RRULE:FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20270331", "20270129", &["2027-01-29", "2027-02-26", "2027-03-26"]);
    starts("RRULE:FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3", "20270131", &["2027-01-31", "2027-02-28", "2027-03-31"]);
    starts("RRULE:FREQ=MONTHLY;COUNT=3", "20270131", &["2027-01-31", "2027-03-31", "2027-05-31"]);
    starts("RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2", "20270129", &["2027-01-29", "2027-02-26"]);
    starts("RRULE:FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO", "20270104", &["2027-01-04"]);
    starts("RRULE:FREQ=YEARLY;BYYEARDAY=-1", "20261231", &["2027-12-31"]);
    starts("RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "20201126", &["2027-11-25"]);
    starts("RRULE:FREQ=YEARLY;BYDAY=20MO", "19970519", &["2027-05-17"]);
    // The first start counts though its rule would not yield it.
    starts("RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20270310", "20270303", &["2027-03-03", "2027-03-08"]);
    // The week's first day decides which weeks every other week means (RFC 5545's own example).
    starts(
        "RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO",
        "20270105",
        &["2027-01-05", "2027-01-10", "2027-01-19", "2027-01-24"],
    );
    starts(
        "RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU",
        "20270105",
        &["2027-01-05", "2027-01-17", "2027-01-19", "2027-01-31"],
    );
    starts("RRULE:FREQ=DAILY;COUNT=4\nEXDATE;VALUE=DATE:20270302,20270303", "20270301", &["2027-03-01", "2027-03-04"]);
    starts("RDATE;VALUE=DATE:20270405,20270407", "20270301", &["2027-03-01", "2027-04-05", "2027-04-07"]);
    starts(
        "RRULE:FREQ=WEEKLY;COUNT=2\nRRULE:FREQ=DAILY;COUNT=2",
        "20270301",
        &["2027-03-01", "2027-03-02", "2027-03-08"],
    );
}

#[test]
fn series_keep_their_wall_time() {
    times(
        "UID:a\nDTSTART;TZID=Europe/Vienna:20270321T090000\nDTEND;TZID=Europe/Vienna:20270321T100000\nRRULE:FREQ=WEEKLY;COUNT=2",
        &["2027-03-21T08:00:00Z/2027-03-21T09:00:00Z", "2027-03-28T07:00:00Z/2027-03-28T08:00:00Z"],
    );
}

#[test]
fn until_in_its_three_forms() {
    let series = |until: &str| {
        read(&event(&format!("UID:a\nDTSTART;TZID=America/New_York:20270301T200000\nRRULE:FREQ=DAILY;UNTIL={until}")))
            .intervals
            .len()
    };
    assert_eq!(series("20270303"), 3);
    // 20:00 in New York on the third is 01:00 UTC on the fourth.
    assert_eq!(series("20270304T010000Z"), 3);
    assert_eq!(series("20270304T005959Z"), 2);
    // Without the Z it is read in UTC all the same, as the standard wants it there.
    assert_eq!(series("20270304T010000"), 3);
}

#[test]
fn exdates_of_another_kind_or_zone() {
    let head = "UID:a\nDTSTART;TZID=Europe/Vienna:20270301T090000\nRRULE:FREQ=DAILY;COUNT=3\n";
    for exdate in ["EXDATE:20270302T080000Z", "EXDATE;VALUE=DATE:20270302", "EXDATE;TZID=Asia/Tokyo:20270302T170000"] {
        times(
            &format!("{head}{exdate}"),
            &["2027-03-01T08:00:00Z/2027-03-01T08:00:00Z", "2027-03-03T08:00:00Z/2027-03-03T08:00:00Z"],
        );
    }
}

#[test]
fn periods_bring_their_own_length() {
    times(
        "UID:a\nDTSTART:20270301T090000Z\nDURATION:PT1H\nRDATE;VALUE=PERIOD:20270310T090000Z/PT3H,20270311T090000Z/20270311T110000Z",
        &[
            "2027-03-01T09:00:00Z/2027-03-01T10:00:00Z",
            "2027-03-10T09:00:00Z/2027-03-10T12:00:00Z",
            "2027-03-11T09:00:00Z/2027-03-11T11:00:00Z",
        ],
    );
}

#[test]
fn changed_instances() {
    let master = event("UID:a\nDTSTART;TZID=Europe/Vienna:20270301T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=4");
    let moved =
        event("UID:a\nRECURRENCE-ID:20270308T080000Z\nDTSTART;TZID=Europe/Vienna:20270309T140000\nDURATION:PT1H");
    let cancelled = event(
        "UID:a\nRECURRENCE-ID;TZID=Europe/Vienna:20270315T090000\nSTATUS:CANCELLED\nDTSTART;TZID=Europe/Vienna:20270315T090000",
    );
    // The order in the file does not matter.
    for body in [format!("{master}{moved}{cancelled}"), format!("{cancelled}{moved}{master}")] {
        assert_eq!(
            intervals(&read(&body)),
            [
                "2027-03-01T08:00:00Z/2027-03-01T09:00:00Z",
                "2027-03-09T13:00:00Z/2027-03-09T14:00:00Z",
                "2027-03-22T08:00:00Z/2027-03-22T09:00:00Z"
            ]
        );
    }
    let future = event(
        "UID:a\nRECURRENCE-ID;RANGE=THISANDFUTURE:20270315T080000Z\nDTSTART;TZID=Europe/Vienna:20270315T110000\nDURATION:PT2H",
    );
    assert_eq!(
        intervals(&read(&format!("{master}{future}"))),
        [
            "2027-03-01T08:00:00Z/2027-03-01T09:00:00Z",
            "2027-03-08T08:00:00Z/2027-03-08T09:00:00Z",
            "2027-03-15T10:00:00Z/2027-03-15T12:00:00Z",
            "2027-03-22T10:00:00Z/2027-03-22T12:00:00Z"
        ]
    );
}

#[test]
fn a_whole_day_replaced_by_a_moment() {
    let master = event("UID:a\nDTSTART;VALUE=DATE:20270301\nDTEND;VALUE=DATE:20270302\nRRULE:FREQ=WEEKLY;COUNT=2");
    for id in ["RECURRENCE-ID;TZID=W. Europe Standard Time:20270308T000000", "RECURRENCE-ID:20270307T230000Z"] {
        let moved = event(&format!("UID:a\n{id}\nDTSTART;VALUE=DATE:20270310\nDTEND;VALUE=DATE:20270311"));
        assert_eq!(
            intervals(&read(&format!("{master}{moved}"))),
            ["2027-03-01/2027-03-02", "2027-03-10/2027-03-11"],
            "{id}"
        );
    }
}

#[test]
fn of_two_with_one_uid_the_later_state_counts() {
    let state = |sequence: u32, stamp: &str, start: &str| {
        event(&format!("UID:a\nSEQUENCE:{sequence}\nDTSTAMP:{stamp}\nDTSTART;VALUE=DATE:{start}"))
    };
    let body = state(2, "20260101T000000Z", "20270302") + &state(1, "20260201T000000Z", "20270301");
    assert_eq!(days(&read(&body)), ["2027-03-02..2027-03-02"]);
    let body = state(1, "20260101T000000Z", "20270302") + &state(1, "20260201T000000Z", "20270301");
    assert_eq!(days(&read(&body)), ["2027-03-01..2027-03-01"]);
}

#[test]
fn one_broken_event_does_not_lose_the_others() {
    let good = |uid: &str, start: &str| event(&format!("UID:{uid}\nDTSTART;VALUE=DATE:{start}"));
    for broken in [
        event("UID:b\nSUMMARY:Odd\nDTSTART:whenever"),
        event("UID:b\nSUMMARY:Odd"),
        event("UID:b\nSUMMARY:Odd\nDTSTART:20270310T090000Z\nDTEND:None"),
        event("UID:b\nSUMMARY:Odd\nDTSTART:20270310T090000Z\nRDATE:2027T09,x"),
        event("UID:b\nSUMMARY:Odd\nDTSTART:20271310T090000Z"),
    ] {
        let read = read(&(good("a", "20270301") + &broken + &good("c", "20270303")));
        assert_eq!(days(&read), ["2027-03-01..2027-03-01", "2027-03-03..2027-03-03"], "{broken}");
        assert_eq!(read.ignored.len(), 1);
        assert_eq!(read.ignored[0].summary, "Odd");
        assert!(!read.warnings.is_empty());
    }
    // A line that is no property, a quote that never closes, an END that is missing, an alarm inside.
    for odd in ["a line of nothing", "X-A;B=\"c:d", "BEGIN:VALARM\nDTSTART:19700101T000000Z", ":::"] {
        let body = good("a", "20270301")
            + &format!("BEGIN:VEVENT\nUID:b\nDTSTART;VALUE=DATE:20270302\n{odd}\n")
            + &good("c", "20270303");
        assert_eq!(days(&read(&body)), ["2027-03-01..2027-03-03"], "{odd}");
    }
    // An unreadable rule: taken once, with a word.
    let odd_rule = read(&event("UID:a\nDTSTART;VALUE=DATE:20270301\nRRULE:FREQ=SOMETIMES"));
    assert_eq!(days(&odd_rule), ["2027-03-01..2027-03-01"]);
    assert_eq!(odd_rule.warnings.len(), 1);
    // A day that its month does not have is the day after the month's last.
    let thirtieth = read(&event("UID:a\nDTSTART:20270230T090000Z"));
    assert_eq!(days(&thirtieth), ["2027-03-02..2027-03-02"]);
    assert_eq!(thirtieth.warnings.len(), 1);
}

#[test]
fn files_of_every_make() {
    let text = "BEGIN:VCALENDAR\nVERSION:2.0\n\nBEGIN:VEVENT\nUID:a\nSUMMARY:Réunion\nDTSTART;VALUE=DATE:\n 20270301\n\nEND:VEVENT\nEND:VCALENDAR\nBEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:b\nDTSTART;VALUE=DATE:20270303\nEND:VEVENT\nEND:VCALENDAR";
    let utf16 = |big: bool| {
        let mut bytes = if big { vec![0xFE, 0xFF] } else { vec![0xFF, 0xFE] };
        for unit in text.encode_utf16() {
            bytes.extend(if big { unit.to_be_bytes() } else { unit.to_le_bytes() });
        }
        bytes
    };
    let latin: Vec<u8> = text.chars().map(|c| c as u8).collect();
    let bom = [&[0xEF, 0xBB, 0xBF], text.as_bytes()].concat();
    let bare = "BEGIN:VEVENT\nUID:a\nSUMMARY:Réunion\nDTSTART;VALUE=DATE:20270301\nEND:VEVENT\nbegin:vevent\nUID:b\ndtstart;value=date:20270303\nend:vevent";
    let unended = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:b\nDTSTART;VALUE=DATE:20270303\nEND:VEVENT\nBEGIN:VEVENT\nUID:a\nSUMMARY:Réunion\nDTSTART;VALUE=DATE:20270301";
    for bytes in [
        text.as_bytes().to_vec(),
        text.replace('\n', "\r\n").into_bytes(),
        text.replace('\n', "\r").into_bytes(),
        bom,
        utf16(true),
        utf16(false),
        latin,
        bare.as_bytes().to_vec(),
        unended.as_bytes().to_vec(),
    ] {
        let read = year(&bytes, "UTC");
        assert_eq!(days(&read), ["2027-03-01..2027-03-01", "2027-03-03..2027-03-03"]);
        assert_eq!(read.busy[0].1, "Réunion");
    }
    let nothing = year(b"id,name\n1,x\n", "UTC");
    assert!(nothing.busy.is_empty() && nothing.warnings[0].contains("not a calendar"));
}

#[test]
fn free_busy_files_count() {
    let body = "BEGIN:VFREEBUSY\nFREEBUSY;FBTYPE=BUSY:20270301T090000Z/PT2H,20270302T090000Z/20270302T100000Z\nFREEBUSY;FBTYPE=FREE:20270310T090000Z/PT2H\nEND:VFREEBUSY";
    assert_eq!(
        intervals(&read(body)),
        ["2027-03-01T09:00:00Z/2027-03-01T11:00:00Z", "2027-03-02T09:00:00Z/2027-03-02T10:00:00Z"]
    );
}

#[test]
fn the_work_is_bounded() {
    let clock = std::time::Instant::now();
    let mut body = String::new();
    for (i, rule) in [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;UNTIL=70060101T000000Z",
        "FREQ=SECONDLY;COUNT=4000000000",
        "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYHOUR=0,1,2,3,4,5;BYMINUTE=0,1,2,3,4,5,6,7,8,9;BYSECOND=0,1,2,3,4,5,6,7,8,9;COUNT=999999999",
    ]
    .iter()
    .enumerate()
    {
        body += &event(&format!("UID:{i}\nDTSTART:20270601T090000Z\nRRULE:{rule}"));
    }
    let read = read(&body);
    assert!(clock.elapsed().as_secs() < 5, "{:?}", clock.elapsed());
    // What recurs within every day takes every day.
    assert_eq!(days(&read), ["2027-06-01..2027-12-31"]);
    assert!(read.warnings.iter().any(|w| w.contains("too often")), "{:?}", read.warnings);
}

#[test]
fn titles_are_unescaped() {
    let read =
        read(&event("UID:a\nSUMMARY:Madrid\\, then Rome\\; notes:\\nsee \\\\ there\nDTSTART;VALUE=DATE:20270301"));
    assert_eq!(read.busy[0].1, "Madrid, then Rome; notes:\nsee \\ there");
}
