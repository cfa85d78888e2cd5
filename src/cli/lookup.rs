//! What somebody typed that does not exist, whatever it is: the same words, the nearest that does, and where to look.

use super::error::CommandError;
use crate::model::{AgencyKey, Casebook, Group, Meeting, MeetingStatus, Names, ServiceKey, ThemeKey};
use crate::source::nearest;

/// The error for a name that is not known. `list` says, as a sentence without its full stop, where all of them stand.
pub(super) fn not_found<'a>(message: String, typed: &str, known: impl IntoIterator<Item = &'a str>, list: &str) -> CommandError {
    let hint = nearest(typed, known).map_or_else(|| list.to_owned(), |near| format!("did you mean `{near}`? {list}"));
    CommandError::usage(message).hint(hint)
}

/// The theme that was asked for.
pub(super) fn find_theme(names: Names<'_>, id: &str) -> Result<ThemeKey, CommandError> {
    let known = names.themes.iter().map(|theme| theme.id.as_str());
    names.find_theme(id).ok_or_else(|| not_found(format!("there is no theme `{id}`"), id, known, "`marg themes` lists them all"))
}

/// The agency that was asked for.
pub(super) fn find_agency(group: &Group, id: &str) -> Result<AgencyKey, CommandError> {
    let known = group.agencies.iter().map(|agency| agency.id.as_str());
    group.find_agency(id).ok_or_else(|| not_found(format!("there is no agency `{id}`"), id, known, "marg.yaml lists them all"))
}

/// The service that was asked for.
pub(super) fn find_service(group: &Group, id: &str) -> Result<ServiceKey, CommandError> {
    let known = group.services.iter().map(|service| service.id.as_str());
    group.find_service(id).ok_or_else(|| not_found(format!("there is no service `{id}`"), id, known, "marg.yaml lists them all"))
}

/// The meeting that was asked for: by its id, or by its day if there was only one.
pub(super) fn find_meeting<'a>(book: &'a Casebook, asked: &str) -> Result<&'a Meeting, CommandError> {
    if let Some(meeting) = book.meetings.iter().find(|meeting| meeting.id == asked) {
        return Ok(meeting);
    }
    let of_day: Vec<&Meeting> = book.meetings.iter().filter(|meeting| meeting.date.to_string() == asked).collect();
    match of_day.as_slice() {
        [meeting] => Ok(meeting),
        [] => {
            let known = book.meetings.iter().map(|meeting| meeting.id.as_str());
            Err(not_found(format!("there is no meeting `{asked}`"), asked, known, "`marg meetings` lists them all"))
        }
        many => {
            let ids: Vec<String> = many.iter().take(6).map(|meeting| format!("`{}`", meeting.id)).collect();
            Err(CommandError::usage(format!("there are {} meetings on {asked}", many.len())).hint(format!("name one of them: {}", ids.join(", "))))
        }
    }
}

/// The next meeting that is planned: today's, or else the first after it.
pub(super) fn next_meeting(book: &Casebook) -> Result<&Meeting, CommandError> {
    let planned = |meeting: &&Meeting| meeting.status == MeetingStatus::Planned && meeting.date >= book.today;
    book.meetings.iter().find(planned).ok_or_else(|| {
        let error = CommandError::usage(format!("no meeting is planned from {} on", book.today));
        error.hint("name the meeting, or let `marg agenda` make the file of the next one").hint("`marg meetings` lists them all")
    })
}
