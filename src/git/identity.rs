//! Who the user is, and what git's configuration says.

use super::open::Repository;
use gix::bstr::ByteSlice;

impl Repository {
    /// The user as `Name <address>`: GIT_AUTHOR_NAME and GIT_AUTHOR_EMAIL, else git's configuration, else EMAIL.
    /// `None` unless both a name and an address are known; nothing is made up from the machine's names.
    pub fn user_identity(&self) -> Option<String> {
        let first = |variable: &str, keys: [&str; 2], last: Option<&str>| {
            let environment = self.environment();
            let configured = || keys.iter().find_map(|key| self.config_value(key));
            let named = environment.text(variable).map(str::to_owned);
            let found = named.or_else(configured);
            found.or_else(|| Some(environment.text(last?)?.to_owned()))
        };
        let name = first("GIT_AUTHOR_NAME", ["author.name", "user.name"], None)?;
        let email = first("GIT_AUTHOR_EMAIL", ["author.email", "user.email"], Some("EMAIL"))?;
        let plain = |text: String| text.replace(['<', '>', '\n', '\r', '\0'], "").trim().to_owned();
        let (name, email) = (plain(name), plain(email));
        (!name.is_empty()).then(|| format!("{name} <{email}>"))
    }

    /// The last value of `key` (`section.name`, `section.subsection.name`) in git's configuration; what is no UTF-8 is
    /// replaced. Empty values count as unset.
    pub fn config_value(&self, key: &str) -> Option<String> {
        let value = self.gix().config_snapshot().string(key)?;
        (!value.is_empty()).then(|| value.to_str_lossy().into_owned())
    }
}
