//! The sandbox as a program: HTTP, the command line, the data file.

fn main() {}
