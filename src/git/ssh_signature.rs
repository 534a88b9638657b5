//! Signing a text, and verifying it, with the user's own SSH key, as git does for commits: by `ssh-keygen -Y`.

use super::error::GitError;
use super::open::Repository;
use super::program::{ProgramError, SshCall};
use std::path::{Path, PathBuf};

/// What a signature is for, so that none that was made for something else passes for it.
const NAMESPACE: &str = "drift-evidence";

/// The lines around a signature as ssh-keygen writes it.
const BEGIN: &str = "-----BEGIN SSH SIGNATURE-----";
const END: &str = "-----END SSH SIGNATURE-----";

/// How far a signature can be believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SshVerdict {
    /// Made over this very text by a key that is allowed: whose.
    Good(String),
    /// Not made over this text.
    Mismatch,
    /// Made over this text by a key that nobody allows here: its fingerprint.
    UnknownKey(String),
}

impl Repository {
    /// Signs `text` with the key that git is configured to sign with; the signature without its frame, on one line, in
    /// base64.
    pub fn ssh_sign(&self, text: &[u8]) -> Result<String, GitError> {
        let key = self.config_value("user.signingKey").ok_or(ProgramError::NoSigningKey)?;
        let folder = scratch()?;
        let (file, is_literal) = match literal_key(&key) {
            Some(public) => {
                let file = folder.path().join("key.pub");
                std::fs::write(&file, format!("{public}\n")).map_err(GitError::io("writing", &file))?;
                (file, true)
            }
            None => (self.user_path(&key), false),
        };
        let file = file.display().to_string();
        let mut arguments = vec!["-Y", "sign", "-q", "-n", NAMESPACE, "-f", &file];
        // The private half of a key that is named by its public half is with the agent.
        if is_literal {
            arguments.push("-U");
        }
        let printed = self.tell_ssh(&self.ssh_call(&arguments, text))?;
        Ok(without_frame(&String::from_utf8_lossy(&printed)))
    }

    /// Verifies a signature that [`Self::ssh_sign`] made, by a list of allowed signers: the one that is named, else the
    /// one that git is configured with.
    pub fn ssh_verify(&self, text: &[u8], signature: &str, allowed: Option<&Path>) -> Result<SshVerdict, GitError> {
        let configured = || {
            self.config_value("gpg.ssh.allowedSignersFile")
                .map(|path| self.user_path(&path))
        };
        let allowed = allowed
            .map(Path::to_owned)
            .or_else(configured)
            .ok_or(ProgramError::NoAllowedSigners)?;
        if !allowed.is_file() {
            return Err(ProgramError::SignersUnreadable { file: allowed }.into());
        }
        let folder = scratch()?;
        let file = folder.path().join("signature");
        std::fs::write(&file, with_frame(signature)).map_err(GitError::io("writing", &file))?;
        let (file, allowed) = (file.display().to_string(), allowed.display().to_string());
        let checked = self.ask_ssh(&self.ssh_call(&["-Y", "check-novalidate", "-n", NAMESPACE, "-s", &file], text))?;
        if checked.status != Some(0) {
            return Ok(SshVerdict::Mismatch);
        }
        let key = key_of(&String::from_utf8_lossy(&checked.stdout));
        let found = self.ask_ssh(&self.ssh_call(&["-Y", "find-principals", "-s", &file, "-f", &allowed], b""))?;
        let names = String::from_utf8_lossy(&found.stdout).into_owned();
        for name in names.lines().map(str::trim).filter(|name| !name.is_empty()) {
            let arguments = ["-Y", "verify", "-n", NAMESPACE, "-f", &allowed, "-I", name, "-s", &file];
            if self.ask_ssh(&self.ssh_call(&arguments, text))?.status == Some(0) {
                return Ok(SshVerdict::Good(name.to_owned()));
            }
        }
        Ok(SshVerdict::UnknownKey(key))
    }

    fn ssh_call<'call>(&self, arguments: &'call [&'call str], input: &'call [u8]) -> SshCall<'call> {
        SshCall {
            program: self
                .config_value("gpg.ssh.program")
                .unwrap_or_else(|| "ssh-keygen".to_owned()),
            arguments,
            input,
        }
    }

    /// A path of the user's configuration, in which `~/` is their home.
    fn user_path(&self, text: &str) -> PathBuf {
        match (text.strip_prefix("~/"), self.environment().text("HOME")) {
            (Some(inside), Some(home)) => Path::new(home).join(inside),
            _ => self.environment().current_dir.join(text),
        }
    }
}

fn scratch() -> Result<tempfile::TempDir, GitError> {
    let made = tempfile::Builder::new().prefix("drift-signature-").tempdir();
    made.map_err(GitError::io("making a folder in", std::env::temp_dir()))
}

/// The public key itself, where the configuration holds it instead of a file's name.
fn literal_key(text: &str) -> Option<&str> {
    text.strip_prefix("key::")
        .or_else(|| text.starts_with("ssh-").then_some(text))
}

fn without_frame(text: &str) -> String {
    let inside = text.lines().map(str::trim).filter(|line| !line.starts_with("-----"));
    inside.collect()
}

fn with_frame(signature: &str) -> String {
    let letters: Vec<char> = signature.chars().filter(|c| !c.is_whitespace()).collect();
    let lines: Vec<String> = letters.chunks(70).map(|line| line.iter().collect()).collect();
    format!("{BEGIN}\n{}\n{END}\n", lines.join("\n"))
}

/// `SHA256:…` of what ssh-keygen says of a good signature.
fn key_of(said: &str) -> String {
    let words = said.split_whitespace();
    words
        .into_iter()
        .find(|word| word.starts_with("SHA256:"))
        .unwrap_or("a key")
        .to_owned()
}
