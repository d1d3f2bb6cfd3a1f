//! Where somebody goes once they are signed in: back to the page they asked for, if it is one of this
//! server's.
//!
//! Invariant: what is given on begins with one slash and the name of a part of ours, and has no sign that
//! a browser might read as the beginning of another host.

/// Longest address that is kept. A filter of the queue with every facet has some 500 characters.
const PATH_MAX: usize = 2000;

/// Parts of the server that a person looks at.
const PARTS: [&str; 4] = ["c", "cases", "plain", "account"];

/// The path if it may be gone back to.
pub(super) fn way_back(asked: &str) -> Option<&str> {
    let (path, _) = asked.split_once(['?', '#']).unwrap_or((asked, ""));
    let part = path.strip_prefix('/')?.split('/').next()?;
    // A browser reads a backslash as a slash and leaves out control characters and spaces at the ends.
    let is_plain = asked.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    let is_ours = PARTS.contains(&part) && !path.contains("//") && !path.split('/').any(is_dots);
    (is_plain && is_ours && asked.len() <= PATH_MAX).then_some(asked)
}

/// A step up, written out or not.
fn is_dots(step: &str) -> bool {
    let step = step.to_ascii_lowercase().replace("%2e", ".");
    step == "." || step == ".."
}

/// The address of the login page that leads back to a path.
pub(super) fn login_for(path: &str) -> String {
    let Some(path) = way_back(path) else { return "/login".to_owned() };
    let mut address = "/login?next=".to_owned();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            address.push(char::from(byte));
        } else {
            let hex = |digit: u8| char::from(b"0123456789ABCDEF"[usize::from(digit)]);
            address.extend(['%', hex(byte >> 4), hex(byte & 15)]);
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_ours_is_gone_back_to() {
        for path in [
            "/c/one/queue?status=possible&country=TN",
            "/c/one/leads/a.b-1",
            "/account",
            "/cases/",
            "/plain/",
        ] {
            assert_eq!(way_back(path), Some(path));
        }
        assert_eq!(
            login_for("/c/one/queue?text=%D8%B3&sort=name"),
            "/login?next=/c/one/queue%3Ftext%3D%25D8%25B3%26sort%3Dname"
        );
    }

    #[test]
    fn no_other_host_is_gone_to() {
        for path in [
            "",
            "c/one",
            "//evil.example/c/",
            "/\\evil.example/c/",
            "\\\\evil.example",
            "/c//evil.example",
            "https://evil.example/c/",
            "javascript:alert(1)",
            "/c/\r\nLocation: https://evil.example",
            "/c\\..\\..\\evil",
            "/\t/evil.example",
            " /c/one",
            "/c/../login",
            "/c/%2E%2e//evil.example",
            "/logout",
            "/login?next=/c/",
            "/api/v1/session",
            "/c/سمير",
            "/c@evil.example",
            "/c/one/./",
        ] {
            assert_eq!(way_back(path), None, "{path:?}");
            assert_eq!(login_for(path), "/login", "{path:?}");
        }
        assert_eq!(way_back(&format!("/c/{}", "a".repeat(PATH_MAX))), None);
    }
}
