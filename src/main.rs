//! The program: everything happens in `docent::cli`.

fn main() {}
