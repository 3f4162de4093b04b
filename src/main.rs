//! The program: everything happens in `docent::cli`.

fn main() -> std::process::ExitCode {
    docent::cli::main()
}
