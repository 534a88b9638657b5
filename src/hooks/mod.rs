//! What drift's git hooks say and read, as texts: the scripts that are installed, the message that git hands over, the
//! refs that a push announces, and the marks of other programs that manage hooks. Nothing here touches a file.

mod manager;
mod message;
mod pushed;
mod rewritten;
mod script;
mod trailer;

pub use manager::{Manager, NAMED_BY_FILE, asks_for_its_name};
pub use message::{CommentPrefix, Message};
pub use pushed::{Announced, PushedRef};
pub use rewritten::rewritten;
pub use script::{FoundScript, HOOKS, Hook, find, kept_name};
pub use trailer::with_trailer;
