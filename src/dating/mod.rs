//! Puts days to what the master chose.
