//! Seeded synthetic programmes of any size.
