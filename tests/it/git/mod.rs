//! drift's reading of repositories, held against the git program.
