//! What a reader process takes from itself before it sees a foreign byte.
//!
//! Memory and processor time are bounded by rlimits, files by Landlock, everything else by a list
//! of system calls (seccomp): no network, no processes, no writing but to the socket it was given.
//! What the system cannot enforce is told, not hidden.
//! Invariant: entered once, before the first job, while the process has one thread.

use std::collections::BTreeMap;
use std::io;

use landlock::{
    ABI, Access as _, AccessFs, AccessNet, Ruleset, RulesetAttr as _, RulesetCreatedAttr as _,
    RulesetStatus, Scope, path_beneath_rules,
};
use rustix::process::{Resource, Rlimit, Signal};
use seccompiler::{
    SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
};

use crate::limits::{READER_CPU_SECONDS, READER_FILES_MAX, READER_MEMORY_BYTES};

/// What the recognizer of scans loads: its library with what that needs, and its language data.
const READABLE: [&str; 9] = [
    "/lib",
    "/lib64",
    "/usr/lib",
    "/usr/lib64",
    "/usr/local/lib",
    "/etc/ld.so.cache",
    "/usr/share/tesseract-ocr",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
];

/// Enters the sandbox; what cannot be enforced here comes back as text.
pub(crate) fn enter() -> Vec<String> {
    let mut unprotected = Vec::new();
    let mut tell = |what: &str, result: Result<(), String>| {
        if let Err(why) = result {
            unprotected.push(format!("{what} ({why})"));
        }
    };
    // A reader whose parent was killed has nobody to answer.
    let orphan = rustix::process::set_parent_process_death_signal(Some(Signal::KILL));
    tell("readers may outlive the program", orphan.map_err(|e| e.to_string()));
    tell("readers are not bound in memory", bound().map_err(|e| e.to_string()));
    tell("readers are not kept from files", files());
    tell("readers are not kept from the network and from other processes", calls());
    unprotected
}

/// Sets the time that the next job may take; past it the kernel ends the process.
pub(crate) fn allow_seconds(more: u64) -> io::Result<()> {
    let used = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime).tv_sec;
    let used = u64::try_from(used).unwrap_or(0);
    let maximum = rustix::process::getrlimit(Resource::Cpu).maximum;
    let current = used + 1 + READER_CPU_SECONDS + more;
    let current = Some(maximum.map_or(current, |maximum| maximum.min(current)));
    Ok(rustix::process::setrlimit(Resource::Cpu, Rlimit { current, maximum })?)
}

fn bound() -> io::Result<()> {
    let bounds = [
        // Data and not address space: the content and the libraries are mapped files.
        (Resource::Data, READER_MEMORY_BYTES),
        (Resource::Fsize, 0),
        (Resource::Core, 0),
        (Resource::Nofile, READER_FILES_MAX),
    ];
    for (resource, most) in bounds {
        let maximum = rustix::process::getrlimit(resource).maximum;
        let most = Some(maximum.map_or(most, |maximum| maximum.min(most)));
        rustix::process::setrlimit(resource, Rlimit { current: most, maximum: most })?;
    }
    Ok(())
}

fn files() -> Result<(), String> {
    let abi = ABI::V6;
    let readable = std::env::var_os("TESSDATA_PREFIX")
        .map(std::path::PathBuf::from)
        .into_iter()
        .chain(READABLE.map(Into::into));
    let restrict = || {
        Ruleset::default()
            .handle_access(AccessFs::from_all(abi))?
            .handle_access(AccessNet::from_all(abi))?
            .scope(Scope::from_all(abi))?
            .create()?
            .add_rules(path_beneath_rules(readable, AccessFs::from_read(abi)))?
            .restrict_self()
    };
    let status = restrict().map_err(|error| error.to_string())?;
    match status.ruleset {
        RulesetStatus::NotEnforced => Err("this kernel has no Landlock".to_owned()),
        // An older kernel enforces files and leaves the network to the list of system calls.
        _ => Ok(()),
    }
}

/// The system calls that readers need. Found by running all readers and the recognizer over the
/// test files; a call that is missing here fails with EPERM and kills nobody.
fn allowed() -> Vec<i64> {
    let mut calls = vec![
        libc::SYS_read,
        libc::SYS_write,
        libc::SYS_readv,
        libc::SYS_writev,
        libc::SYS_pread64,
        libc::SYS_recvmsg,
        libc::SYS_recvfrom,
        libc::SYS_sendto,
        libc::SYS_close,
        libc::SYS_fstat,
        libc::SYS_newfstatat,
        libc::SYS_statx,
        libc::SYS_lseek,
        libc::SYS_openat,
        libc::SYS_getdents64,
        libc::SYS_fcntl,
        libc::SYS_mmap,
        libc::SYS_munmap,
        libc::SYS_mremap,
        libc::SYS_mprotect,
        libc::SYS_madvise,
        libc::SYS_brk,
        libc::SYS_futex,
        libc::SYS_sched_yield,
        libc::SYS_sched_getaffinity,
        libc::SYS_set_robust_list,
        libc::SYS_rseq,
        libc::SYS_sigaltstack,
        libc::SYS_rt_sigaction,
        libc::SYS_rt_sigprocmask,
        libc::SYS_rt_sigreturn,
        libc::SYS_clock_gettime,
        libc::SYS_gettimeofday,
        libc::SYS_clock_nanosleep,
        libc::SYS_getrandom,
        libc::SYS_getpid,
        libc::SYS_gettid,
        libc::SYS_tgkill,
        libc::SYS_exit,
        libc::SYS_exit_group,
        libc::SYS_restart_syscall,
    ];
    #[cfg(target_arch = "x86_64")]
    calls.extend([libc::SYS_open, libc::SYS_access, libc::SYS_readlink, libc::SYS_time]);
    calls
}

fn calls() -> Result<(), String> {
    let filter = || -> Result<(), Box<dyn std::error::Error>> {
        let mut rules: BTreeMap<i64, Vec<SeccompRule>> =
            allowed().into_iter().map(|call| (call, Vec::new())).collect();
        // Limits may be asked, and the one of processor time be set.
        let cpu = u64::from(libc::RLIMIT_CPU);
        let only_cpu = SeccompCondition::new(1, SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, cpu)?;
        rules.insert(libc::SYS_prlimit64, vec![SeccompRule::new(vec![only_cpu])?]);
        let refuse = SeccompAction::Errno(libc::EPERM.unsigned_abs());
        let arch = std::env::consts::ARCH.try_into()?;
        let filter = SeccompFilter::new(rules, refuse, SeccompAction::Allow, arch)?;
        let program: seccompiler::BpfProgram = filter.try_into()?;
        Ok(seccompiler::apply_filter(&program)?)
    };
    filter().map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};
    use std::io::Write as _;
    use std::net::{TcpStream, UdpSocket};
    use std::os::unix::net::UnixStream;
    use std::process::Command;

    use super::*;

    /// Set in a process that a test started to enter the sandbox in its stead.
    const CHILD: &str = "CROSSROLL_TEST_CHILD";

    /// Runs the body of a test in a process of its own; `None` in that process.
    fn in_process(test: &str) -> Option<std::process::Output> {
        if std::env::var_os(CHILD).is_some() {
            return None;
        }
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", test, "--nocapture", "--test-threads", "1"]);
        Some(command.env(CHILD, "1").output().unwrap())
    }

    /// What it tries, a reader that was taken over could try.
    fn probe() {
        let parent = rustix::process::getppid().unwrap();
        assert_eq!(enter(), Vec::<String>::new());
        let folder = std::env::temp_dir();
        let mine = std::env::current_exe().unwrap();
        let barred = [
            ("reads a file", fs::read("/etc/passwd").is_err()),
            ("reads its own program", fs::read(&mine).is_err()),
            ("lists a folder", fs::read_dir(&folder).is_err()),
            ("writes a file", File::create(folder.join("crossroll-probe")).is_err()),
            ("removes a file", fs::remove_file(&mine).is_err()),
            ("opens a connection", TcpStream::connect("127.0.0.1:9").is_err_and(is_barred)),
            ("sends a datagram", UdpSocket::bind("127.0.0.1:0").is_err_and(is_barred)),
            ("makes a local socket", UnixStream::pair().is_err_and(is_barred)),
            ("starts a program", Command::new("/bin/true").status().is_err()),
            ("signals a process", {
                // A signal of no effect: the test runner goes on if it should come through.
                rustix::process::kill_process(parent, Signal::WINCH).is_err()
            }),
            ("raises its memory", {
                let free = Rlimit { current: None, maximum: None };
                rustix::process::setrlimit(Resource::Data, free).is_err()
            }),
        ];
        for (what, is_barred) in barred {
            assert!(is_barred, "{what}");
        }
        // What it needs still works.
        let mut answer = std::io::stdout();
        answer.write_all(b"\nkept in\n").unwrap();
    }

    #[expect(clippy::needless_pass_by_value, reason = "the shape that `is_err_and` asks for")]
    fn is_barred(error: io::Error) -> bool {
        error.kind() == io::ErrorKind::PermissionDenied
    }

    #[test]
    fn a_reader_reaches_nothing_but_its_socket() {
        let test = "isolate::sandbox::tests::a_reader_reaches_nothing_but_its_socket";
        let Some(output) = in_process(test) else { return probe() };
        let (out, err) =
            (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(out.contains("kept in"), "{out}\n{err}");
    }

    /// Enters the sandbox with a second left and never ends.
    fn spin() {
        let maximum = rustix::process::getrlimit(Resource::Cpu).maximum;
        rustix::process::setrlimit(Resource::Cpu, Rlimit { current: Some(1), maximum }).unwrap();
        enter();
        let mut number = 0_u64;
        loop {
            number = std::hint::black_box(number.wrapping_add(1));
        }
    }

    #[test]
    fn time_past_the_limit_ends_the_process_by_its_own_signal() {
        use std::os::unix::process::ExitStatusExt as _;
        let test =
            "isolate::sandbox::tests::time_past_the_limit_ends_the_process_by_its_own_signal";
        let Some(output) = in_process(test) else { return spin() };
        assert_eq!(output.status.signal(), Some(Signal::XCPU.as_raw()));
    }
}
