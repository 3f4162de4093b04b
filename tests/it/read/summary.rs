//! What a programme adds up to, and what can never be served.

use super::Scratch;
use docent::programme::Programme;
use docent::programme::money::Cents;
use docent::read::summary::{Summary, summary};
use docent::read::{self, report};

const COURSES: &str = "id,title,days,languages,leads,min_participants,max_participants,team_needs
MLA,A,3,en;fr,1,10,30,
CFT,B,2,en,1,,,
NUC,C,1,en,2,,,
TAG,D,1,en,1,,,x:1
RUS,E,1,ru,1,,,
LONG,F,30,en,1,,,
";
const TRAINERS: &str = "id,name,home,languages,courses,barred,tags,fee_day,max_days
T1,Trainer 1,AUT,en;fr,MLA;CFT;NUC;TAG;RUS;LONG,FJI,,100,
T2,Trainer 2,KEN,en,MLA:co,,x,0,40
";
const REQUESTS: &str = "id,course,place,participants,languages,shared,earliest,latest,after,together
OK,MLA,SEN,20,fr,,,,,
HEADS,MLA,SEN,40,fr,,,,,
FEW,MLA,KEN,4,en,no,,,,
POOL1,MLA,KEN,6,en,,,,,
POOL2,MLA,KEN,6,en,,,,,
LANG,CFT,SEN,10,fr,,,,,
WIN,CFT,KEN,10,en,,2027-07-01,,,
DAYS,CFT,KEN,10,en,,2027-03-06,2027-03-07,,
QUAL,NUC,KEN,10,en,,,,,
WORK,RUS,KEN,10,ru,,,,,
BARRED,CFT,FJI,10,en,,,,,
TEAM,TAG,KEN,10,en,,,,,
AVAIL,CFT,KEN,10,en,,2027-04-06,2027-04-14,,
AWAY,LONG,KEN,10,en,,,,,
MONEY,CFT,TUN,10,en,,,,,
AFTER,CFT,KEN,10,en,,,,LANG,
HOST1,MLA,SEN,12,en,,,,,G
HOST2,MLA,KEN,12,en,,,,,G
TOG1,CFT,KEN,10,en,,,,LANG,H
TOG2,CFT,KEN,10,en,,,,,H
PINNED,CFT,SEN,10,en,,,,,
DONE,CFT,TUN,10,en,,,,,
";
const PINS: &str = "request,start,place,language,trainers,status
PINNED,,KEN,,,
DONE,2027-02-01,TUN,en,T1,done
";
const FUNDS: &str = "id,donor,amount,regions,kind
F1,A,50000,western-africa;eastern-africa;melanesia,
F2,B,1000,western-africa,
F3,C,300,eastern-africa,in-kind
";

fn programme() -> Programme {
    let scratch = Scratch::of("broken/sound");
    let files = [
        ("courses.csv", COURSES),
        ("trainers.csv", TRAINERS),
        ("requests.csv", REQUESTS),
        ("pins.csv", PINS),
        ("funds.csv", FUNDS),
        ("absences.csv", "trainer,from,to\nT1,2027-04-05,2027-04-16\n"),
    ];
    for (name, text) in files {
        scratch.write(name, text);
    }
    let loaded = read::load(scratch.path(), &[]);
    assert_eq!(loaded.findings, []);
    loaded.programme.expect("no error")
}

fn added_up() -> Summary {
    summary(&programme())
}

#[test]
fn what_can_never_be_served_and_why() {
    let never: Vec<(String, &str)> = added_up().never.into_iter().map(|n| (n.id, n.rule.word())).collect();
    let expected = [
        ("HEADS", "participants"),
        ("FEW", "participants"),
        ("LANG", "language"),
        ("WIN", "window"),
        ("DAYS", "working-days"),
        ("QUAL", "qualification"),
        ("WORK", "working-language"),
        ("BARRED", "barred"),
        ("TEAM", "team-needs"),
        ("AVAIL", "availability"),
        ("AWAY", "max-days-away"),
        ("MONEY", "budget"),
        ("AFTER", "after"),
        ("HOST1", "host"),
        ("HOST2", "host"),
        ("TOG1", "after"),
        ("TOG2", "together"),
        ("PINNED", "pin"),
    ];
    assert_eq!(never, expected.map(|(id, rule)| (id.to_owned(), rule)));
}

#[test]
fn demand_money_and_days() {
    let s = added_up();
    assert_eq!((s.requests, s.pinned, s.must, s.trainers, s.funds), (22, 2, 0, 2, 3));
    assert_eq!((s.cash, s.in_kind), (Cents(5_100_000), Cents(30_000)));
    let west = s.regions.iter().find(|r| r.name == "Western Africa").expect("a region");
    // OK: T1 flies to Dakar and back (100 each way), three days at 100.
    assert_eq!((west.requests, west.participants, west.cost), (5, 92, Cents(50_000)));
    assert_eq!((west.money_here, west.money_shared), (Cents(100_000), Cents(5_000_000)));
    // T1: 173 days of the programme less 12; T2: not more than 40.
    assert_eq!(s.days_available, 173 - 12 + 40);
    let mla = s.by_course.iter().find(|c| c.id == "MLA").expect("a course");
    // OK, POOL1 and POOL2, three days each; the others can never be served.
    assert_eq!((mla.requests, mla.leads, mla.co_trainers, mla.days), (7, 1, 1, 9));
}

#[test]
fn for_machines_and_for_people() {
    let s = added_up();
    let document: serde_json::Value = serde_json::from_str(&report::json(&[], Some(&s))).expect("JSON");
    assert_eq!(document["findings"], serde_json::json!([]));
    assert_eq!(document["summary"]["requests"], 22);
    assert_eq!(document["summary"]["cash"], "51000.00");
    assert_eq!(document["summary"]["never"][0]["rule"], "participants");
    let scratch = Scratch::of("broken/sound");
    scratch.write("requests.csv", "id,course,place,participants,languages\nR1,MAL,SEN,20,fr\n");
    let loaded = read::load(scratch.path(), &[]);
    let document: serde_json::Value = serde_json::from_str(&report::json(&loaded.findings, None)).expect("JSON");
    let expected = serde_json::json!([{
        "level": "error", "code": "unknown-course", "file": "requests.csv", "line": 2, "column": 4,
        "text": "no course is called \"MAL\"", "help": "did you mean \"MLA\"?",
    }]);
    assert_eq!(document["findings"], expected);
    assert_eq!(document["summary"], serde_json::json!({ "errors": 1, "warnings": 0 }));
    let text = report::human(&s);
    for part in
        ["51,000.00 USD and 300.00 in kind", "Western Africa", "LANG    language: it asks for fr, and CFT exists in en"]
    {
        assert!(text.contains(part), "{part} in\n{text}");
    }
}
