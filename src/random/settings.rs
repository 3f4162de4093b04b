//! programme.toml, every section of it.

use super::{Frame, Wish};

pub fn settings(wish: &Wish, frame: &Frame) -> Vec<u8> {
    format!(
        r#"[programme]
name = "Synthetic, {requests} requests, seed {seed}"
start = {start}
end = {end}
currency = "USD"
as_of = {as_of}

[rules]
lead_days = 7
rest_days = 2
max_days_away = 21
chain_missions = {chain}
start_weekdays = "first"
after_gap_days = 14
country_gap_days = 2
reserve = 0.02

[rates]
EUR = 1.08
CHF = 1.125

[travel]
fare_base = 150
fare_per_km = 0.11
km_per_day = 9000
free_km = 1500

[objective]
order = ["commitments", "coverage", "cost", "preferences"]
coverage = "participants"
tolerance = {{ coverage = 0.0, cost = 0.001 }}

[preferences]
language_rank = 1.0
week_from_preferred = 0.5
avoided_day = 1.0
overload_day = 0.25
trainer_used = 0.1

[calendar]
day_start = "09:00"
day_end = "16:30"

[input]
dates = "iso"

[columns.requests]
"Who comes" = "audience"
"#,
        requests = frame.requests,
        seed = wish.seed,
        start = frame.start,
        end = frame.end,
        as_of = frame.as_of,
        chain = wish.chain,
    )
    .into_bytes()
}
