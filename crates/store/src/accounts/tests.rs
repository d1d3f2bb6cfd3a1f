//! Accounts, memberships, and what lets somebody in.

use super::*;

fn desk() -> (tempfile::TempDir, Accounts) {
    let folder = tempfile::tempdir().unwrap();
    let accounts = Accounts::open(folder.path()).unwrap();
    (folder, accounts)
}

#[test]
fn a_name_is_one_account_in_any_case_of_letters() {
    let (folder, accounts) = desk();
    let ana = accounts.add("Ana", true, 10).unwrap().unwrap();
    assert!(ana.is_admin && !ana.has_password);
    assert_eq!(accounts.add("ana", false, 11).unwrap(), None);
    drop(accounts);
    let accounts = Accounts::open(folder.path()).unwrap();
    assert_eq!(accounts.account("ANA").unwrap(), Some(ana));
}

#[test]
fn a_session_ends_when_it_idles_when_it_is_old_and_when_it_is_ended() {
    let (_folder, mut accounts) = desk();
    let ana = accounts.add("ana", false, 0).unwrap().unwrap().id;
    accounts.begin_session(ana, "s", 100, 1000).unwrap();
    let holds = |accounts: &Accounts, now| accounts.session("s", now, 200).unwrap().is_some();
    assert!(holds(&accounts, 299));
    assert!(holds(&accounts, 498), "it was used at 299");
    assert!(!holds(&accounts, 498 + 200));
    assert!(holds(&accounts, 690));
    assert!(holds(&accounts, 880));
    assert!(!holds(&accounts, 1000), "whatever happens");
    accounts.set_disabled(ana, true).unwrap();
    assert!(!holds(&accounts, 890));
    accounts.set_disabled(ana, false).unwrap();
    for name in ["s", "t"] {
        accounts.begin_session(ana, name, 100, 1000).unwrap();
    }
    accounts.set_password(ana, "hash", Some("t")).unwrap();
    assert!(!holds(&accounts, 101), "a new password ends the other sessions");
    assert!(accounts.session("t", 101, 200).unwrap().is_some());
    accounts.end_session("t").unwrap();
    assert!(accounts.session("t", 101, 200).unwrap().is_none());
}

#[test]
fn a_link_is_good_once_and_for_its_time() {
    let (_folder, mut accounts) = desk();
    let ana = accounts.add("ana", false, 0).unwrap().unwrap().id;
    accounts.put_link(ana, "first", 100).unwrap();
    accounts.put_link(ana, "second", 100).unwrap();
    assert_eq!(accounts.use_link("first", 50, "p").unwrap(), None, "a later link voids it");
    assert_eq!(accounts.use_link("second", 100, "p").unwrap(), None, "it is too old");
    assert!(accounts.use_link("second", 99, "p").unwrap().is_some());
    assert_eq!(accounts.use_link("second", 99, "p").unwrap(), None);
    assert_eq!(accounts.credentials("ana").unwrap().unwrap().password.as_deref(), Some("p"));
}

#[test]
fn a_token_is_of_its_account_and_a_code_is_good_once() {
    let (_folder, mut accounts) = desk();
    let ana = accounts.add("ana", false, 0).unwrap().unwrap().id;
    let ben = accounts.add("ben", false, 0).unwrap().unwrap().id;
    let token = KeptToken {
        id: 0,
        label: "import".into(),
        scope: Scope::Read,
        case: Some("box".into()),
        created: 10,
        expires: 100,
    };
    let id = accounts.add_token(ana, "h", &token).unwrap();
    let (whose, kept) = accounts.token("h", 50).unwrap().unwrap();
    assert_eq!((whose.id, kept), (ana, KeptToken { id, ..token }));
    assert!(accounts.token("h", 100).unwrap().is_none());
    assert!(!accounts.revoke_token(ben, id).unwrap(), "it is not theirs");
    accounts.reset(ana).unwrap();
    assert!(accounts.token("h", 50).unwrap().is_none());
    assert!(accounts.take_totp_step(ana, 7).unwrap());
    assert!(!accounts.take_totp_step(ana, 7).unwrap());
    assert!(!accounts.take_totp_step(ana, 6).unwrap());
}

#[test]
fn a_member_has_one_role_in_a_case_and_none_in_another() {
    let (_folder, accounts) = desk();
    let ana = accounts.add("ana", false, 0).unwrap().unwrap().id;
    accounts.set_member(ana, "box", Some(Role::Reader)).unwrap();
    accounts.set_member(ana, "box", Some(Role::Lead)).unwrap();
    assert_eq!(accounts.role(ana, "box").unwrap(), Some(Role::Lead));
    assert_eq!(accounts.role(ana, "Box").unwrap(), None);
    assert_eq!(accounts.members("box").unwrap(), [("ana".to_owned(), Role::Lead)]);
    assert_eq!(accounts.cases_of(ana).unwrap(), [("box".to_owned(), Role::Lead)]);
    accounts.set_member(ana, "box", None).unwrap();
    assert_eq!(accounts.role(ana, "box").unwrap(), None);
}
