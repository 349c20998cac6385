//! Who may call: programs, and pages of this machine. Any page that its developer visits can send requests to loopback,
//! under a name of its own that points there or without asking; none of them is to reach the sandbox.

use super::options::Options;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Uri, Version, header, request::Parts, uri::Authority};
use std::net::IpAddr;

/// Whose answer is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// The sandbox's, for one of its apps.
    App,
    /// The sandbox's own endpoints'.
    Control,
    /// The host's behind `--proxy`.
    Host,
}

/// Why a request is not answered: a status and words for whoever finds it.
pub(crate) type Refused = (u16, String);

/// Which names and pages are let in.
#[derive(Debug)]
pub(crate) struct Guard {
    hosts: Vec<String>,
    origins: Vec<String>,
}

impl Guard {
    pub(crate) fn new(options: &Options) -> Self {
        Self { hosts: options.allow_host.clone(), origins: options.allow_origin.clone() }
    }

    /// Lets a request in that came to the address `local`: says which page may read the answer, if one asks.
    pub(crate) fn admit(&self, head: &Parts, local: IpAddr, asked: Asked) -> Result<Option<HeaderValue>, Refused> {
        let named = one(&head.headers, &header::HOST).map_err(|()| bad("there is more than one Host"))?;
        if named.is_none() && head.version >= Version::HTTP_11 {
            return Err(bad("HTTP/1.1 asks for a Host"));
        }
        let named = named.map(authority).transpose()?;
        for host in named.iter().chain(head.uri.authority()) {
            let host = plain(host.host());
            if !(loopback(&host) || is(&host, local) || self.hosts.contains(&host)) {
                return Err(forbidden(format!(
                    "{host} is no name of this machine's own, so that a page may have pointed it here; if it is one, \
                     start the sandbox with --allow-host {host}"
                )));
            }
        }
        let page = one(&head.headers, &header::ORIGIN).map_err(|()| bad("there is more than one Origin"))?;
        match page {
            Some(page) if self.lets_in(page) => Ok(Some(page.clone())),
            Some(page) => {
                let page = String::from_utf8_lossy(page.as_bytes());
                Err(forbidden(format!(
                    "pages of {page} may not call this sandbox; to let them, start it with --allow-origin {page}"
                )))
            }
            None if foreign(&head.headers) && !harmless(head, asked) => {
                Err(forbidden("pages of other sites may not call this sandbox".into()))
            }
            None => Ok(None),
        }
    }

    fn lets_in(&self, page: &HeaderValue) -> bool {
        let Ok(page) = page.to_str().map(str::to_ascii_lowercase) else { return false };
        let local = page.parse::<Uri>().is_ok_and(|uri| {
            matches!(uri.scheme_str(), Some("http" | "https")) && uri.host().is_some_and(|h| loopback(&plain(h)))
        });
        local || self.origins.contains(&page)
    }
}

/// The one header of that name, if there is any.
fn one<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<Option<&'a HeaderValue>, ()> {
    let mut values = headers.get_all(name).iter();
    let first = values.next();
    if values.next().is_some() { Err(()) } else { Ok(first) }
}

fn authority(value: &HeaderValue) -> Result<Authority, Refused> {
    let named = Authority::try_from(value.as_bytes()).ok().filter(|a| !a.as_str().contains('@'));
    named.ok_or_else(|| bad("the Host cannot be read"))
}

/// A name as names are compared: in lower case, without the root's dot, an address without its brackets.
pub(crate) fn plain(host: &str) -> String {
    let host = host.to_ascii_lowercase();
    let host = host.strip_suffix('.').unwrap_or(&host);
    host.strip_prefix('[').and_then(|h| h.strip_suffix(']')).unwrap_or(host).to_owned()
}

/// Names and addresses that lead nowhere but to the machine that uses them.
pub(crate) fn loopback(host: &str) -> bool {
    let address = host.parse::<IpAddr>();
    host == "localhost" || host.ends_with(".localhost") || address.is_ok_and(|a| a.to_canonical().is_loopback())
}

fn is(host: &str, address: IpAddr) -> bool {
    host.parse::<IpAddr>().is_ok_and(|a| a.to_canonical() == address.to_canonical())
}

/// Whether a browser says that a page of another site asks. It names the page only where more is asked for than to show
/// or follow what is there.
fn foreign(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-site").is_some_and(|site| site == "cross-site" || site == "same-site")
}

/// What any page may make a browser do: follow a link, or show what needs no token. It cannot read what comes.
fn harmless(head: &Parts, asked: Asked) -> bool {
    let followed = head.headers.get("sec-fetch-mode").is_some_and(|mode| mode == "navigate");
    let reads = head.method == Method::GET || head.method == Method::HEAD;
    reads && (asked == Asked::App || (asked == Asked::Control && followed))
}

fn bad(why: &str) -> Refused {
    (400, why.into())
}

fn forbidden(why: String) -> Refused {
    (403, why)
}
