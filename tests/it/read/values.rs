//! What tables become: defaults, the atlas, filters, fares, money.

use super::Scratch;
use docent::programme::Programme;
use docent::programme::id::{Dense, PlaceId, RequestId};
use docent::programme::money::{Cents, Micro, MicroCents};
use docent::programme::people::Role;
use docent::programme::places::Leg;
use docent::programme::policy::{Coverage, StartDays};
use docent::read;

/// data/broken/sound with these files instead of its own; `extra` is added to programme.toml.
fn programme(extra: &str, files: &[(&str, &str)]) -> Programme {
    let scratch = Scratch::of("broken/sound");
    let settings = std::fs::read_to_string(scratch.path().join("programme.toml")).expect("settings");
    scratch.write("programme.toml", format!("{}\n{extra}", settings.replace("fare_base = 100\n", "")));
    for (name, text) in files {
        scratch.write(name, text);
    }
    let loaded = read::load(scratch.path(), &[]);
    assert_eq!(loaded.findings, [], "no finding");
    loaded.programme.expect("a programme without errors")
}

fn place(p: &Programme, id: &str) -> PlaceId {
    p.places.iter().find(|(_, place)| place.id == id).map_or_else(|| panic!("no place {id}"), |(id, _)| id)
}

/// The places that pass, by id.
fn passing(p: &Programme, set: &Dense<PlaceId, bool>) -> Vec<String> {
    p.places.iter().filter(|(id, _)| set[*id]).map(|(_, place)| place.id.clone()).collect()
}

#[test]
fn blank_is_the_default() {
    let p = programme("", &[]);
    assert_eq!((p.rules.lead_days, p.rules.rest_days, p.rules.max_days_away), (0, 2, 21));
    assert_eq!((p.rules.after_gap_days, p.rules.country_gap_days, p.rules.chain_missions), (14, None, true));
    assert_eq!((p.rules.start_weekdays, p.rules.reserve), (StartDays::Any, Micro(0)));
    assert_eq!((p.objective.order.is_none(), p.objective.coverage), (true, Coverage::Participants));
    assert_eq!((p.preferences.language_rank, p.preferences.trainer_used), (Micro::ONE, Micro(0)));
    assert_eq!((p.hours, p.as_of), (None, None));
    let course = p.courses.values().next().expect("a course");
    assert_eq!((course.leads, course.co_trainers, course.min_participants, course.max_participants), (1, 0, 1, None));
    let request = p.requests.values().next().expect("a request");
    assert_eq!((request.interpretation, request.must, request.shared), (true, false, true));
    assert_eq!(
        (request.priority, request.points, &request.hosts),
        (Micro::ONE, Micro(20_000_000), &vec![request.place])
    );
    let trainer = p.trainers.values().next().expect("a trainer");
    assert_eq!((trainer.max_days_away, trainer.rest_days, trainer.max_days), (21, 2, None));
    let fund = p.funds.values().next().expect("a fund");
    assert_eq!((fund.currency.as_str(), fund.in_kind, fund.pledged, fund.covers), ("USD", false, false, [true; 7]));
    assert_eq!(fund.has, MicroCents(5_000_000_000_000));
}

#[test]
fn the_atlas_fills_what_places_leave_blank() {
    let p =
        programme("", &[("places.csv", "id,country,name,weekend\nDKR,SEN,,\nTHIES,SEN,Thiès,none\nNOWHERE,X1,,\n")]);
    let (dakar, thies, nowhere, atlas) = (place(&p, "DKR"), place(&p, "THIES"), place(&p, "NOWHERE"), place(&p, "SEN"));
    let (d, t, n, a) = (&p.places[dakar], &p.places[thies], &p.places[nowhere], &p.places[atlas]);
    assert_eq!((d.name.as_str(), d.timezone.as_str(), d.position), ("Dakar", "Africa/Dakar", a.position));
    assert!(d.position.is_some() && d.region == a.region && d.country == a.country && d.week == a.week);
    assert_eq!((t.name.as_str(), t.week.none(), t.listed, a.listed), ("Thiès", true, true, false));
    assert_eq!((n.name.as_str(), n.timezone.as_str(), n.position, n.region), ("NOWHERE", "UTC", None, None));
    assert_eq!(n.week.0, [false, false, false, false, false, true, true]);
    assert_eq!(d.region.map(|r| p.regions[r].name.as_str()), Some("Western Africa"));
    // Rows first, in their order; then the atlas's, by id.
    let ids: Vec<&str> = p.places.values().map(|p| p.id.as_str()).collect();
    assert_eq!(ids, ["DKR", "THIES", "NOWHERE", "AUT", "KEN", "SEN"]);
}

#[test]
fn regions_as_hosts_and_as_filters() {
    let p = programme(
        "",
        &[
            ("places.csv", "id,country,online\nDKR,SEN,\nABJ,CIV,no\nWEB,SEN,yes\n"),
            ("requests.csv", "id,course,place,participants,languages,hosts\nR1,MLA,SEN,20,fr,western-africa;KEN\n"),
            (
                "funds.csv",
                "id,donor,amount,hosts,regions,countries\nF1,A,1,western-africa,,\nF2,B,1,ABJ,,\nF3,C,1,,western-africa,CIV\nF4,D,1,,eastern-africa,\n",
            ),
        ],
    );
    let hosts: Vec<&str> = p.requests.values().flat_map(|r| &r.hosts).map(|h| p.places[*h].id.as_str()).collect();
    assert_eq!(hosts, ["DKR", "ABJ", "KEN"]);
    let funds: Vec<_> = p.funds.values().collect();
    assert_eq!(passing(&p, &funds[0].hosts), ["DKR", "ABJ", "WEB", "SEN"]);
    assert_eq!(passing(&p, &funds[1].hosts), ["ABJ"]);
    assert_eq!(passing(&p, &funds[2].officials), ["ABJ"]);
    assert_eq!(passing(&p, &funds[3].officials), ["KEN"]);
}

#[test]
fn the_most_exact_interpretation_wins() {
    let rows = "where,from,to,cost_day\n*,en,fr,100\nwestern-africa,en,fr,200\nSEN,en,fr,300\nTHIES,en,fr,400\nKEN,fr,en,500\n";
    let p = programme("", &[("places.csv", "id,country\nTHIES,SEN\nABJ,CIV\nDKR,SEN\n"), ("interpretation.csv", rows)]);
    let language = |code: &str| p.languages.iter().find(|(_, l)| *l == code).map(|(id, _)| id).expect("a language");
    let (en, fr) = (language("en"), language("fr"));
    let price = |id, from, to| p.interpreters(place(&p, id), from, to).map(|i| p.interpretation[i].cost_day.0 / 100);
    let found = ["THIES", "DKR", "SEN", "ABJ", "AUT"].map(|id| price(id, en, fr));
    assert_eq!(found, [Some(400), Some(300), Some(300), Some(200), Some(100)]);
    assert_eq!((price("KEN", fr, en), price("AUT", fr, en)), (Some(500), None));
}

#[test]
fn holidays_by_everything_region_country_and_place() {
    let rows = "where,date,until,kind,name\n*,2027-05-01,,,Labour Day\nwestern-africa,2027-02-01,2027-02-03,avoid,\nSEN,2027-04-04,,closed,National Day\nDKR,2027-03-01,2027-03-02,,\n";
    let p = programme("", &[("places.csv", "id,country\nDKR,SEN\nABJ,CIV\n"), ("holidays.csv", rows)]);
    let closed = |id| {
        let all = &p.places[place(&p, id)].closed;
        all.iter().map(|(s, name)| format!("{} {name}", s.first)).collect::<Vec<_>>()
    };
    assert_eq!(closed("DKR"), ["2027-03-01 ", "2027-04-04 National Day", "2027-05-01 Labour Day"]);
    assert_eq!(closed("SEN"), ["2027-04-04 National Day", "2027-05-01 Labour Day"]);
    assert_eq!(closed("ABJ"), ["2027-05-01 Labour Day"]);
    assert_eq!((p.places[place(&p, "ABJ")].avoid.len(), p.places[place(&p, "KEN")].avoid.len()), (1, 0));
}

#[test]
fn fares_by_row_and_by_distance() {
    let fares = "fare_base = 150\nfare_per_km = 0.11\nkm_per_day = 9000\nfree_km = 300\n";
    let rows = "from,to,fare,days\nAUT,SEN,340.50,2\nKEN,SEN,700,1\nSEN,KEN,650,\n";
    let requests = "id,course,place,participants,languages\nR1,MLA,SEN,20,fr\nR2,CFT,KEN,15,en\nR3,CFT,FJI,15,en\nR4,CFT,SVK,9,en\n";
    let p = programme(fares, &[("travel.csv", rows), ("requests.csv", requests)]);
    let leg = |a, b| p.travel.leg(place(&p, a), place(&p, b)).map(|l| (l.fare.0, l.days));
    assert_eq!((leg("AUT", "SEN"), leg("SEN", "AUT")), (Some((34_050, 2)), Some((34_050, 2))));
    assert_eq!((leg("KEN", "SEN"), leg("SEN", "KEN")), (Some((70_000, 1)), Some((65_000, 0))));
    // 5847.1457 km, 18280.4227 km and 54.8789 km.
    assert_eq!((leg("AUT", "KEN"), leg("KEN", "AUT")), (Some((79_319, 1)), Some((79_319, 1))));
    assert_eq!((leg("SEN", "FJI"), leg("AUT", "SVK")), (Some((216_085, 3)), Some((15_604, 0))));
    assert_eq!(p.travel.leg(place(&p, "KEN"), place(&p, "KEN")), Some(Leg { fare: Cents(0), days: 0 }));
}

#[test]
fn money_converts_once_and_is_exact() {
    let settings = "[rates]\nEUR = 1.5\n\n[rules]\nreserve = 0.025\n";
    let funds = "id,donor,amount,currency,spent,spend_at_least,overhead\nF1,A,0.03,EUR,0.01,,0.13\nF2,B,1000.01,,0.02,975,\nF3,C,5,,7,,\n";
    let scratch = Scratch::of("broken/sound");
    let own = std::fs::read_to_string(scratch.path().join("programme.toml")).expect("settings");
    scratch.write("programme.toml", format!("{own}\n{settings}"));
    scratch.write("funds.csv", funds);
    let loaded = read::load(scratch.path(), &[]);
    assert_eq!(loaded.findings.iter().map(|f| f.code).collect::<Vec<_>>(), ["overspent"]);
    let p = loaded.programme.expect("no error");
    let funds: Vec<_> = p.funds.values().collect();
    // 0.045 and 0.015, each rounded half up.
    assert_eq!((funds[0].amount, funds[0].spent, funds[0].overhead), (Cents(5), Cents(2), Micro(130_000)));
    assert_eq!(funds[0].has, MicroCents(3 * 975_000));
    assert_eq!((funds[1].has, funds[1].spend_at_least), (MicroCents(99_999 * 975_000), Some(Cents(97_500))));
    assert_eq!(funds[2].has, MicroCents(0));
}

#[test]
fn roles_languages_and_absences_of_trainers() {
    let p = programme(
        "",
        &[
            (
                "trainers.csv",
                "id,name,home,languages,courses,max_days_away,rest_days,barred,tags\nT1,A,AUT,en;fr:assist;en:assist,MLA:co;CFT,10,0,,x;y;x\nT2,B,KEN,fr,,,,SEN;eastern-africa,\n",
            ),
            ("qualifications.csv", "trainer,course,role\nT1,MLA,lead\nT1,CFT,co\nT2,MLA,co\n"),
            ("absences.csv", "trainer,from,to,reason\nT2,2027-05-03,2027-05-07,Leave\nT2,2027-02-01,2027-02-02,\n"),
            (
                "busy/T1-work.ics",
                "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//a//b//EN\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20270101T000000Z\r\nDTSTART;VALUE=DATE:20270310\r\nDTEND;VALUE=DATE:20270312\r\nSUMMARY:Court\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
            ),
        ],
    );
    let trainers: Vec<_> = p.trainers.values().collect();
    let roles = |i: usize| trainers[i].roles.values().copied().collect::<Vec<_>>();
    assert_eq!((roles(0), roles(1)), (vec![Some(Role::Lead); 2], vec![Some(Role::Co), None]));
    let codes =
        |ids: &[docent::programme::id::LanguageId]| ids.iter().map(|l| p.languages[*l].clone()).collect::<Vec<_>>();
    assert_eq!(
        (codes(&trainers[0].teaches), codes(&trainers[0].assists)),
        (vec!["en".to_owned()], vec!["fr".to_owned()])
    );
    assert_eq!((trainers[0].max_days_away, trainers[0].rest_days, trainers[0].tags.len()), (10, 0, 2));
    assert_eq!(
        (passing(&p, &trainers[0].barred), passing(&p, &trainers[1].barred)),
        (vec![], vec!["KEN".to_owned(), "SEN".to_owned()])
    );
    let absences = |i: usize| {
        trainers[i].absences.iter().map(|(s, why)| format!("{}+{} {why}", s.first, s.days())).collect::<Vec<_>>()
    };
    assert_eq!(absences(1), ["2027-02-01+2 ", "2027-05-03+5 Leave"]);
    assert_eq!(absences(0), ["2027-03-10+2 Court"]);
}

#[test]
fn a_tag_stands_for_its_courses() {
    let p = programme(
        "",
        &[
            ("courses.csv", "id,title,days,languages,tags\nMLA,A,3,en;fr,core;legal\nCFT,B,2,en,core\nNUC,C,1,en,\n"),
            (
                "funds.csv",
                "id,donor,amount,courses,languages,covers\nF1,A,1,legal,fr,travel;venue\nF2,B,1,\"core,NUC\",,\nF3,C,1,NUC,,\n",
            ),
            ("quotas.csv", "id,measure,courses,min,max\nQ1,cost,core,,100.50\nQ2,sessions,,2,\n"),
        ],
    );
    let courses: Vec<Vec<bool>> = p.funds.values().map(|f| f.courses.values().copied().collect()).collect();
    assert_eq!(courses, [[true, false, false], [true, true, true], [false, false, true]]);
    let fund = p.funds.values().next().expect("a fund");
    assert_eq!(fund.covers, [true, false, false, false, false, true, false]);
    assert_eq!(
        p.languages.iter().filter(|(id, _)| fund.languages[*id]).map(|(_, l)| l.as_str()).collect::<Vec<_>>(),
        ["fr"]
    );
    assert_eq!(p.quotas.values().map(|q| (q.min, q.max)).collect::<Vec<_>>(), [(None, Some(10_050)), (Some(2), None)]);
}

#[test]
fn pins_and_labels() {
    let p = programme(
        "[objective]\norder = [\"coverage\", \"commitments\", \"cost\", \"preferences\"]\ncoverage = \"requests\"\ntolerance = { coverage = 0.02 }\n",
        &[
            (
                "requests.csv",
                "id,course,place,participants,languages,together,after,priority\nR1,MLA,SEN,20,fr,A,,2.5\nR2,MLA,KEN,15,en,A,,\nR3,CFT,KEN,15,en,,R1;R2,\n",
            ),
            (
                "pins.csv",
                "request,session,start,place,language,trainers,status\nR3,S,2027-03-01,KEN,en,T1,done\nR1,,,,,,\n",
            ),
        ],
    );
    let r = |i| RequestId(i);
    assert_eq!(p.together.values().next(), Some(&vec![r(0), r(1)]));
    assert_eq!((p.requests[r(2)].after.clone(), p.requests[r(0)].points), (vec![r(0), r(1)], Micro(2_500_000)));
    assert!(p.is_done(r(2)) && !p.is_done(r(0)) && p.is_promised(r(0)) && !p.is_promised(r(1)));
    assert_eq!(p.pin(r(2)).and_then(|pin| pin.session), Some(docent::programme::id::PinLabelId(0)));
    assert_eq!(p.objective.tolerance(docent::words::GoalId::Coverage), Micro(20_000));
    assert_eq!(p.objective.goals(false)[0], docent::words::GoalId::Coverage);
}
