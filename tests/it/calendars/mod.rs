//! Calendars in and out.

mod handing_over;
mod lint;
mod office;
mod reading;
mod updates;
mod verbs;
mod writing;
