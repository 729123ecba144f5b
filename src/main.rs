//! The door: parse the command line, call, set the exit code.

// A build allocates many small values on several threads; this allocator is a tenth faster there.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    unionplan::cli::run(std::env::args_os().map(|argument| argument.to_string_lossy().into_owned()))
}
