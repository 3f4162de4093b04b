//! What the calendars say, and in which form.

use super::lint::{Component, clean, unescape};
use super::office::{Desk, demo, whole_days};
use docent::export::adopt::adopt;
use docent::export::ics::edition::Edition;
use docent::export::ics::{Export, Marker, Task, render};
use docent::plan::Status;
use docent::programme::Programme;
use docent::programme::day::Day;
use docent::programme::policy::Hours;
use docent::read::plan_file::{Date, Member, PlanFile, Word};
use jiff::tz::TimeZoneDatabase;
use rand::SeedableRng;
use rand_pcg::Pcg64Mcg;

fn desk(programme: &Programme, sessions: usize) -> PlanFile {
    Desk::new(programme, &mut Pcg64Mcg::seed_from_u64(7), sessions).plan(programme)
}

fn export(programme: &Programme, history: &[Edition]) -> Export {
    render(&Task { programme, history, tombstones: true, since: None })
}

fn file(export: &Export, path: &str) -> Vec<u8> {
    let found = export.files.iter().find(|f| f.path == path);
    found
        .unwrap_or_else(|| panic!("{path} among {:?}", export.files.iter().map(|f| &f.path).collect::<Vec<_>>()))
        .bytes()
}

fn text(export: &Export, path: &str) -> String {
    String::from_utf8(file(export, path)).expect("UTF-8")
}

/// Every calendar of an export, read strictly.
fn calendars(export: &Export) -> Vec<(&str, Component)> {
    let ics = export.files.iter().filter(|f| f.path.ends_with(".ics"));
    ics.map(|f| (f.path.as_str(), clean(&f.path, &f.bytes()))).collect()
}

fn event<'c>(calendar: &'c Component, uid: &str) -> &'c Component {
    calendar.inside.iter().find(|e| e.value("UID") == uid).unwrap_or_else(|| panic!("no {uid}"))
}

/// One session of the demo, as we want it.
fn one(programme: &Programme) -> PlanFile {
    let mut plan = desk(programme, 1);
    let session = &mut plan.sessions[0];
    session.id = "S-R001".into();
    session.requests = vec!["R001".into()];
    session.status = Word(Status::Confirmed);
    (session.start, session.end) = (date("2027-03-01"), date("2027-03-05"));
    let team = session.team[0].trainer.clone();
    session.team = vec![Member { trainer: team.clone(), role: session.team[0].role }];
    plan.missions.truncate(1);
    plan.missions[0].trainer = team;
    plan.missions[0].sessions = vec!["S-R001".into()];
    (plan.missions[0].depart, plan.missions[0].back) = (date("2027-02-27"), date("2027-03-06"));
    plan
}

fn date(text: &str) -> Date {
    Date(Day::iso(text).expect("a day"))
}

#[test]
fn a_session_says_what_people_need() {
    let mut programme = whole_days();
    let plan = one(&programme);
    let (course, place) = (plan.sessions[0].course.clone(), plan.sessions[0].place.clone());
    for c in programme.courses.ids() {
        if programme.courses[c].id == course {
            programme.courses[c].title = "Financing; of terrorism, part\\1".into();
        }
    }
    for p in programme.places.ids() {
        if programme.places[p].id == place {
            programme.places[p].position = Some((14.6937, -17.44406));
            programme.places[p].lead_days = 20;
        }
    }
    let adopted = adopt(&programme, None, &plan, Day::iso("2027-01-20").expect("a day"));
    let export = export(&programme, &[Edition::of(&programme, &adopted)]);
    let calendar = clean("programme", &file(&export, "programme.ics"));
    let uid = &adopted.sessions[0].calendar.as_ref().expect("an entry").uid;
    let event = event(&calendar, uid);
    for (name, value) in [
        ("DTSTART", "20270301"),
        ("DTEND", "20270306"),
        ("DTSTAMP", "20270120T000000Z"),
        ("LAST-MODIFIED", "20270120T000000Z"),
        ("SEQUENCE", "0"),
        ("STATUS", "CONFIRMED"),
        ("TRANSP", "OPAQUE"),
        ("GEO", "14.693700;-17.444060"),
    ] {
        assert_eq!(event.value(name), value, "{name}");
    }
    assert!(unescape(event.value("SUMMARY")).starts_with("Financing; of terrorism, part\\1, "));
    let description = unescape(event.value("DESCRIPTION"));
    let trainer = programme.trainers.values().find(|t| t.id == adopted.sessions[0].team[0].trainer).expect("a trainer");
    let request = programme.requests.values().find(|r| r.id == "R001").expect("a request");
    for part in [
        "Session: S-R001 (confirmed)".to_string(),
        format!("Team: {} (lead)", trainer.name),
        format!("Participants: {}", request.participants),
        "Days: 2027-03-01 to 2027-03-05".to_string(),
        format!("Course: {course} "),
        "R001: ".to_string(),
    ] {
        assert!(description.contains(&part), "{part} in {description}");
    }
    // The trainer's own file also has the days on the way, which nobody may book.
    let own = clean("trainer", &file(&export, &format!("trainers/{}.ics", trainer.id)));
    let spans: Vec<(&str, &str, &str)> =
        own.inside.iter().map(|e| (e.value("DTSTART"), e.value("DTEND"), e.value("TRANSP"))).collect();
    assert_eq!(
        spans,
        [("20270227", "20270301", "OPAQUE"), ("20270301", "20270306", "OPAQUE"), ("20270306", "20270307", "OPAQUE")]
    );
    // Tickets 16 days before the mission, approvals by the place's lead.
    let deadlines = clean("deadlines", &file(&export, "deadlines.ics"));
    let days: Vec<(&str, &str)> = deadlines.inside.iter().map(|e| (e.value("DTSTART"), e.value("TRANSP"))).collect();
    assert_eq!(days, [("20270209", "TRANSPARENT"), ("20270211", "TRANSPARENT")]);
    assert!(deadlines.inside[0].value("SUMMARY").starts_with("Host approval"));
    assert!(deadlines.inside[1].value("SUMMARY").starts_with("Tickets"));
}

#[test]
fn everybody_has_a_file_and_the_index_lists_it() {
    let programme = whole_days();
    let plan = desk(&programme, 20);
    let export = export(&programme, &[Edition::of(&programme, &plan)]);
    let all = calendars(&export);
    let index = text(&export, "index.html");
    for (path, _) in &all {
        assert!(index.contains(&format!("href=\"{path}\"")), "{path}");
    }
    for session in &plan.sessions {
        let mut paths = vec!["programme.ics".to_string()];
        paths.push(format!("places/{}.ics", session.place));
        paths.push(format!("courses/{}.ics", session.course));
        paths.extend(session.charges.iter().map(|c| format!("funds/{}.ics", c.fund)));
        paths.extend(session.team.iter().map(|m| format!("trainers/{}.ics", m.trainer)));
        let place = programme.places.values().find(|p| p.id == session.place).expect("a place");
        paths.extend(place.region.map(|r| format!("regions/{}.ics", programme.regions[r].id)));
        for r in &session.requests {
            let request = programme.requests.values().find(|q| q.id == *r).expect("a request");
            let country = programme.places[request.place].country;
            paths.push(format!("countries/{}.ics", programme.countries[country].id));
        }
        let whole = clean("programme", &file(&export, "programme.ics"));
        let own = whole
            .inside
            .iter()
            .find(|e| unescape(e.value("DESCRIPTION")).starts_with(&format!("Session: {} ", session.id)))
            .expect("the session's event");
        for path in paths {
            let calendar = clean(&path, &file(&export, &path));
            let there = event(&calendar, own.value("UID"));
            assert_eq!(format!("{:?}", there.lines), format!("{:?}", own.lines), "the same in every file");
        }
    }
}

#[test]
fn a_proposal_is_tentative() {
    let programme = whole_days();
    let plan = desk(&programme, 10);
    let proposal = export(&programme, &[Edition::of(&programme, &plan)]);
    let calendar = clean("programme", &file(&proposal, "programme.ics"));
    for event in &calendar.inside {
        assert_eq!((event.value("STATUS"), event.value("SEQUENCE")), ("TENTATIVE", "0"));
        assert_eq!(event.value("DTSTAMP"), "20270215T000000Z", "the day as of which the plan is made");
    }
    // Adopting gives the same UIDs: what was imported is updated.
    let adopted = adopt(&programme, None, &plan, Day::iso("2027-03-01").expect("a day"));
    let adopted = export(&programme, &[Edition::of(&programme, &adopted)]);
    let uids = |e: &Export| {
        let calendar = clean("programme", &file(e, "programme.ics"));
        calendar.inside.iter().map(|e| e.value("UID").to_string()).collect::<Vec<_>>()
    };
    assert_eq!(uids(&proposal), uids(&adopted));
}

#[test]
fn hours_are_written_on_the_places_clock() {
    let programme = demo();
    let plan = one(&programme);
    let export = export(&programme, &[Edition::of(&programme, &plan)]);
    let calendar = clean("programme", &file(&export, "programme.ics"));
    let place = programme.places.values().find(|p| p.id == plan.sessions[0].place).expect("a place");
    let events: Vec<&Component> = calendar.inside.iter().filter(|c| c.name == "VEVENT").collect();
    let working = Day::iso("2027-03-01").expect("a day").to(Day::iso("2027-03-05").expect("a day"));
    assert_eq!(events.len(), working.filter(|d| !place.week.rests(*d)).count(), "one event a session day");
    for event in events {
        assert!(event.value("DTSTART").contains("T090000") && event.value("DTEND").contains("T170000"));
    }
}

#[test]
fn every_zone_of_the_world_in_a_form_that_programs_read() {
    // The lint compares the VTIMEZONE with the zone itself at every time that is used.
    let mut programme = demo();
    programme.hours = Some(Hours { start: 5 * 60, end: 23 * 60 + 30 });
    let mut plan = one(&programme);
    (plan.sessions[0].start, plan.sessions[0].end) = (date("2027-01-11"), date("2027-12-17"));
    plan.missions.clear();
    let place = programme.places.ids().find(|p| programme.places[*p].id == plan.sessions[0].place).expect("a place");
    let (mut ruled, mut listed) = (0, Vec::new());
    for name in TimeZoneDatabase::bundled().available() {
        programme.places[place].timezone = name.as_str().to_string();
        let export = export(&programme, &[Edition::of(&programme, &plan)]);
        let calendar = clean(name.as_str(), &file(&export, "programme.ics"));
        let zone = calendar.inside.iter().find(|c| c.name == "VTIMEZONE");
        match zone.map(|z| z.inside.len()) {
            Some(3..) => listed.push(name.as_str().to_string()),
            _ => ruled += 1,
        }
    }
    assert!(ruled > 400, "{ruled}");
    // One year can be told by yearly rules nearly everywhere.
    assert!(listed.len() < 12, "{listed:?}");
}

#[test]
fn zones_over_several_years() {
    let mut programme = demo();
    for name in [
        "Africa/Casablanca",
        "America/Vancouver",
        "Asia/Jerusalem",
        "Africa/Cairo",
        "Europe/Dublin",
        "Pacific/Auckland",
    ] {
        let mut plan = one(&programme);
        (plan.sessions[0].start, plan.sessions[0].end) = (date("2025-06-02"), date("2028-12-15"));
        plan.missions.clear();
        let place =
            programme.places.ids().find(|p| programme.places[*p].id == plan.sessions[0].place).expect("a place");
        programme.places[place].timezone = name.to_string();
        let export = export(&programme, &[Edition::of(&programme, &plan)]);
        clean(name, &file(&export, "programme.ics"));
    }
}

#[test]
fn all_scripts_fold_and_come_back() {
    let mut programme = whole_days();
    let title = "مكافحة تمويل الإرهاب: دورة تدريبية للمدعين العامين والقضاة، 反恐融资法律培训课程检察官与法官, \
                 Противодействие финансированию терроризма; курс для прокуроров и судей \\ 👩🏽‍⚖️";
    for c in programme.courses.ids() {
        programme.courses[c].title = title.into();
    }
    for t in programme.trainers.ids() {
        programme.trainers[t].name = format!("{title}\r\nATTENDEE:mailto:nobody@example.org\u{7}");
    }
    programme.name = title.into();
    let plan = desk(&programme, 12);
    let export = export(&programme, &[Edition::of(&programme, &plan)]);
    for (path, calendar) in calendars(&export) {
        for event in calendar.inside.iter().filter(|e| !path.starts_with("deadlines") && e.value("SUMMARY").len() > 200)
        {
            assert!(unescape(event.value("SUMMARY")).starts_with(title), "{path}");
        }
        let name = calendar.value("NAME");
        assert!(name.is_empty() || unescape(name).starts_with(title), "{path}");
    }
}

#[test]
fn withdrawn_sessions_stay_as_cancelled() {
    let programme = whole_days();
    let today = |d: i32| programme.start + d;
    let plan = desk(&programme, 6);
    let first = adopt(&programme, None, &plan, today(0));
    let gone = first.sessions[2].clone();
    let mut fewer = plan.clone();
    fewer.sessions.retain(|s| s.id != gone.id);
    for m in &mut fewer.missions {
        m.sessions.retain(|s| *s != gone.id);
    }
    fewer.missions.retain(|m| !m.sessions.is_empty());
    let second = adopt(&programme, Some(&first), &fewer, today(5));
    let history = [Edition::of(&programme, &first), Edition::of(&programme, &second)];
    let uid = &gone.calendar.as_ref().expect("an entry").uid;
    let trainer = format!("trainers/{}.ics", gone.team[0].trainer);
    let with = export(&programme, &history);
    for path in ["programme.ics", &trainer] {
        let calendar = clean(path, &file(&with, path));
        let event = event(&calendar, uid);
        assert_eq!(
            (event.value("STATUS"), event.value("SEQUENCE"), event.value("TRANSP")),
            ("CANCELLED", "1", "TRANSPARENT")
        );
        assert!(event.value("SUMMARY").starts_with("Cancelled: "));
    }
    // The days on the way to it, and its deadlines, are off, too.
    let cancelled = |path: &str, what: &str| {
        let calendar = clean(path, &file(&with, path));
        calendar.inside.iter().filter(|e| e.value("SUMMARY").starts_with(&format!("Cancelled: {what}"))).count()
    };
    let alone = first.missions.iter().find(|m| m.sessions == [gone.id.clone()]).expect("a mission of its own");
    assert!(alone.depart.0 < gone.start.0, "days on the way");
    assert!(cancelled(&format!("trainers/{}.ics", alone.trainer), "Travel to ") > 0);
    assert!(cancelled("deadlines.ics", "Tickets") > 0);
    let feed = render(&Task { programme: &programme, history: &history, tombstones: false, since: None });
    let calendar = clean("feed", &file(&feed, "programme.ics"));
    assert!(calendar.inside.iter().all(|e| e.value("UID") != uid.as_str()));
    // Without the earlier revisions the plan file's own record is enough for the sessions.
    let forgetful = export(&programme, &history[1..]);
    let calendar = clean("forgetful", &file(&forgetful, "programme.ics"));
    assert_eq!(event(&calendar, uid).value("SEQUENCE"), "1");
}

#[test]
fn since_a_revision_only_what_changed_and_a_letter_each() {
    let programme = whole_days();
    let plan = desk(&programme, 8);
    let first = adopt(&programme, None, &plan, programme.start);
    // The second moves one session by a week and withdraws another; the third adds nothing.
    let mut changed = plan.clone();
    let moved = changed.sessions[1].id.clone();
    let gone = changed.sessions[4].id.clone();
    for s in changed.sessions.iter_mut().filter(|s| s.id == moved) {
        (s.start, s.end) = (Date(s.start.0 + 7), Date(s.end.0 + 7));
    }
    changed.sessions.retain(|s| s.id != gone);
    for m in &mut changed.missions {
        m.sessions.retain(|s| *s != gone);
        if m.sessions.contains(&moved) {
            (m.depart, m.back) = (Date(m.depart.0 + 7), Date(m.back.0 + 7));
        }
    }
    changed.missions.retain(|m| !m.sessions.is_empty());
    let second = adopt(&programme, Some(&first), &changed, programme.start + 3);
    let third = adopt(&programme, Some(&second), &changed, programme.start + 4);
    let history: Vec<Edition> = [&first, &second, &third].map(|p| Edition::of(&programme, p)).to_vec();
    let export =
        |since| render(&Task { programme: &programme, history: &history, tombstones: true, since: Some(since) });
    let news = export(1);
    let calendar = clean("programme", &file(&news, "programme.ics"));
    let mut told: Vec<(String, &str)> =
        calendar.inside.iter().map(|e| (e.value("UID").to_string(), e.value("STATUS"))).collect();
    told.sort();
    let uid = |plan: &PlanFile, id: &str| {
        let session = plan.sessions.iter().find(|s| s.id == id).expect("a session");
        session.calendar.as_ref().expect("an entry").uid.clone()
    };
    let mut expected = vec![(uid(&first, &moved), "CONFIRMED"), (uid(&first, &gone), "CANCELLED")];
    expected.sort();
    assert_eq!(told, expected);
    let letter = |id: &str| {
        let session = first.sessions.iter().find(|s| s.id == id).expect("a session");
        text(&news, &format!("digests/{}.txt", session.team[0].trainer))
    };
    assert!(letter(&moved).contains("\nMoved\n") && letter(&moved).contains("before: "));
    assert!(letter(&gone).contains("Cancelled for you"), "{}", letter(&gone));
    let touched: Vec<&String> = first
        .sessions
        .iter()
        .filter(|s| s.id == moved || s.id == gone)
        .flat_map(|s| &s.team)
        .map(|m| &m.trainer)
        .collect();
    for f in news.files.iter().filter(|f| f.path.starts_with("digests/")) {
        assert!(touched.iter().any(|t| f.path == format!("digests/{t}.txt")), "{} has nothing to tell", f.path);
    }
    // Since the second nothing.
    let nothing = export(2);
    assert_eq!(nothing.calendars, 0);
    assert!(nothing.files.iter().all(|f| !f.path.starts_with("digests/")));
}

#[test]
fn large_calendars_are_split_by_quarter() {
    let mut programme = whole_days();
    let many = super::office::many(&mut programme, 3_000);
    let export = export(&programme, &[Edition::of(&programme, &many)]);
    let parts: Vec<&str> =
        export.files.iter().map(|f| f.path.as_str()).filter(|p| p.starts_with("programme")).collect();
    assert!(parts.contains(&"programme-2027-Q1.ics") && parts.len() >= 4, "{parts:?}");
    let events: usize = parts.iter().map(|p| clean(p, &file(&export, p)).inside.len()).sum();
    assert_eq!(events, 3_000);
    assert!(export.files.iter().all(|f| f.bytes().len() < 1_000_000));
}

#[test]
fn the_note_in_the_folder_refuses_what_would_lose_something() {
    let programme = whole_days();
    let plan = desk(&programme, 3);
    let adopted = adopt(&programme, None, &plan, programme.start);
    let exported = export(&programme, &[Edition::of(&programme, &adopted)]);
    let marker = Marker::read(&file(&exported, docent::export::ics::MARKER)).expect("a note");
    assert_eq!((marker.revision, marker.since), (Some(1), None));
    assert!(marker.files.contains(&"programme.ics".to_string()) && marker.files.contains(&"index.html".to_string()));
    let name = programme.name.as_str();
    assert_eq!(marker.objection(name, Some(1), None), None);
    assert_eq!(marker.objection(name, Some(2), None), None);
    assert!(marker.objection(name, None, None).is_some_and(|w| w.contains("proposal")));
    assert!(marker.objection("Another", Some(2), None).is_some());
    assert!(marker.objection(name, Some(2), Some(1)).is_some());
    let third = Marker { revision: Some(3), ..marker };
    assert!(third.objection(name, Some(2), None).is_some_and(|w| w.contains("older")));
    assert_eq!(Marker::read(b"{}"), None);
}
