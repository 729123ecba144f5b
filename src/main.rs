//! The door: parse the command line, call, set the exit code.

// A build allocates many small values on several threads; this allocator is a tenth faster there.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    // Huge pages double the memory of a small build and make none faster. Where they can't be
    // declined, all works as well.
    #[cfg(target_os = "linux")]
    let _ = rustix::thread::disable_transparent_huge_pages(true);
    unionplan::cli::run(std::env::args_os().map(|argument| argument.to_string_lossy().into_owned()))
}
