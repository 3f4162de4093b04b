//! The frontier of a sweep as an SVG: money against officials trained, with what may still be possible as a hatched
//! band. Black and greys only; shapes, dashes and words carry the meaning, so that it reads in print.
//!
//! Coordinates are whole tenths of a pixel: the same data give the same bytes.

use super::markup::escape;
use crate::programme::money::grouped;
use std::fmt::Write;

/// What every picture begins with.
pub const BEGINNING: &[u8] = b"<svg";

/// What is drawn: panels share the money axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frontier {
    pub title: String,
    /// What was swept, in words; stands under the title.
    pub swept: String,
    /// The axis along the bottom: money used, in hundredths.
    pub across: String,
    /// One panel for each of a mark's values, topmost first.
    pub up: Vec<String>,
    /// One line for each value of the outer sweeps of a grid; a single unnamed one otherwise.
    pub lines: Vec<String>,
    pub marks: Vec<Mark>,
}

/// One point of the sweep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The swept value, as it is written at the point.
    pub label: String,
    /// Which of `Frontier::lines` it belongs to.
    pub line: usize,
    /// Hundredths.
    pub across: i128,
    /// True when no more can be trained: drawn filled.
    pub proven: bool,
    pub up: Vec<Reach>,
}

/// One value and how far it may still be from the best.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reach {
    /// Hundredths.
    pub value: i128,
    /// Hundredths; None where no bound is known of this figure.
    pub bound: Option<i128>,
}

const WIDTH: i128 = 8000;
const LEFT: i128 = 1000;
const RIGHT: i128 = 350;
const TOP: i128 = 1300;
const FIRST_PANEL: i128 = 3000;
const PANEL: i128 = 1900;
const BETWEEN: i128 = 420;
const BOTTOM: i128 = 700;
/// Labels of points nearer than this to each other are left out.
const LABEL_ROOM: i128 = 720;
/// Points nearer than this stand on each other.
const WIDE: i128 = 80;

/// The picture as a file's bytes.
pub fn render(frontier: &Frontier) -> Vec<u8> {
    let panels = frontier.up.len() as i128;
    let bottom = TOP + FIRST_PANEL + (panels - 1).max(0) * (PANEL + BETWEEN);
    let height = bottom + BOTTOM;
    let across = Axis::over(frontier.marks.iter().map(|m| m.across), LEFT, WIDTH - RIGHT);
    let mut svg = head(frontier, height);
    let mut top = TOP;
    for (i, name) in frontier.up.iter().enumerate() {
        let size = if i == 0 { FIRST_PANEL } else { PANEL };
        let reaches = frontier.marks.iter().filter_map(|m| m.up.get(i));
        let up = Axis::over(reaches.flat_map(|r| [Some(r.value), r.bound]).flatten(), top + size, top);
        grid(&mut svg, &across, &up, name);
        for line in 0..frontier.lines.len().max(1) {
            draw_line(&mut svg, frontier, line, i, &across, &up);
        }
        if i == 0 {
            labels(&mut svg, frontier, &across, &up);
        }
        top += size + BETWEEN;
    }
    for tick in &across.ticks {
        text(&mut svg, across.at(*tick), bottom + 190, "middle", "tick", &whole(*tick));
    }
    text(&mut svg, (LEFT + WIDTH - RIGHT) / 2, bottom + 460, "middle", "name", &frontier.across);
    svg.push_str("</svg>\n");
    svg.into_bytes()
}

fn head(frontier: &Frontier, height: i128) -> String {
    let mut svg = format!(
        concat!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" role=\"img\">\n",
            "<title>{title}</title>\n<desc>{swept}</desc>\n",
            "<style>text{{font-family:Helvetica,Arial,'Liberation Sans',sans-serif;fill:#000}}",
            ".title{{font-size:17px;font-weight:bold}}.swept{{font-size:13px}}.name{{font-size:13px}}",
            ".tick{{font-size:12px}}.label{{font-size:11px}}</style>\n",
            "<defs><pattern id=\"band\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" ",
            "patternTransform=\"rotate(45)\"><rect width=\"6\" height=\"6\" fill=\"#f2f2f2\"/>",
            "<line x1=\"0\" y1=\"0\" x2=\"0\" y2=\"6\" stroke=\"#8a8a8a\" stroke-width=\"1.6\"/></pattern></defs>\n",
            "<rect width=\"{w}\" height=\"{h}\" fill=\"#fff\"/>\n"
        ),
        w = px(WIDTH),
        h = px(height),
        title = escape(&frontier.title),
        swept = escape(&frontier.swept),
    );
    text(&mut svg, LEFT, 300, "start", "title", &frontier.title);
    text(&mut svg, LEFT, 520, "start", "swept", &frontier.swept);
    legend(&mut svg, frontier);
    svg
}

/// What the marks mean: only what the picture has.
fn legend(svg: &mut String, frontier: &Frontier) {
    let mut at = LEFT + 60;
    if frontier.marks.iter().any(|m| m.proven) {
        shape(svg, 0, at, 740, true, "");
        text(svg, at + 110, 780, "start", "swept", "best possible");
        at += 1250;
    }
    if frontier.marks.iter().any(|m| !m.proven) {
        shape(svg, 0, at, 740, false, "");
        text(svg, at + 110, 780, "start", "swept", "best found");
        at += 1050;
        let _ = writeln!(
            svg,
            "<rect x=\"{}\" y=\"{}\" width=\"26\" height=\"11\" fill=\"url(#band)\" stroke=\"#777\" stroke-width=\"0.5\"/>",
            px(at),
            px(685)
        );
        text(svg, at + 340, 780, "start", "swept", "more may be possible up to here");
    }
    if frontier.lines.len() > 1 {
        for (i, name) in frontier.lines.iter().enumerate() {
            let room = (WIDTH - RIGHT - LEFT) / frontier.lines.len() as i128;
            let (x, y) = (LEFT + 60 + room * i as i128, 1000);
            shape(svg, i, x, y - 40, true, "");
            text(svg, x + 110, y, "start", "label", name);
        }
    }
}

/// The frame of one panel: lines and figures of its ticks, and its name along the side.
fn grid(svg: &mut String, across: &Axis, up: &Axis, name: &str) {
    for tick in &up.ticks {
        let y = up.at(*tick);
        let _ = writeln!(
            svg,
            "<line x1=\"{}\" y1=\"{y}\" x2=\"{}\" y2=\"{y}\" stroke=\"#d0d0d0\" stroke-width=\"0.7\"/>",
            px(LEFT),
            px(WIDTH - RIGHT),
            y = px(y)
        );
        text(svg, LEFT - 80, y + 40, "end", "tick", &whole(*tick));
    }
    for tick in &across.ticks {
        let x = px(across.at(*tick));
        let _ = writeln!(
            svg,
            "<line x1=\"{x}\" y1=\"{}\" x2=\"{x}\" y2=\"{}\" stroke=\"#000\" stroke-width=\"0.8\"/>",
            px(up.from),
            px(up.from + 50)
        );
    }
    let _ = writeln!(
        svg,
        "<path d=\"M{x} {top}V{foot}H{end}\" fill=\"none\" stroke=\"#000\" stroke-width=\"1\"/>",
        x = px(LEFT),
        top = px(up.to),
        foot = px(up.from),
        end = px(WIDTH - RIGHT)
    );
    text(svg, LEFT, up.to - 130, "start", "name", name);
}

/// One line of one panel: the band, the way from point to point, the points.
fn draw_line(svg: &mut String, frontier: &Frontier, line: usize, panel: usize, across: &Axis, up: &Axis) {
    let mut marks: Vec<(&Mark, Reach)> =
        frontier.marks.iter().filter(|m| m.line == line).filter_map(|m| m.up.get(panel).map(|r| (m, *r))).collect();
    marks.sort_by_key(|(m, r)| (m.across, r.value));
    let bounds: Vec<(i128, i128, i128)> =
        marks.iter().filter_map(|(m, r)| r.bound.map(|b| (across.at(m.across), up.at(r.value), up.at(b)))).collect();
    if bounds.iter().any(|(_, value, bound)| value != bound) {
        let out = bounds.iter().map(|(x, _, b)| format!("{} {}", px(*x), px(*b)));
        let back = bounds.iter().rev().map(|(x, v, _)| format!("{} {}", px(*x), px(*v)));
        let path: Vec<String> = out.chain(back).collect();
        let _ = writeln!(
            svg,
            "<path class=\"band\" d=\"M{}Z\" fill=\"url(#band)\" stroke=\"#777\" stroke-width=\"0.6\"/>",
            path.join("L")
        );
        for (x, value, bound) in bounds.iter().filter(|(_, value, bound)| value != bound) {
            let _ = writeln!(
                svg,
                "<path d=\"M{x} {v}V{b}M{l} {b}H{r}\" fill=\"none\" stroke=\"#555\" stroke-width=\"1\"/>",
                x = px(*x),
                v = px(*value),
                b = px(*bound),
                l = px(x - 30),
                r = px(x + 30)
            );
        }
    }
    let way: Vec<String> =
        marks.iter().map(|(m, r)| format!("{} {}", px(across.at(m.across)), px(up.at(r.value)))).collect();
    if way.len() > 1 {
        let dashes = ["none", "6 3", "2 2", "8 3 2 3"][line % 4];
        let _ = writeln!(
            svg,
            "<path d=\"M{}\" fill=\"none\" stroke=\"#000\" stroke-width=\"1.2\" stroke-dasharray=\"{dashes}\"/>",
            way.join("L")
        );
    }
    for (mark, reach) in &marks {
        let mut told = format!("{}: {}", mark.label, figure(reach.value));
        if let Some(bound) = reach.bound.filter(|b| *b != reach.value) {
            let _ = write!(told, " (at most {})", figure(bound));
        }
        shape(svg, line, across.at(mark.across), up.at(reach.value), mark.proven, &told);
    }
}

/// A point: each line has a shape of its own; filled where nothing better is possible, hollow otherwise.
fn shape(svg: &mut String, line: usize, x: i128, y: i128, proven: bool, told: &str) {
    let fill = if proven { "#000" } else { "#fff" };
    let path = match line % 4 {
        0 => format!("M{} {}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0Z", px(x - 40), px(y)),
        1 => format!("M{} {}h7.4v7.4h-7.4Z", px(x - 37), px(y - 37)),
        2 => format!("M{} {}l4.7 8.2h-9.4Z", px(x), px(y - 50)),
        _ => format!("M{} {}l5 5l-5 5l-5 -5Z", px(x), px(y - 50)),
    };
    let title = if told.is_empty() { String::new() } else { format!("<title>{}</title>", escape(told)) };
    let _ = writeln!(svg, "<path d=\"{path}\" fill=\"{fill}\" stroke=\"#000\" stroke-width=\"1.3\">{title}</path>");
}

/// Points that stand on each other, one after the other on their line: from the first to the last, as far as they reach.
struct Heap<'f> {
    line: usize,
    first: &'f str,
    last: &'f str,
    at: (i128, i128),
    end: (i128, i128),
}

/// The swept values at the points of the first panel, as many as have room; those of several points on one place, the
/// first and the last come first.
fn labels(svg: &mut String, frontier: &Frontier, across: &Axis, up: &Axis) {
    let mut heaps: Vec<Heap> = Vec::new();
    for mark in &frontier.marks {
        let Some(reach) = mark.up.first() else { continue };
        let at = (across.at(mark.across), up.at(reach.value));
        let near = |heap: &&mut Heap| {
            heap.line == mark.line && (heap.end.0 - at.0).abs() < WIDE && (heap.end.1 - at.1).abs() < WIDE
        };
        match heaps.last_mut().filter(near) {
            Some(heap) => (heap.last, heap.end) = (&mark.label, at),
            None => heaps.push(Heap { line: mark.line, first: &mark.label, last: &mark.label, at, end: at }),
        }
    }
    let mut order: Vec<usize> = (0..heaps.len()).collect();
    let ends = |i: usize| i == 0 || i + 1 == heaps.len();
    order.sort_by_key(|i| (heaps[*i].first == heaps[*i].last, !ends(*i), *i));
    let mut written: Vec<(i128, i128)> = Vec::new();
    for i in order {
        let heap = &heaps[i];
        let words = match heap.first == heap.last {
            true => heap.first.to_string(),
            false => format!("{} to {}", heap.first, heap.last),
        };
        let (left, right) = (heap.at.0.min(heap.end.0), heap.at.0.max(heap.end.0));
        let (high, low) = (heap.at.1.min(heap.end.1), heap.at.1.max(heap.end.1));
        // The line comes from below on the left: under a point at the right edge it would cross the words.
        let edge = left + 90 > WIDTH - RIGHT - 900;
        let (x, y, anchor) = if edge { (right - 20, high - 110, "end") } else { (left + 90, low + 150, "start") };
        if written.iter().any(|(a, b)| (a - left).abs() < LABEL_ROOM && (b - y).abs() < 160) {
            continue;
        }
        written.push((left, y));
        text(svg, x, y, anchor, "label", &words);
    }
}

/// One axis: figures to places. The ticks are round figures, the first at or below the least, the last at or above
/// the greatest.
struct Axis {
    low: i128,
    high: i128,
    from: i128,
    to: i128,
    ticks: Vec<i128>,
}

impl Axis {
    /// The axis that holds these figures, from place `from` to place `to`.
    fn over(figures: impl Iterator<Item = i128>, from: i128, to: i128) -> Axis {
        let all: Vec<i128> = figures.collect();
        let (mut least, mut most) = (all.iter().copied().min().unwrap_or(0), all.iter().copied().max().unwrap_or(0));
        if most - least < 500 {
            (least, most) = (least - 250, most + 250);
        }
        let step = round_step((most - least) / 5);
        let (low, high) = (least.div_euclid(step) * step, -(-most).div_euclid(step) * step);
        let ticks = (0..=(high - low) / step).map(|i| low + i * step).collect();
        Axis { low, high, from, to, ticks }
    }

    fn at(&self, figure: i128) -> i128 {
        self.from + (self.to - self.from) * (figure - self.low) / (self.high - self.low)
    }
}

/// The least of 1, 2, 5 times a power of ten (of hundredths, from one whole on) that is not below `least`.
fn round_step(least: i128) -> i128 {
    let mut power = 100;
    loop {
        for times in [1, 2, 5] {
            if power * times >= least {
                return power * times;
            }
        }
        power *= 10;
    }
}

/// Whole units with a comma at every thousand.
fn whole(hundredths: i128) -> String {
    grouped(&(hundredths / 100).to_string())
}

fn figure(hundredths: i128) -> String {
    match hundredths.rem_euclid(100) {
        0 => whole(hundredths),
        rest => format!("{}.{rest:02}", whole(hundredths - rest)),
    }
}

/// Tenths of a pixel as SVG writes them.
fn px(tenths: i128) -> String {
    match tenths.rem_euclid(10) {
        0 => (tenths / 10).to_string(),
        rest => format!("{}.{rest}", tenths.div_euclid(10)),
    }
}

fn text(svg: &mut String, x: i128, y: i128, anchor: &str, class: &str, words: &str) {
    let _ = writeln!(
        svg,
        "<text x=\"{}\" y=\"{}\" text-anchor=\"{anchor}\" class=\"{class}\">{}</text>",
        px(x),
        px(y),
        escape(words)
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sweep(lines: usize, points: i128) -> Frontier {
        let marks = (0..lines)
            .flat_map(|line| {
                (0..points).map(move |i| {
                    let officials = 900 + 700 * line as i128 + 4400 * i * (2 * points - i) / (points * points);
                    let gap = if i % 3 == 1 { 350 } else { 0 };
                    Mark {
                        label: format!("{},000", 20 * (i + 1)),
                        line,
                        across: 2_000_000 * (i + 1) - 313_131,
                        proven: gap == 0,
                        up: vec![
                            Reach { value: officials * 100, bound: None },
                            Reach { value: officials * 210, bound: Some((officials + gap) * 210) },
                        ],
                    }
                })
            })
            .collect();
        Frontier {
            title: "Officials trained for the money".into(),
            swept: "amount of EU <Instrument> & others".into(),
            across: "money used, USD".into(),
            up: vec!["officials trained".into(), "points (priority × officials)".into()],
            lines: (0..lines).map(|l| format!("rest_days {l}")).collect(),
            marks,
        }
    }

    #[test]
    fn every_point_stands_in_every_panel_and_the_band_where_a_bound_is_open() {
        let svg = String::from_utf8(render(&sweep(1, 9))).expect("UTF-8");
        // Nine points in two panels, and the two of the legend.
        assert_eq!(svg.matches("stroke-width=\"1.3\"").count(), 20);
        assert_eq!(svg.matches("class=\"band\"").count(), 1);
        assert_eq!(svg.matches("fill=\"#fff\" stroke=\"#000\"").count(), 2 * 3 + 1);
        assert!(svg.contains("amount of EU &lt;Instrument&gt; &amp; others"));
        assert!(!svg.contains("NaN") && svg.ends_with("</svg>\n"));
    }

    #[test]
    fn a_higher_figure_stands_higher_and_a_dearer_one_further_right() {
        let axis = Axis::over([130_000, 990_000].into_iter(), 900, 100);
        assert_eq!(axis.ticks, [0, 200_000, 400_000, 600_000, 800_000, 1_000_000]);
        assert!(axis.at(990_000) < axis.at(130_000));
        assert_eq!((axis.at(0), axis.at(1_000_000)), (900, 100));
    }

    #[test]
    fn points_on_each_other_are_named_together() {
        let mut frontier = sweep(1, 9);
        for i in 6..9 {
            frontier.marks[i].across = frontier.marks[5].across + i as i128;
            frontier.marks[i].up = frontier.marks[5].up.clone();
        }
        let svg = String::from_utf8(render(&frontier)).expect("UTF-8");
        assert!(svg.contains(">120,000 to 180,000</text>"), "{svg}");
        assert!(!svg.contains(">140,000</text>"));
    }

    #[test]
    fn one_point_alone_is_drawn() {
        let svg = String::from_utf8(render(&sweep(1, 1))).expect("UTF-8");
        assert!(svg.contains("20,000: 900"), "{svg}");
    }

    #[test]
    #[ignore = "writes /tmp/frontier-*.svg to look at"]
    fn to_look_at() {
        std::fs::write("/tmp/frontier-1.svg", render(&sweep(1, 21))).expect("written");
        std::fs::write("/tmp/frontier-3.svg", render(&sweep(3, 7))).expect("written");
    }
}
