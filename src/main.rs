//! The door: parse the command line, call, set the exit code.

fn main() -> std::process::ExitCode {
    unionplan::cli::run(std::env::args_os().map(|argument| argument.to_string_lossy().into_owned()))
}
