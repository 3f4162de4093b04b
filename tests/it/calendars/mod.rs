//! Calendars in and out.

mod reading;
