//! Faults that the operating system reports: what it says, in words for people, and a way out.

use super::error;
use crate::diagnostic::{Diagnostic, Place, Words};
use crate::words;
use std::io::{self, ErrorKind};
use std::path::Path;

/// A file or folder that can't be read.
pub fn cannot_read(place: Place, reason: &io::Error) -> Diagnostic {
    let Words { zh, en } = io_reason(reason);
    let help = match reason.kind() {
        ErrorKind::PermissionDenied => words!(
            "请管理员给这个文件或文件夹读取权限；已经发布的网站没有动",
            "ask for permission to read it; the published site is untouched"
        ),
        ErrorKind::NotFound => words!(
            "看看它是不是刚被改名、移走或删掉，再运行一次",
            "see whether it has just been renamed, moved or removed, then run again"
        ),
        _ => words!(
            "看看它能不能打开、是否正被别的程序占用，再运行一次",
            "see whether it can be opened and is not in use, then run again"
        ),
    };
    error("cannot-read", place, words!("读不了：{zh}", "can't be read: {en}"), vec![help])
}

/// The output, or the state folder beside it, can't be written.
pub fn cannot_write(path: &Path, reason: &io::Error) -> Diagnostic {
    let Words { zh, en } = io_reason(reason);
    error(
        "cannot-write",
        Place::whole(path),
        words!("写不了：{zh}", "can't be written: {en}"),
        ways_to_write(reason),
    )
}

/// A file of the data can't be written; what was there is untouched.
pub fn cannot_write_data(path: &Path, reason: &io::Error) -> Diagnostic {
    let Words { zh, en } = io_reason(reason);
    let help = match reason.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => words!(
            "腾出空间再运行一次；原有的文件没有动",
            "free some space and run again; what was there is untouched"
        ),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => words!(
            "请管理员给写入权限，或把 data 复制到能写的地方；原有的文件没有动",
            "ask for permission, or copy data to where you may write; what was there is untouched"
        ),
        _ => words!(
            "看看它是否正被别的程序占用，再运行一次；原有的文件没有动",
            "see whether it is in use, then run again; what was there is untouched"
        ),
    };
    error(
        "cannot-write",
        Place::whole(path),
        words!("写不了：{zh}", "can't be written: {en}"),
        vec![help],
    )
}

/// What can be done so that the next run may write.
fn ways_to_write(reason: &io::Error) -> Vec<Words> {
    match reason.kind() {
        ErrorKind::StorageFull => vec![
            words!(
                "腾出空间再运行一次；已经发布的网站没有动",
                "free some space and run again; the published site is untouched"
            ),
            words!(
                "如果空间还有富余，就是文件个数到了上限，删掉一些用不着的文件",
                "if there is space left, there are too many files: remove some that are not needed"
            ),
        ],
        ErrorKind::QuotaExceeded => vec![words!(
            "删掉一些用不着的文件，或请管理员加大配额，再运行一次；已经发布的网站没有动",
            "remove files that are not needed or ask for a larger quota, and run again; the published site is untouched"
        )],
        ErrorKind::PermissionDenied => vec![
            words!(
                "请管理员给写入权限，或用 --out 换一个能写的文件夹；已经发布的网站没有动",
                "ask for permission, or choose a folder that you may write with --out; the published site is untouched"
            ),
            words!(
                "如果以前由别的用户（例如 root）运行过，把网站文件夹和旁边的 .unionplan 文件夹改到现在的用户名下",
                "if another user such as root has run this before, give the site's folder and the folder .unionplan beside it to the present user"
            ),
        ],
        ErrorKind::ReadOnlyFilesystem => vec![words!(
            "请管理员把磁盘改成可写，或用 --out 换一个能写的文件夹；已经发布的网站没有动",
            "ask for the disk to be made writable, or choose another folder with --out; the published site is untouched"
        )],
        ErrorKind::AlreadyExists | ErrorKind::NotADirectory => vec![words!(
            "这里应该是文件夹：把那个文件移走或改名，或用 --out 指定别的文件夹，再运行一次",
            "a folder goes here: move that file away or rename it, or choose another folder with --out, then run again"
        )],
        _ => vec![words!("检查这个位置，再运行一次", "look at this place, then run again")],
    }
}

/// What the operating system says, in words for people. What has no words here is told in the
/// system's own.
pub fn io_reason(reason: &io::Error) -> Words {
    match reason.kind() {
        ErrorKind::NotFound => {
            words!("文件或文件夹不存在", "there is no such file or folder")
        }
        ErrorKind::PermissionDenied => words!("没有权限", "permission denied"),
        ErrorKind::StorageFull => words!("磁盘满了", "the disk is full"),
        ErrorKind::QuotaExceeded => words!("磁盘配额用完了", "the disk quota is used up"),
        ErrorKind::ReadOnlyFilesystem => words!("磁盘是只读的", "the disk is read-only"),
        ErrorKind::NotADirectory => {
            words!("路径中间有一个不是文件夹", "a part of the path is no folder")
        }
        ErrorKind::IsADirectory => words!("这是文件夹，不是文件", "this is a folder, not a file"),
        ErrorKind::DirectoryNotEmpty => words!("文件夹不是空的", "the folder is not empty"),
        ErrorKind::AlreadyExists => {
            words!(
                "这里已经有一个同名的文件或链接",
                "a file or a link of that name is there already"
            )
        }
        ErrorKind::CrossesDevices => words!("跨了磁盘", "it is on another disk"),
        ErrorKind::FileTooLarge => words!("文件太大", "the file is too large"),
        ErrorKind::InvalidFilename => {
            words!(
                "名字太长，或有不能用的字符",
                "the name is too long, or has characters that can't be used"
            )
        }
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => {
            words!("正被别的程序占用", "another program is using it")
        }
        ErrorKind::StaleNetworkFileHandle | ErrorKind::TimedOut => {
            words!("网络共享断开了", "the network share is gone")
        }
        ErrorKind::OutOfMemory => words!("内存不够", "there is not enough memory"),
        ErrorKind::Interrupted => words!("被中断", "it was interrupted"),
        _ => by_number(reason).unwrap_or_else(|| words!("{reason}", "{reason}")),
    }
}

/// Errors that the standard library has no name for.
fn by_number(reason: &io::Error) -> Option<Words> {
    let in_use = || words!("正被别的程序占用", "another program is using it");
    let broken = || words!("磁盘出错，可能坏了", "the disk failed and may be broken");
    let too_many = || words!("同时打开的文件太多", "too many files are open at once");
    // ERROR_TOO_MANY_OPEN_FILES, ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION, ERROR_CRC.
    #[cfg(windows)]
    return match reason.raw_os_error()? {
        4 => Some(too_many()),
        32 | 33 => Some(in_use()),
        23 => Some(broken()),
        _ => None,
    };
    // EIO, ENFILE and EMFILE, ETXTBSY; the same on all systems. ELOOP of Linux and of others.
    #[cfg(not(windows))]
    match reason.raw_os_error()? {
        5 => Some(broken()),
        23 | 24 => Some(too_many()),
        26 => Some(in_use()),
        40 | 62 => Some(words!("符号链接指来指去，没有尽头", "symbolic links lead in circles")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{cannot_read, cannot_write};
    use crate::diagnostic::Place;
    use std::io;
    use std::path::Path;

    /// EPERM, EIO, EACCES, ENOSPC, EROFS, ENAMETOOLONG, ESTALE, EDQUOT.
    #[cfg(target_os = "linux")]
    const NUMBERS: [(i32, &str, &str); 8] = [
        (1, "没有权限", "--out"),
        (5, "磁盘出错", "检查这个位置"),
        (13, "没有权限", "--out"),
        (28, "磁盘满了", "腾出空间"),
        (30, "磁盘是只读的", "--out"),
        (36, "名字太长", "检查这个位置"),
        (116, "网络共享断开了", "检查这个位置"),
        (122, "磁盘配额用完了", "加大配额"),
    ];

    #[cfg(target_os = "linux")]
    #[test]
    fn what_the_system_says_is_told_in_chinese_with_a_way_out() {
        for (number, words, way) in NUMBERS {
            let fault = cannot_write(Path::new("public"), &io::Error::from_raw_os_error(number));
            assert!(fault.message.zh.contains(words), "{number}: {}", fault.message.zh);
            assert!(fault.help[0].zh.contains(way), "{number}: {}", fault.help[0].zh);
            assert!(!fault.message.zh.contains("os error"), "{number}: {}", fault.message.zh);
            assert!(!fault.message.en.contains("os error"), "{number}: {}", fault.message.en);
        }
    }

    #[test]
    fn an_error_without_words_is_told_in_the_system_s_own() {
        let reason = io::Error::other("the moon is full");
        let fault = cannot_read(Place::whole(Path::new("data")), &reason);
        assert_eq!(fault.message.zh, "读不了：the moon is full");
    }
}
