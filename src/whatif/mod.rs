//! Scenarios compared.
