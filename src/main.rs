//! `marg`: parse, run, exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    marg::cli::main()
}
