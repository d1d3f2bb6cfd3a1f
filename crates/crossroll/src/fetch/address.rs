//! Where a download may go: HTTPS, or HTTP on this machine, and never from the first to the second.

/// A place to download from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address {
    /// The whole of it.
    pub(super) text: String,
    is_secure: bool,
    /// Scheme, host and port.
    origin: String,
}

impl Address {
    /// Takes an address if it may be called.
    ///
    /// # Errors
    /// The reason why not, in words.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        // What stands behind `#` is for the reader of a page.
        let text = text.split('#').next().unwrap_or_default();
        let (scheme, rest) =
            text.split_once("://").ok_or_else(|| format!("{text} is no address with https://"))?;
        let authority = rest.split(['/', '?']).next().unwrap_or_default();
        if authority.contains('@') {
            return Err("an address with a user name in it is not called".to_owned());
        }
        if !["http", "https"].contains(&scheme.to_ascii_lowercase().as_str()) {
            return Err(format!("{} is no address with https://", text.escape_debug()));
        }
        if authority.is_empty() || text.chars().any(|c| c.is_control() || c.is_whitespace()) {
            return Err(format!("{} is no address", text.escape_debug()));
        }
        let is_secure = match scheme.to_ascii_lowercase().as_str() {
            "https" => true,
            "http" if is_loopback(authority) => false,
            "http" => return Err(format!("{text} is not secure; use https://")),
            _ => return Err(format!("{text} is no address with https://")),
        };
        let origin = format!("{}://{authority}", scheme.to_ascii_lowercase());
        Ok(Self { text: text.to_owned(), is_secure, origin })
    }

    /// Where a redirect from here leads.
    ///
    /// # Errors
    /// The reason why it is not followed, in words.
    pub(super) fn follow(&self, location: &str) -> Result<Self, String> {
        let location = location.trim();
        let text = if location.contains("://") {
            location.to_owned()
        } else if let Some(rest) = location.strip_prefix("//") {
            format!("{}://{rest}", if self.is_secure { "https" } else { "http" })
        } else if location.starts_with('/') {
            format!("{}{location}", self.origin)
        } else {
            let path = self.text.split('?').next().unwrap_or_default();
            let folder = path.rfind('/').filter(|at| *at >= self.origin.len());
            let folder = folder.map_or(self.origin.as_str(), |at| &path[..at]);
            format!("{folder}/{location}")
        };
        let target = Self::parse(&text)?;
        if self.is_secure && !target.is_secure {
            return Err(format!("{} leads to what is not secure: {text}", self.text));
        }
        Ok(target)
    }
}

/// True if an authority is this machine, by address or by the name that stands for it.
fn is_loopback(authority: &str) -> bool {
    let host = match authority.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_secure_addresses_and_this_machine_are_called() {
        for good in
            ["https://a.invalid/x", "http://127.0.0.1:80/x", "http://[::1]/", "http://localhost"]
        {
            assert!(Address::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "http://a.invalid/x",
            "ftp://a.invalid/x",
            "file:///etc/passwd",
            "a.invalid",
            "https://user:secret@a.invalid/",
            "http://127.0.0.1@a.invalid/",
            "http://127.0.0.1.a.invalid/",
            "http://localhost.a.invalid/",
            "https:///x",
            "https://a.invalid/\r\nHost: b",
        ] {
            assert!(Address::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_redirect_is_followed_as_browsers_do_but_never_to_less() {
        let here = Address::parse("https://a.invalid/lists/un?x=1").unwrap();
        for (location, there) in [
            ("/other", "https://a.invalid/other"),
            ("un.xml", "https://a.invalid/lists/un.xml"),
            ("//b.invalid/y", "https://b.invalid/y"),
            ("https://b.invalid/z#top", "https://b.invalid/z"),
        ] {
            assert_eq!(here.follow(location).unwrap().text, there);
        }
        assert!(here.follow("http://a.invalid/un").is_err());
        assert!(here.follow("http://127.0.0.1/un").is_err(), "no way to this machine from outside");
        let bare = Address::parse("https://a.invalid").unwrap();
        assert_eq!(bare.follow("x").unwrap().text, "https://a.invalid/x");
    }
}
