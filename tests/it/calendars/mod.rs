//! Calendars in and out.

mod lint;
mod office;
mod reading;
mod updates;
