//! A comparison in a colleague's words: what changed, what it costs, and letters to those who must be told.

use super::{Booking, Change, Cohort, Difference, FundChange, Kept, Member, Named};
use crate::programme::money::{Cents, MicroCents, grouped, money};
use crate::programme::people::Role;
use crate::words::GoalId;

/// Columns of the screen.
const WIDTH: usize = 100;

/// How much of it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// At most so many lines in each list, and a word on how many more there are.
    Screen(usize),
    /// Everything.
    Whole,
}

/// What changed, list by list, and the money. Ends with a line feed.
pub fn changes(difference: &Difference, length: Length) -> String {
    let mut page = Page::new(length);
    for line in summary(difference) {
        page.line(0, &line);
    }
    let d = difference;
    page.list(
        "No longer trained",
        d.dropped.iter().map(|(c, s)| format!("{}; was {} in {}", cohort(c), s.days.in_words(), s.place.name)),
    );
    page.list(
        "Newly trained",
        d.served
            .iter()
            .map(|(c, s)| format!("{}; {} {}, in {}", cohort(c), s.days.in_words(), held(s), language(&s.language))),
    );
    page.list("Moved", d.moved.iter().map(|k| format!("{}; {}", cohort(k.cohort), change_of(k))));
    page.list(
        "Other trainers",
        d.restaffed.iter().map(|k| {
            format!("{}; {} {}: {}", cohort(k.cohort), k.after.days.in_words(), held(k.after), staff_change(k))
        }),
    );
    page.list("Money", d.funds.iter().map(|f| fund(f, &d.to.currency)));
    page.text
}

/// Letters: what each trainer and each requesting country must be told. Empty where nobody must be told anything.
pub fn letters(difference: &Difference, length: Length) -> String {
    let mut page = Page::new(length);
    for news in &difference.trainers {
        let address = if news.email.is_empty() { String::new() } else { format!(", {}", news.email) };
        page.head(&format!("To {} ({}){address}", news.trainer.name, news.trainer.id));
        let gained = news.gained.iter().map(|s| {
            let role = if role_of(s, news.trainer) == Some(Role::Lead) { "as lead" } else { "as co-trainer" };
            let officials = attended(s);
            format!(
                "New: {} {}, {}, in {}, {role}; {officials}.",
                s.course.name,
                held(s),
                s.days.in_words(),
                taught_in(s)
            )
        });
        let changed = news.changed.iter().map(|c| format!("Changed: {}.", trainer_change(c, news.trainer)));
        let lost =
            news.lost.iter().map(|s| format!("No longer: {} {}, {}.", s.course.name, held(s), s.days.in_words()));
        page.lines(lost.chain(changed).chain(gained));
    }
    let mut countries: Vec<(&Named, Vec<String>)> = Vec::new();
    for (c, s) in &difference.dropped {
        let text = format!("{}: cannot be trained as announced ({} {}).", named_cohort(c), s.days.in_words(), held(s));
        of_country(&mut countries, &c.country).push(text);
    }
    for kept in &difference.moved {
        let team = if kept.joined().is_empty() && kept.left().is_empty() {
            String::new()
        } else {
            format!("; taught by {}", people(kept.after.team.iter()))
        };
        let text = format!("{}: {}{team}.", named_cohort(kept.cohort), change_of(kept));
        of_country(&mut countries, &kept.cohort.country).push(text);
    }
    for kept in &difference.restaffed {
        let text = format!(
            "{}: {} {} as announced; {}.",
            named_cohort(kept.cohort),
            kept.after.days.in_words(),
            held(kept.after),
            taught_instead(kept)
        );
        of_country(&mut countries, &kept.cohort.country).push(text);
    }
    for (c, s) in &difference.served {
        let text = format!(
            "{}: will be trained {} {}, in {}, by {}.",
            named_cohort(c),
            s.days.in_words(),
            held(s),
            language(&s.language),
            people(s.team.iter())
        );
        of_country(&mut countries, &c.country).push(text);
    }
    // Whoever asked for what the tables no longer have is not known.
    countries.retain(|(country, _)| !country.id.is_empty());
    countries.sort_by(|a, b| (&a.0.name, &a.0.id).cmp(&(&b.0.name, &b.0.id)));
    for (country, texts) in countries {
        page.head(&format!("To {}", country.name));
        page.lines(texts.into_iter());
    }
    page.text
}

/// A scenario among others: what it does to whom, in a few lines. `afresh`: it was planned without regard to the plan
/// that it is compared with, so that other days and other teams mean little.
pub fn brief(d: &Difference, afresh: bool, most: usize) -> String {
    let mut page = Page::new(Length::Whole);
    page.head(&d.to.name);
    page.line(2, &figures(d));
    let list = |page: &mut Page, head: &str, all: Vec<String>| {
        if !all.is_empty() {
            page.line(2, &format!("{head}: {}.", few(&all, most)));
        }
    };
    list(&mut page, "No longer trained", d.dropped.iter().map(|(c, _)| short(c)).collect());
    list(&mut page, "Newly trained", d.served.iter().map(|(c, _)| short(c)).collect());
    if !afresh {
        list(&mut page, "Moved", d.moved.iter().map(|k| short(k.cohort)).collect());
        list(&mut page, "Other trainers", d.restaffed.iter().map(|k| short(k.cohort)).collect());
    }
    if d.is_quiet() {
        page.line(2, "Every cohort is trained as in the base.");
        return page.text;
    }
    let trainers: Vec<String> = d.trainers.iter().map(|t| t.trainer.name.clone()).collect();
    let countries = concerned(d);
    if afresh {
        page.line(2, &afresh_words(d.moved.len() + d.restaffed.len(), trainers.len(), countries.len()));
    } else {
        list(&mut page, "To be told, trainers", trainers);
        list(&mut page, "To be told, countries", countries);
    }
    page.text
}

/// How far a plan is from one that it did not look at.
fn afresh_words(others: usize, trainers: usize, countries: usize) -> String {
    let counted = |n: usize, one: &str, many: &str| match n {
        0 => None,
        1 => Some(format!("1 {one}")),
        n => Some(format!("{n} {many}")),
    };
    let all = [counted(trainers, "trainer", "trainers"), counted(countries, "country", "countries")];
    let all: Vec<String> = all.into_iter().flatten().collect();
    let concerned =
        if all.is_empty() { String::new() } else { format!("; in all that concerns {}", all.join(" and ")) };
    match others {
        0 => format!("All others are trained as in the base{concerned}."),
        _ => format!(
            "Planned afresh, {others} other {} on other days, elsewhere or with other trainers{concerned}.",
            if others == 1 { "cohort is" } else { "cohorts are" },
        ),
    }
}

/// Who must be told something, by name.
pub fn addressees(d: &Difference) -> String {
    let mut page = Page::new(Length::Whole);
    let trainers: Vec<String> = d.trainers.iter().map(|t| t.trainer.name.clone()).collect();
    page.list(
        "To be told",
        [("Trainers", trainers), ("Countries", concerned(d))]
            .into_iter()
            .filter_map(|(what, all)| (!all.is_empty()).then(|| format!("{what}: {}.", all.join("; "))))
            .collect::<Vec<_>>()
            .into_iter(),
    );
    page.text
}

/// The countries that must be told something, by name.
fn concerned(d: &Difference) -> Vec<String> {
    let kept = d.moved.iter().chain(&d.restaffed).map(|k| k.cohort);
    let all = d.dropped.iter().chain(&d.served).map(|(c, _)| *c).chain(kept);
    let mut countries: Vec<String> = all.filter(|c| !c.is_gone()).map(|c| c.country.name.clone()).collect();
    countries.sort();
    countries.dedup();
    countries
}

/// `R007 (Senegal)`
fn short(c: &Cohort) -> String {
    if c.is_gone() {
        return c.request.clone();
    }
    format!("{} ({})", c.request, c.country.name)
}

fn few(all: &[String], most: usize) -> String {
    // One more is no longer than the word that it is left out.
    let shown = if all.len() > most + 1 { most } else { all.len() };
    // Names may hold commas.
    let mut text = all[..shown].join("; ");
    if shown < all.len() {
        text += &format!(" and {} more", all.len() - shown);
    }
    text
}

/// The comparison in two or three sentences.
pub fn summary(d: &Difference) -> Vec<String> {
    let count = |cohorts: &mut dyn Iterator<Item = &Cohort>, what: &str| {
        let (mut n, mut officials) = (0, 0);
        for c in cohorts {
            n += 1;
            officials += c.officials;
        }
        (n > 0).then(|| format!("{n} {what} ({officials} officials)"))
    };
    let parts: Vec<String> = [
        count(&mut d.dropped.iter().map(|(c, _)| *c), "no longer trained"),
        count(&mut d.served.iter().map(|(c, _)| *c), "newly trained"),
        count(&mut d.moved.iter().map(|k| k.cohort), "moved"),
        count(&mut d.restaffed.iter().map(|k| k.cohort), "with other trainers"),
    ]
    .into_iter()
    .flatten()
    .collect();
    let first = if parts.is_empty() {
        "Every cohort is trained as before.".to_string()
    } else {
        format!("Cohorts: {}.", parts.join(", "))
    };
    let gone = d.dropped.iter().filter(|(c, _)| c.is_gone()).count();
    let uncounted = match gone {
        0 => None,
        1 => Some("One cohort is no longer in the tables; its officials are not counted.".to_string()),
        n => Some(format!("{n} cohorts are no longer in the tables; their officials are not counted.")),
    };
    [first, figures(d)].into_iter().chain(uncounted).collect()
}

/// Officials, money and commitments, against before.
fn figures(d: &Difference) -> String {
    let officials = grouped(&d.to.officials().unsigned_abs().to_string());
    let mut figures =
        vec![format!("{officials} officials trained, {}", difference_in(i128::from(d.officials()), "fewer"))];
    figures.push(format!(
        "{} {} used, {}",
        money(d.to.cost()),
        d.to.currency,
        if d.cost == Cents::ZERO {
            "as before".to_string()
        } else {
            format!("{} {}", money(Cents(d.cost.0.abs())), if d.cost.0 > 0 { "more" } else { "less" })
        }
    ));
    if let (Some(before), Some(after)) = (d.from.value(GoalId::Commitments), d.to.value(GoalId::Commitments))
        && (before, after) != (0, 0)
    {
        figures.push(format!(
            "{} {} broken, {}",
            after / 100,
            if after == 100 { "commitment" } else { "commitments" },
            difference_in((after - before) / 100, "fewer")
        ));
    }
    format!("{}.", figures.join("; "))
}

fn difference_in(n: i128, less: &str) -> String {
    match n {
        0 => "as before".to_string(),
        n if n > 0 => format!("{n} more"),
        n => format!("{} {less}", -n),
    }
}

/// `R007 Mutual legal assistance, 22 officials of Senegal`
fn cohort(c: &Cohort) -> String {
    if c.is_gone() {
        return format!("{} {}, no longer in the tables", c.request, c.course.name);
    }
    format!("{} {}, {} officials of {}", c.request, c.course.name, c.officials, c.country.name)
}

/// The same in a letter to the country itself.
fn named_cohort(c: &Cohort) -> String {
    format!("{} {}, {} officials", c.request, c.course.name, c.officials)
}

/// `in Dakar`, or `online`.
fn held(s: &Booking) -> String {
    if s.online { "online".to_string() } else { format!("in {}", s.place.name) }
}

/// What is different for those who attend.
fn change_of(kept: &Kept) -> String {
    let (before, after) = (kept.before, kept.after);
    let mut parts = Vec::new();
    if kept.other_days() {
        parts.push(format!("now {} (was {})", after.days.in_words(), before.days.in_words()));
    }
    if kept.other_place() {
        parts.push(format!("now {} (was {})", held(after), held(before)));
    }
    if kept.other_language() {
        parts.push(format!("in {} instead of {}", language(&after.language), language(&before.language)));
    }
    if !kept.other_days() {
        parts.push(after.days.in_words());
    }
    if !kept.other_place() {
        parts.push(held(after));
    }
    parts.join(", ")
}

/// Who joins and who leaves.
fn staff_change(kept: &Kept) -> String {
    let (joined, left) = (kept.joined(), kept.left());
    let verb = |n: usize, one: &str, many: &str| if n == 1 { one.to_string() } else { many.to_string() };
    let mut parts = Vec::new();
    if !joined.is_empty() {
        parts.push(format!("{} {}", people(joined.iter().copied()), verb(joined.len(), "joins", "join")));
    }
    if !left.is_empty() {
        parts.push(format!("{} {}", people(left.iter().copied()), verb(left.len(), "leaves", "leave")));
    }
    parts.join(", ")
}

fn taught_instead(kept: &Kept) -> String {
    let (joined, left) = (kept.joined(), kept.left());
    match (joined.is_empty(), left.is_empty()) {
        (false, false) => {
            format!("{} instead of {}", people(joined.iter().copied()), people(left.iter().copied()))
        }
        (false, true) => format!("{} also teaches", people(joined.iter().copied())),
        _ => format!("without {}", people(left.iter().copied())),
    }
}

/// What is different for one who teaches.
fn trainer_change(change: &Change, trainer: &Named) -> String {
    let (before, after) = (change.before, change.after);
    let mut parts = Vec::new();
    if before.days != after.days {
        parts.push(format!("was {}", before.days.in_words()));
    }
    if before.place.id != after.place.id {
        parts.push(format!("was {}", held(before)));
    }
    if before.course.id != after.course.id {
        parts.push(format!("was {}", before.course.name));
    }
    if (&before.language, &before.working_language) != (&after.language, &after.working_language) {
        parts.push(format!("in {} instead of {}", taught_in(after), taught_in(before)));
    }
    if change.role {
        let role = if role_of(after, trainer) == Some(Role::Lead) { "lead" } else { "co-trainer" };
        parts.push(format!("you are now {role}"));
    }
    if attended(before) != attended(after) {
        parts.push(format!("now {}", attended(after)));
    }
    if parts.is_empty() {
        parts.push(format!("now for {}", after.cohorts.iter().map(|c| &c.request[..]).collect::<Vec<_>>().join(", ")));
    }
    format!("{} {}, {}: {}", after.course.name, held(after), after.days.in_words(), parts.join(", "))
}

/// `22 officials of Senegal and Togo`
fn attended(s: &Booking) -> String {
    let officials: i64 = s.cohorts.iter().map(|c| c.officials).sum();
    let mut countries: Vec<&str> = Vec::new();
    if s.cohorts.iter().all(Cohort::is_gone) {
        return "officials who are no longer in the tables".to_string();
    }
    for c in s.cohorts.iter().filter(|c| !c.is_gone()) {
        if !countries.contains(&c.country.name.as_str()) {
            countries.push(&c.country.name);
        }
    }
    format!("{officials} officials of {}", joined(&countries))
}

/// The language of a session, and the team's where it is another one.
fn taught_in(s: &Booking) -> String {
    if s.language == s.working_language {
        language(&s.language)
    } else {
        format!("{} with interpretation into {}", language(&s.working_language), language(&s.language))
    }
}

fn role_of(s: &Booking, trainer: &Named) -> Option<Role> {
    s.team.iter().find(|m| m.trainer.id == trainer.id).map(|m| m.role)
}

fn people<'a>(team: impl Iterator<Item = &'a Member>) -> String {
    let names: Vec<&str> = team.map(|m| m.trainer.name.as_str()).collect();
    joined(&names)
}

fn fund(change: &FundChange, currency: &str) -> String {
    let name = if change.fund.name == change.fund.id {
        change.fund.id.clone()
    } else {
        format!("{} ({})", change.fund.name, change.fund.id)
    };
    let amount = |m: MicroCents| money(m.rounded());
    match (change.before, change.after) {
        (Some(before), Some(after)) => {
            let mut text = if before.used == after.used {
                format!("{name}: uses {} {currency} as before", amount(after.used))
            } else {
                let more = after.used.0 > before.used.0;
                let by = amount(MicroCents((after.used.0 - before.used.0).abs()));
                let word = if more { "more" } else { "less" };
                format!("{name}: uses {} {currency}, {by} {word}", amount(after.used))
            };
            if before.has != after.has {
                text += &format!("; has {} instead of {}", amount(after.has), amount(before.has));
            }
            text + &format!("; {} left", amount(MicroCents((after.has.0 - after.used.0).max(0))))
        }
        (None, Some(after)) => {
            format!("{name}: new; has {} {currency}, uses {}", amount(after.has), amount(after.used))
        }
        (Some(before), None) => format!("{name}: gone; {} {currency} were used", amount(before.used)),
        (None, None) => name,
    }
}

fn of_country<'a, 'b>(all: &'b mut Vec<(&'a Named, Vec<String>)>, country: &'a Named) -> &'b mut Vec<String> {
    let at = match all.iter().position(|(c, _)| c.id == country.id) {
        Some(at) => at,
        None => {
            all.push((country, Vec::new()));
            all.len() - 1
        }
    };
    &mut all[at].1
}

/// `Senegal`, `Senegal and Togo`, `Ghana, Senegal and Togo`
pub fn joined(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_string(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// A language's English name, or its code.
pub fn language(code: &str) -> String {
    match code {
        "ar" => "Arabic",
        "de" => "German",
        "en" => "English",
        "es" => "Spanish",
        "fr" => "French",
        "pt" => "Portuguese",
        "ru" => "Russian",
        "zh" => "Chinese",
        other => other,
    }
    .to_string()
}

/// A text in the making: heads, and lists that are cut where the screen is short.
struct Page {
    text: String,
    length: Length,
}

impl Page {
    fn new(length: Length) -> Page {
        Page { text: String::new(), length }
    }

    fn head(&mut self, head: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.line(0, head);
    }

    fn list(&mut self, head: &str, lines: impl ExactSizeIterator<Item = String>) {
        if lines.len() > 0 {
            self.head(head);
            self.lines(lines);
        }
    }

    fn lines(&mut self, lines: impl Iterator<Item = String>) {
        let lines: Vec<String> = lines.collect();
        // One line more is no longer than the word that it is left out.
        let shown = match self.length {
            Length::Screen(most) if lines.len() > most + 1 => most,
            _ => lines.len(),
        };
        for line in &lines[..shown] {
            self.line(2, line);
        }
        if shown < lines.len() {
            self.line(2, &format!("… and {} more", lines.len() - shown));
        }
    }

    /// A line, broken between words where it is too long; what follows stands two columns further in.
    fn line(&mut self, indent: usize, words: &str) {
        let mut column = indent;
        self.text.push_str(&" ".repeat(indent));
        for (i, word) in words.split(' ').enumerate() {
            let width = word.chars().count();
            if i > 0 && column + 1 + width > WIDTH {
                self.text.push('\n');
                self.text.push_str(&" ".repeat(indent + 2));
                column = indent + 2;
            } else if i > 0 {
                self.text.push(' ');
                column += 1;
            }
            self.text.push_str(word);
            column += width;
        }
        self.text.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_has_its_thousands_marked() {
        for (cents, text) in [(0, "0.00"), (-5, "-0.05"), (123_456_789, "1,234,567.89"), (99_999, "999.99")] {
            assert_eq!(money(Cents(cents)), text);
        }
    }
}
