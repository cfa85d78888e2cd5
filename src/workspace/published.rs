//! What was published: the records in `published/`, and the folder that leaves.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::save::{SaveError, create_whole, patiently, sync_folder};
use super::text::read_bytes;
use crate::model::Published;
use crate::yaml::{published_text, read_published};

/// No record is larger: one holds what a report and some dozens of guides say.
const MOST_OF_A_RECORD: u64 = 64 << 20;
/// Where the records lie.
const FOLDER: &str = "published";
/// By this name a folder is known as one that was published, and may be replaced by the next edition.
const MARK: &str = "index.html";

/// The editions so far, the oldest first.
///
/// # Errors
///
/// The path of a record that cannot be read: without it nobody knows what readers have seen.
pub fn published(root: &Path) -> Result<Vec<Published>, String> {
    let Ok(entries) = fs::read_dir(root.join(FOLDER)) else { return Ok(Vec::new()) };
    let mut names: Vec<String> = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.retain(|name| name.ends_with(".yaml") && !name.starts_with('.'));
    names.sort();
    let mut editions = Vec::new();
    for name in names {
        let path = root.join(FOLDER).join(&name);
        let id = name.trim_end_matches(".yaml");
        let text = read_bytes(&path, MOST_OF_A_RECORD).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        editions.push(text.and_then(|text| read_published(id, &text)).ok_or_else(|| format!("{FOLDER}/{name}"))?);
    }
    editions.sort_by(|a: &Published, b| (a.on, &a.id).cmp(&(b.on, &b.id)));
    Ok(editions)
}

/// A name for the next record that no record has: the day and for whom, and a number from the second on.
pub fn next_record(root: &Path, day: chrono::NaiveDate, audience: &str) -> String {
    let name = |n: usize| if n == 1 { format!("{day}-{audience}") } else { format!("{day}-{audience}-{n}") };
    let is_free = |id: &String| !root.join(FOLDER).join(format!("{id}.yaml")).exists();
    (1..).map(name).find(is_free).unwrap_or_default()
}

/// Puts a record into the workspace, and gives its path in it.
///
/// # Errors
///
/// When the disk refuses.
pub fn keep_record(root: &Path, published: &Published) -> Result<String, SaveError> {
    let path = format!("{FOLDER}/{}.yaml", published.id);
    // Whole or not at all: half a record would stand in the way of every later edition.
    create_whole(&root.join(&path), &published_text(published))?;
    Ok(path)
}

/// Takes a record back, when what it speaks of did not leave.
pub fn drop_record(root: &Path, published: &Published) {
    // The error that matters is the one that kept the folder from being written.
    let _ = fs::remove_file(root.join(FOLDER).join(format!("{}.yaml", published.id)));
}

/// Why a folder cannot be published into.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    #[error("`{}` holds other things than an edition, and they would be lost", .0.display())]
    Other(PathBuf),
    #[error("`{}` is a link to another place, or no folder", .0.display())]
    NoFolder(PathBuf),
    #[error("`{}` cannot be written: {error}", .path.display())]
    Disk { path: PathBuf, error: io::Error },
}

/// Whether a folder may be replaced by an edition: it is not there, is empty, or holds an earlier edition.
///
/// # Errors
///
/// When something else is in it.
pub fn may_publish_into(folder: &Path) -> Result<(), FolderError> {
    if folder.is_symlink() || (folder.exists() && !folder.is_dir()) {
        return Err(FolderError::NoFolder(folder.to_path_buf()));
    }
    let Ok(entries) = fs::read_dir(folder) else { return Ok(()) };
    let names: Vec<String> = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    let is_ours = |name: &String| name == "data" || name.ends_with(".html");
    if names.is_empty() || (names.iter().all(is_ours) && names.iter().any(|name| name == MARK)) {
        Ok(())
    } else {
        Err(FolderError::Other(folder.to_path_buf()))
    }
}

/// Writes all files beside the folder, and then puts them in its place: whoever looks finds the old folder or the new one, whole. What an
/// interrupted run left beside it is swept away.
///
/// # Errors
///
/// When the disk refuses; then the old folder is still there.
pub fn replace_folder(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<(), FolderError> {
    may_publish_into(folder)?;
    let disk = |error: io::Error| FolderError::Disk { path: folder.to_path_buf(), error };
    let folder = &std::path::absolute(folder).map_err(disk)?;
    let beside = |what: &str| folder.with_file_name(format!(".{}.{what}", folder.file_name().unwrap_or_default().to_string_lossy()));
    let (new, old) = (beside("part"), beside("old"));
    // A run that was killed between the two renames leaves the old folder beside its place.
    if old.is_dir() && !folder.exists() {
        fs::rename(&old, folder).map_err(disk)?;
    }
    for left in [&new, &old] {
        remove(left).map_err(disk)?;
    }
    let written = files.iter().try_for_each(|(name, bytes)| write(&new.join(name), bytes)).and_then(|()| sync_folder(&new.join(MARK)));
    if let Err(error) = written.and_then(|()| swap(&new, folder, &old)) {
        let _ = remove(&new);
        return Err(disk(error));
    }
    // The new edition is in its place; that the old one could not be cleared away is no reason to say it is not.
    let _ = remove(&old);
    Ok(())
}

fn swap(new: &Path, folder: &Path, old: &Path) -> io::Result<()> {
    if folder.exists() && exchange(new, folder) {
        // The old one lies where the new one was.
        fs::rename(new, old)?;
        return sync_folder(folder);
    }
    if folder.exists() {
        patiently(|| fs::rename(folder, old))?;
    }
    patiently(|| fs::rename(new, folder)).inspect_err(|_| {
        let _ = fs::rename(old, folder);
    })?;
    sync_folder(folder)
}

/// Two folders change places in one step, where the system and the drive can do that. Where they cannot, there is a moment between two steps
/// in which the old folder lies beside its place; the next run puts it back.
#[cfg(target_os = "linux")]
fn exchange(one: &Path, other: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).is_ok()
}

#[cfg(not(target_os = "linux"))]
fn exchange(_: &Path, _: &Path) -> bool {
    false
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    super::save::make_folder(path)?;
    super::save::write_synced(path, bytes, None)
}

/// A folder and what is in it; a link is taken away and not followed.
fn remove(path: &Path) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        Ok(meta) if meta.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(_) => Ok(()),
    }
}
